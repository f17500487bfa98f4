"""From the schema of a field to values that it must refuse, and to the last ones it must take."""

import re
from collections.abc import Iterator
from typing import Any

Fault = tuple[str, Any, str]
"""What is wrong, the value, and where below the field."""

WRONG_FORMATS = {
    "uuid": ("not an id", "0198c0de-77aa-7000-8000", "", "urn:uuid:1"),
    "date": ("2026-02-30", "26-1-1", "2026-01-01T00:00:00Z", ""),
    "date-time": ("2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "yesterday", ""),
}
GOOD_FORMATS = {"uuid": "0198c0de-77aa-7000-8000-000000000000", "date": "2026-12-25"}
ALIKE = {"string": 7, "integer": "1", "boolean": 1, "array": {}, "object": []}
"""Of another type, though somebody lenient would take it."""
LARGE = 10**20
FORMS = {
    "^[^@": ("x@y.z", "x" * 500 + "@y.z"),
    "^[a-z]{2,3}(-": ("en", "eng" + "-abcdefg" * 4),
    "^[a-z][a-z0-9_]*": ("x", "x" * 500),
}
"""The shortest and a long text of every form, by how its pattern begins."""


def kinds_of(schema: dict[str, Any]) -> set[str]:
    """The JSON types that a schema names."""
    kinds = schema.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)


def faults(schema: dict[str, Any]) -> Iterator[Fault]:
    """Values that a field of this schema must refuse."""
    kinds = kinds_of(schema)
    if "null" not in kinds:
        yield "null", None, ""
    for kind in kinds & ALIKE.keys():
        yield f"no {kind}", ALIKE[kind], ""
        if "enum" not in schema and kind != "boolean":
            yield from OUTSIDE[kind](schema)
    if "enum" in schema:
        yield from [("unknown", "no_such_value", ""), ("upper case", schema["enum"][0].upper(), "")]


def _integers(schema: dict[str, Any]) -> Iterator[Fault]:
    yield "below", schema["minimum"] - 1, ""
    yield "above", schema["maximum"] + 1, ""
    yield "fraction", schema["minimum"] + 0.5, ""
    yield "past every end", LARGE, ""
    yield "past the other", -LARGE, ""


def _strings(schema: dict[str, Any]) -> Iterator[Fault]:
    for value in WRONG_FORMATS.get(schema.get("format", ""), ()):
        yield "format", value, ""
    if "maxLength" in schema:
        yield "too long", longest(schema) + "x", ""
    if schema.get("minLength"):
        yield "too short", "", ""
    yield from _patterns(schema)


def _patterns(schema: dict[str, Any]) -> Iterator[Fault]:
    if schema.get("pattern") == r"\S":
        yield "blank", " \n ", ""
    elif "pattern" in schema:
        yield from _misfits(schema)


def _misfits(schema: dict[str, Any]) -> Iterator[Fault]:
    yield "pattern", next(one for one in ("!", " ") if not re.search(schema["pattern"], one)), ""
    if "maxLength" in schema:
        yield "line break", longest(schema)[1:] + "\n", ""


def _arrays(schema: dict[str, Any]) -> Iterator[Fault]:
    item = schema["items"]
    if "object" not in kinds_of(item):  # what a good one is, only its operation knows
        yield "too many", [_good(item)] * (schema["maxItems"] + 1), ""
        yield "null inside", [_good(item), None], "/1"
    for what, value, _ in faults(item):
        yield f"{what} inside", [value], "/0"


def _objects(schema: dict[str, Any]) -> Iterator[Fault]:
    held, names = schema.get("additionalProperties"), schema.get("propertyNames", {})
    if isinstance(held, dict):  # names and values, as many as anybody likes
        good = _good(held)
        yield "too many", {f"x{n}": good for n in range(schema["maxProperties"] + 1)}, ""
        yield "a name too long", {longest(names) + "x": good}, ""
        for what, value, _ in faults(held):
            yield f"{what} inside", {"x": value}, ""


OUTSIDE = {"object": _objects, "integer": _integers, "string": _strings, "array": _arrays}


def _good(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if "integer" in kinds_of(schema):
        return schema["minimum"]
    return GOOD_FORMATS.get(schema.get("format", ""), "x")


def edges(schema: dict[str, Any]) -> tuple[Any, Any] | None:
    """The first and the last value that a field must take; None where there is no such order."""
    kinds = kinds_of(schema)
    if "enum" in schema:
        return schema["enum"][0], schema["enum"][-1]
    if "integer" in kinds:
        return schema["minimum"], schema["maximum"]
    if "maxLength" in schema:
        return _shortest(schema), longest(schema)
    if "array" in kinds and "maxLength" in schema["items"]:
        return [], [longest(schema["items"])] * schema["maxItems"]
    return None


def _shortest(schema: dict[str, Any]) -> str:
    form = _form(schema)
    return form[0] if form else "x" * bool(schema.get("minLength"))


def longest(schema: dict[str, Any]) -> str:
    """The longest text that fits, whatever form it must have."""
    length, form = schema["maxLength"], _form(schema)
    return form[1][-length:] if form else "x" * length


def _form(schema: dict[str, Any]) -> tuple[str, str] | None:
    pattern = schema.get("pattern", "")
    return next((form for start, form in FORMS.items() if pattern.startswith(start)), None)
