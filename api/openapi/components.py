"""Component schemas, from msgspec: complete where Litestar's own lose what the structs say."""

from collections.abc import Mapping, Sequence
from enum import Enum
from inspect import cleandoc

import msgspec

from api.openapi.bounds import bound_replies
from api.openapi.fields import field_words
from api.openapi.operations import Operation
from api.openapi.shapes import Schema, repaired, walk
from api.openapi.structs import enums, structs
from api.problems import Problem

REF = "#/components/schemas/"
EXAMPLES = "#/components/examples/"
Roots = dict[str, Schema]


def components(operations: Mapping[str, Operation]) -> tuple[Roots, Roots, dict[str, Schema]]:
    """Give the schema of each operation's body, of each one's reply, and all they refer to."""
    bodies = {name: op.body for name, op in operations.items() if op.body is not None}
    replies = {name: op.reply for name, op in operations.items() if op.reply is not None}
    said = [struct for op in operations.values() for struct in op.says.values()]
    said += [op.other_reply for op in operations.values() if op.other_reply is not None]
    kinds = [*bodies.values(), *replies.values(), *said, Problem]
    raw, found = msgspec.json.schema_components(kinds, ref_template=REF + "{name}")
    roots = [walk(root, repaired) for root in raw]
    schemas = {name: walk(schema, repaired) for name, schema in found.items()}
    for kind in enums(kinds):
        if kind.__name__ in schemas:
            name_values(schemas[kind.__name__], kind)
    requests = {s for op in operations.values() for s in op.request_structs}
    answers = {s for op in operations.values() for s in op.reply_structs} | structs([Problem])
    for struct in requests:
        _as_request(schemas[struct.__name__], struct)
    for struct in answers:
        _as_reply(schemas[struct.__name__], struct)
    bound_replies(schemas, requests, answers)
    body_roots = dict(zip(bodies, roots, strict=False))
    reply_roots = dict(zip(replies, roots[len(bodies) :], strict=False))
    return body_roots, reply_roots, schemas


def reply_schemas(kinds: Sequence[type[msgspec.Struct]]) -> dict[str, Schema]:
    """The schemas of structs that are sent without having been asked for, and all they refer to."""
    _, found = msgspec.json.schema_components(kinds, ref_template=REF + "{name}")
    schemas = {name: walk(schema, repaired) for name, schema in found.items()}
    answers = structs(kinds)
    for struct in answers:
        _as_reply(schemas[struct.__name__], struct)
    bound_replies(schemas, set(), answers)
    return schemas


def name_values(schema: Schema, kind: type[Enum]) -> None:
    """Put the values of an enum in the order it declares them, with names for constants."""
    schema["enum"] = [member.value for member in kind]
    schema["x-enum-varnames"] = [member.name.upper() for member in kind]
    if "description" in schema and schema["description"] == Enum.__doc__:
        del schema["description"]


def _as_request(schema: Schema, struct: type) -> None:
    """A default makes a field required in some generators' eyes: it becomes a sentence.

    The gate of the contract reads it from `x-default`, which no generator looks at.
    """
    for field in schema.get("properties", {}).values():
        default = field.pop("default", None)
        if default not in (None, "", [], {}):
            field["x-default"] = default
            text = msgspec.json.encode(default).decode()
            field["description"] = f"{field.get('description', '')} Default: {text}.".strip()
    _explain(schema, struct)


def _as_reply(schema: Schema, struct: type) -> None:
    """A reply always carries every field."""
    if "properties" in schema:
        schema["required"] = sorted(schema["properties"])
    for field in schema.get("properties", {}).values():
        field.pop("default", None)
    _explain(schema, struct)


def _explain(schema: Schema, struct: type) -> None:
    """Put in what a struct says of itself and its fields."""
    if "description" in schema:
        schema["description"] = cleandoc(schema["description"])
    for name, words in field_words(struct).items():
        field = schema.get("properties", {}).get(name, {"description": words})
        said = field.get("description")
        field["description"] = words if said is None else f"{words} {said}"
