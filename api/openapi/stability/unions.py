"""Unions: how a value says which of their members it is."""

from api.openapi.stability import rules
from api.openapi.stability.pair import Differences, Json, Pair


def discriminators(pair: Pair) -> Differences:
    """The field that tells members apart, and which value of it stands for which member."""
    old, new = (side.get("discriminator", {}).get("propertyName") for side in (pair.old, pair.new))
    if old and new and old != new:
        yield pair.differs(rules.DISCRIMINATOR_CHANGED, f"is told apart by {new}, was by {old}")
    elif old and not new:
        yield pair.differs(rules.DISCRIMINATOR_CHANGED, f"is not told apart by {old} any more")
    elif new and not old and members(pair.old):
        yield pair.differs(rules.DISCRIMINATOR_CHANGED, f"is told apart by {new} now")
    elif old:
        yield from mapping(pair)


def members(schema: Json) -> list[Json]:
    """What a union is made of."""
    return [*schema.get("oneOf", ()), *schema.get("anyOf", ())]


def mapping(pair: Pair) -> Differences:
    """The values of the field; one gone breaks both sides: no type is made for it any more."""
    before, after = mapped(pair.old), mapped(pair.new)
    for value in sorted(before.keys() - after.keys()):
        told = f"`{value}` stands for nothing any more"
        yield pair.differs(rules.DISCRIMINATOR_CHANGED, told)
    for value in sorted(after.keys() - before.keys()):
        rule = rules.TAKES_MORE if pair.sent else rules.TYPE_WIDENED
        yield pair.differs(rule, f"`{value}` stands for {after[value]}")
    for value in sorted(before.keys() & after.keys()):
        if before[value] != after[value]:
            told = f"`{value}` stands for {after[value]}, stood for {before[value]}"
            yield pair.differs(rules.DISCRIMINATOR_CHANGED, told)


def mapped(schema: Json) -> dict[str, str]:
    """Members by the value that stands for them: without a mapping, their own names."""
    named = [one["$ref"] for one in members(schema) if "$ref" in one]
    given = schema["discriminator"].get("mapping") or {name(one): one for one in named}
    return {value: name(one) for value, one in given.items()}


def name(reference: str) -> str:
    """What a reference calls what it refers to."""
    return reference.rpartition("/")[2]
