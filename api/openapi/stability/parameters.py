"""What stands in the path, the query and the headers."""

from typing import Any

from api.openapi.stability import rules
from api.openapi.stability.pair import Differences, Json, Pair, whole
from api.openapi.stability.schemas import demanded, outer, schemas

Parameters = dict[tuple[str, str], Json]
STYLES = ("style", "explode", "allowReserved")


def parameters(pair: Pair) -> Differences:
    """Parameters that went, came, or are no longer what they were."""
    before, after = named(pair, 0), named(pair, 1)
    for key in sorted(before.keys() - after.keys()):
        yield pair.differs(rules.PARAMETER_REMOVED, f"{told(key)} is gone")
    for key in sorted(after.keys() - before.keys()):
        must = pair.sent and pair.inner({}, after[key]).resolved().new.get("required", False)
        rule = rules.PARAMETER_REQUIRED if must else rules.PARAMETER_ADDED
        yield pair.differs(rule, f"{told(key)} is new{', and must be sent' if must else ''}")
    for key in sorted(before.keys() & after.keys()):
        if found := pair.inner(before[key], after[key]).common():
            yield from parameter(found, told(key))


def named(pair: Pair, which: int) -> Parameters:
    """The parameters of one of the two, by where they stand and their names."""
    node, document = (pair.old, pair.new)[which], pair.documents[which]
    found = [(whole(document, one), one) for one in node.get("parameters", ())]
    return {(said["in"], _name(said)): one for said, one in found}


def _name(one: Json) -> str:
    return str(one["name"].lower() if one["in"] == "header" else one["name"])


def told(key: tuple[str, str]) -> str:
    """A parameter, in a sentence."""
    return f"{key[0]} parameter `{key[1]}`"


def parameter(pair: Pair, name: str) -> Differences:
    """One parameter as it was and as it is."""
    had, has = (bool(side.get("required")) for side in (pair.old, pair.new))
    if had != has:
        yield pair.differs(
            presence(pair, has), f"{name} is {'required' if has else 'optional'} now"
        )
    for style in STYLES:
        if pair.old.get(style) != pair.new.get(style):
            yield pair.differs(rules.STYLE_CHANGED, f"{name} is written another way: {style}")
    old: Any = pair.old.get("schema", {})
    new: Any = pair.new.get("schema", {})
    below = pair.inner(old, new, f" {name}")
    yield from schemas(demanded(below) if had else below)
    yield from outer(below.inner(pair.old, pair.new))


def presence(pair: Pair, required: bool) -> rules.Rule:
    """What it means that a parameter must be there, or need not."""
    if pair.sent:
        return rules.PARAMETER_REQUIRED if required else rules.PARAMETER_OPTIONAL
    return rules.FIELD_ALWAYS if required else rules.PARAMETER_NOT_ALWAYS
