"""Two schemas of the same value: which types it may have, then each type in itself."""

from collections.abc import Callable
from typing import Any

from api.openapi.stability import rules
from api.openapi.stability.fields import extras, fields
from api.openapi.stability.limits import bounds, formats, said, values
from api.openapi.stability.pair import Differences, Json, Pair

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
    old, new = (side.get("discriminator", {}).get("propertyName") for side in (pair.old, pair.new))
    if old and new and old != new:
        yield pair.differs(rules.DISCRIMINATOR_CHANGED, f"is told apart by {new}, was by {old}")
    if pair.sent and pair.old.get("default") != pair.new.get("default"):
        told = f"is {said(pair.new, 'default')} when left out, was {said(pair.old, 'default')}"
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
    for name, inner in WITHIN.items():
        old, new = pair.old.get(name), pair.new.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from schemas(pair.inner(old, new, inner))
    before: Any = pair.old.get("properties", {})
    after: Any = pair.new.get("properties", {})
    for name in sorted(before.keys() & after.keys()):
        yield from schemas(pair.inner(before[name], after[name], f".{name}"))


WITHIN = {"items": "[]", "additionalProperties": "{}", "propertyNames": "{name}"}
PARTS: tuple[Callable[[Pair], Differences], ...] = (values, bounds, formats, fields, extras)
