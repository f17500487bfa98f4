"""Who is let in: tokens and their scopes, and the permission that is asked for."""

from typing import Any

from api.openapi.stability import rules
from api.openapi.stability.pair import Difference, Differences, Json, Pair

Way = dict[str, list[str]]


def security(pair: Pair) -> Differences:
    """Ways in that went and came."""
    before, after = ways(pair.old, pair.documents[0]), ways(pair.new, pair.documents[1])
    for way in before:
        if not any(suffices(way, other) for other in after):
            yield pair.differs(rules.ACCESS_NARROWED, f"does not take {told(way)} any more")
    for way in after:
        if not any(suffices(way, other) for other in before):
            yield pair.differs(rules.ACCESS_WIDENED, f"takes {told(way)}")
    yield from permission(pair)


def permission(pair: Pair) -> Differences:
    """The row of the permission table.

    Another row is a break even when it lets in as many: the rows are what organizations give to
    roles, so whoever has the old one alone is answered 403. An operation that had none let in
    everybody who was signed in.
    """
    old, new = (side.get("x-permission") for side in (pair.old, pair.new))
    if old == new:
        return
    if new is None:
        yield pair.differs(rules.PERMISSION_LIFTED, f"asks for no permission, asked for {old}")
    else:
        told = f"asks for {new}, asked for {old or 'none'}"
        yield pair.differs(rules.PERMISSION_CHANGED, told)


def ways(operation: Json, document: Json) -> list[Way]:
    """What is let in; an operation that says nothing lets in what the document says."""
    found: Any = operation.get("security", document.get("security"))
    return list(found or [{}])


def suffices(way: Way, asked: Way) -> bool:
    """Whether who comes this way fulfils what is asked."""
    return all(name in way and set(scopes) <= set(way[name]) for name, scopes in asked.items())


def told(way: Way) -> str:
    """A way in, in a sentence."""
    parts = [f"{name} ({', '.join(scopes)})" if scopes else name for name, scopes in way.items()]
    return " with ".join(parts) or "calls without a token"


def schemes(pair: Pair) -> Differences:
    """The kinds of tokens that there are."""
    old: Any = pair.old.get("components", {}).get("securitySchemes", {})
    new: Any = pair.new.get("components", {}).get("securitySchemes", {})
    for name in sorted(old):
        kept = {key: value for key, value in old[name].items() if key in ("type", "scheme", "in")}
        if not kept.items() <= new.get(name, {}).items():
            told = "is gone" if name not in new else "is another kind of token"
            yield Difference(name, told, rules.ACCESS_NARROWED)
