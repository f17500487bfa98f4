"""Two schemas of the same value: which types it may have, then each type in itself."""

from collections.abc import Callable
from typing import Any

from api.openapi.stability import rules
from api.openapi.stability.fields import extras, fields
from api.openapi.stability.limits import bounds, formats, known, said, values
from api.openapi.stability.pair import Differences, Json, Pair
from api.openapi.stability.unions import discriminators

KINDS = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def schemas(pair: Pair) -> Differences:
    """Everything that differs between two schemas and what they refer to."""
    before, after = choices(pair.old), choices(pair.new)
    yield from union(pair, before, after)
    yield from outer(pair)
    for name in before.keys() & after.keys():
        yield from alike(pair.inner(before[name], after[name]))


def choices(schema: Json) -> dict[str, Json]:
    """What a value may be: types and components by their names, each with its own schema."""
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return {name: one for each in schema[key] for name, one in choices(each).items()}
    if "$ref" in schema:
        return {schema["$ref"].rpartition("/")[2]: {"$ref": schema["$ref"]}}
    kinds = schema.get("type") or _kinds_of(schema) or "anything"
    names = [kinds] if isinstance(kinds, str) else kinds
    return {name: schema | {"type": name} for name in names}


def _kinds_of(schema: Json) -> list[str]:
    allowed = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return sorted({KINDS.get(type(value), "anything") for value in allowed})


def union(pair: Pair, before: dict[str, Json], after: dict[str, Json]) -> Differences:
    """What it may no longer be, and what it may be now."""
    gone, came = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    if gone and came:
        was, now = " or ".join(sorted(before)), " or ".join(sorted(after))
        yield pair.differs(rules.TYPE_CHANGED, f"was {was}, is {now}")
    elif gone:
        rule = rules.TYPE_NARROWED if pair.sent else rules.SAYS_LESS
        yield pair.differs(rule, f"is never {' or '.join(gone)} any more")
    elif came:
        rule = rules.TAKES_MORE if pair.sent else rules.TYPE_WIDENED
        yield pair.differs(rule, f"may now be {' or '.join(came)}")


def outer(pair: Pair) -> Differences:
    """What is said of a value whatever its type."""
    yield from discriminators(pair)
    for word in DEFAULTS if pair.sent else ():
        if pair.old.get(word) != pair.new.get(word):
            told = f"is {said(pair.new, word)} when left out, was {said(pair.old, word)}"
            yield pair.differs(rules.DEFAULT_CHANGED, told)
    if pair.new.get("deprecated") and not pair.old.get("deprecated"):
        yield pair.differs(rules.DEPRECATED, "is deprecated")


def alike(pair: Pair) -> Differences:
    """Two schemas of the same type, or two references of the same name."""
    if "$ref" in pair.old:
        shared = pair.shared(pair.old["$ref"])
        yield from schemas(shared) if shared else ()
        return
    for part in PARTS:
        yield from part(pair)
    yield from within(pair)
    before: Any = pair.old.get("properties", {})
    after: Any = pair.new.get("properties", {})
    for name in sorted(before.keys() & after.keys()):
        field = pair.inner(before[name], after[name], f".{name}")
        yield from schemas(demanded(field) if name in pair.old.get("required", ()) else field)


def within(pair: Pair) -> Differences:
    """What stands in a list or a map; where one says nothing of it, anything may."""
    for name, inner in WITHIN.items():
        old, new = pair.old.get(name), pair.new.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from schemas(pair.inner(old, new, inner))
        elif name != "additionalProperties" and (old or new):
            yield from schemas(pair.inner(old or {}, new or {}, inner))


def demanded(pair: Pair) -> Pair:
    """What nobody could leave out: that it has a default now changes nothing for anybody."""
    old, new = (
        {word: what for word, what in side.items() if word not in DEFAULTS}
        for side in (pair.old, pair.new)
    )
    return pair.inner(old, new)


DEFAULTS = ("default", "x-default")
"""A default of a body is no `default`: generators take such a field for one always there."""
WITHIN = {"items": "[]", "additionalProperties": "{}", "propertyNames": "{name}"}
PARTS: tuple[Callable[[Pair], Differences], ...] = (
    values, known, bounds, formats, fields, extras,
)  # fmt: skip
