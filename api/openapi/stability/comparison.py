"""Two whole documents: everything that differs, the heaviest first."""

from api.openapi.stability import rules
from api.openapi.stability.operations import operations
from api.openapi.stability.pair import Difference, Differences, Json, Pair, Side
from api.openapi.stability.security import schemes

DECIDING = ("openapi", "info", "paths", "webhooks", "components", "security", "servers")


def differences(old: Json, new: Json) -> list[Difference]:
    """Compare the released document with the present one."""
    documents = Pair(old, new, Side.SENT, "", (old, new))
    found = {*operations(documents), *schemes(documents), *components(documents)}
    found |= {*servers(documents)}
    if not found and _without_version(old) != _without_version(new):
        found = {Difference("the document", "says it in other words", rules.WORDS)}
    return sorted(found, key=lambda one: (-one.weight, one.where, one.what))


def components(documents: Pair) -> Differences:
    """Named schemas that are gone: each is a class in every client."""
    before, after = (
        side.get("components", {}).get("schemas", {}) for side in (documents.old, documents.new)
    )
    came = after.keys() - before.keys()
    for name in sorted(before.keys() - after.keys()):
        same = sorted(other for other in came if after[other] == before[name])
        told = f"is called {same[0]} now" if same else "is gone"
        yield Difference(name, told, rules.COMPONENT_REMOVED)


def servers(documents: Pair) -> Differences:
    """Where clients find the API when nobody tells them."""
    old, new = (
        [one["url"] for one in side.get("servers", ())] for side in (documents.old, documents.new)
    )
    if old[:1] != new[:1]:
        told = f"is {' '.join(new[:1])}, was {' '.join(old[:1])}"
        yield Difference("the server", told, rules.SERVER_CHANGED)


def _without_version(document: Json) -> Json:
    kept = {name: document.get(name) for name in DECIDING}
    return kept | {"info": document.get("info", {}) | {"version": ""}}
