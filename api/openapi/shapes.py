"""Small repairs of one JSON schema, so that every generator of clients reads it alike."""

from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
NULL = {"type": "null"}
METHODS = ("get", "put", "post", "delete", "patch")
"""The keys of a path under which an operation stands."""
# Under these keys stand values, not schemas.
LITERALS = {"example", "examples", "default", "const", "enum", "mapping"}
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
INT32 = 2**31


def walk(node: Any, repair: Callable[[Schema], Schema]) -> Any:
    """Repair every object below a node, innermost first."""
    if isinstance(node, list):
        return [walk(item, repair) for item in node]
    if not isinstance(node, dict):
        return node
    return repair({k: v if k in LITERALS else walk(v, repair) for k, v in node.items()})


def repaired(schema: Schema) -> Schema:
    """Apply every repair to one object."""
    for repair in (collapsed, typed, whole, sized):
        schema = repair(schema)
    if schema.get("required") == []:
        del schema["required"]
    return schema


def collapsed(schema: Schema) -> Schema:
    """Say "or null" the shortest way, and make a union with a discriminator a oneOf."""
    key = next((k for k in ("oneOf", "anyOf", "allOf") if isinstance(schema.get(k), list)), None)
    if key is None:
        return schema
    outer = {k: v for k, v in schema.items() if k != key}
    some = [choice for choice in schema[key] if choice != NULL]
    if len(some) == 1:
        return _or_null(some[0], outer) if NULL in schema[key] else {**some[0], **outer}
    return {"oneOf" if "discriminator" in schema else key: schema[key], **outer}


def _or_null(only: Schema, outer: Schema) -> Schema:
    if isinstance(only.get("type"), str) and "enum" not in only and "const" not in only:
        return {**only, "type": [only["type"], "null"], **outer}
    return {"anyOf": [only, NULL], **outer}


def typed(schema: Schema) -> Schema:
    """Give an enum its type; an enum of one value is a constant."""
    values = schema.get("enum")
    if isinstance(values, list) and values:
        schema.setdefault("type", TYPES.get(type(values[0]), "string"))
        if len(values) == 1 and "title" not in schema:
            schema["const"] = schema.pop("enum")[0]
    return schema


def whole(schema: Schema) -> Schema:
    """Write 100 for 100.0."""
    for key in BOUNDS:
        value = schema.get(key)
        if isinstance(value, float) and value.is_integer():
            schema[key] = int(value)
    return schema


def sized(schema: Schema) -> Schema:
    """Give a number its format."""
    kinds = schema.get("type")
    if kinds == "number" or (isinstance(kinds, list) and "number" in kinds):
        schema.setdefault("format", "double")
    if kinds == "integer" or (isinstance(kinds, list) and "integer" in kinds):
        small = abs(schema.get("maximum", INT32)) < INT32
        schema.setdefault("format", "int32" if small else "int64")
    return schema


def not_null(schema: Schema) -> Schema:
    """Take "or null" away: a query parameter is there or it is not."""
    if None in schema.get("enum", ()):
        schema = typed({**schema, "enum": [value for value in schema["enum"] if value is not None]})
    kinds = schema.get("type")
    if isinstance(kinds, list):
        rest = [kind for kind in kinds if kind != "null"]
        schema = {**schema, "type": rest[0] if len(rest) == 1 else rest}
    choices = [choice for choice in schema.get("anyOf", ()) if choice != NULL]
    if len(choices) == 1:
        schema = {**choices[0], **{k: v for k, v in schema.items() if k != "anyOf"}}
    return schema
