"""Which values of a type are allowed."""

import json
from collections.abc import Sequence
from typing import Any

from api.openapi.stability import rules
from api.openapi.stability.pair import Differences, Json, Pair

BOUNDS = {
    "minLength": 1, "minItems": 1, "minProperties": 1, "minimum": 1, "exclusiveMinimum": 1,
    "maxLength": -1, "maxItems": -1, "maxProperties": -1, "maximum": -1, "exclusiveMaximum": -1,
}  # fmt: skip
"""1 where a larger number allows less, -1 where it allows more."""
NOTHING = ("minLength", "minItems", "minProperties")
"""Bounds that say nothing when they are 0."""
FORMATS = ("format", "contentEncoding", "contentMediaType")
"""What decides the type that a generator chooses: different is different, whoever sends it."""
SHAPES = ("pattern", "multipleOf", "uniqueItems")


def said(schema: Json, name: str) -> str:
    """What a schema says under a name, for a sentence."""
    return json.dumps(schema[name], ensure_ascii=False) if name in schema else "nothing"


def values(pair: Pair) -> Differences:
    """Enums and constants."""
    before, after = allowed(pair.old), allowed(pair.new)
    if before == after:
        yield from constants(pair)
        return
    gone = "all but its values" if before is None else _listed(before, after or before)
    came = "any value" if after is None else _listed(after, before or after)
    if gone:
        rule = rules.VALUES_REMOVED if pair.sent else rules.SAYS_LESS
        yield pair.differs(rule, f"is no longer {gone}")
    if came:
        rule = rules.TAKES_MORE if pair.sent else rules.VALUES_ADDED
        yield pair.differs(rule, f"may now be {came}")
    yield from constants(pair)


def allowed(schema: Json) -> list[str] | None:
    """The values that are allowed, as JSON; None where any is."""
    found = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if found is None else sorted(json.dumps(value) for value in found)


def _listed(some: Sequence[str], others: Sequence[str]) -> str:
    return ", ".join(value for value in some if value not in others)


def constants(pair: Pair) -> Differences:
    """The names that generators give to values."""
    old, new = (dict(_named(schema)) for schema in (pair.old, pair.new))
    if "enum" in pair.old and "enum" in pair.new and bool(old) != bool(new):
        told = "names its values" if new else "leaves it to generators to name its values"
        yield pair.differs(rules.CONSTANTS_RENAMED, told)
    for value in sorted(old.keys() & new.keys()):
        if old[value] != new[value]:
            told = f"calls {value} {new[value]}, called it {old[value]}"
            yield pair.differs(rules.CONSTANTS_RENAMED, told)


def _named(schema: Json) -> list[tuple[str, str]]:
    names = schema.get("x-enum-varnames", ())
    return [(json.dumps(v), n) for v, n in zip(schema.get("enum", ()), names, strict=False)]


def known(pair: Pair) -> Differences:
    """What is known of values that may grow: clients pass over one more, and count on the rest."""
    before, after = (side.get("x-extensible-enum", ()) for side in (pair.old, pair.new))
    if gone := _listed(before, after):
        yield pair.differs(rules.KNOWN_REMOVED, f"is never {gone} any more")
    if came := _listed(after, before):
        yield pair.differs(rules.KNOWN_ADDED, f"may now be {came}")


def bounds(pair: Pair) -> Differences:
    """How long, how large, how many; and what it must look like."""
    for name, sign in BOUNDS.items():
        old, new = (_bound(schema, name) for schema in (pair.old, pair.new))
        if old != new:
            tighter = new is not None and (old is None or (new - old) * sign > 0)
            yield pair.differs(_rule(pair, tighter), _moved(pair, name))
    for name in SHAPES:
        old, new = pair.old.get(name), pair.new.get(name)
        if old != new:
            yield pair.differs(_rule(pair, bool(new)), _moved(pair, name))


def _bound(schema: Json, name: str) -> Any:
    found = schema.get(name)
    return None if found == 0 and name in NOTHING else found


def _rule(pair: Pair, tighter: bool) -> rules.Rule:
    return rules.TIGHTENED if tighter and pair.sent else rules.BOUND_MOVED


def _moved(pair: Pair, name: str) -> str:
    return f"has {name} {said(pair.new, name)}, had {said(pair.old, name)}"


def formats(pair: Pair) -> Differences:
    """The format: a generator chooses a type by it; a number without one is a double."""
    usual = "double" if pair.old.get("type") == "number" else None
    for name in FORMATS:
        if pair.old.get(name, usual) != pair.new.get(name, usual):
            yield pair.differs(rules.TYPE_CHANGED, _moved(pair, name))
