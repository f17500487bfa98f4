"""Litestar's document in, the published document out."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.openapi.areas import tag_groups, tags
from api.openapi.components import REF, components
from api.openapi.farewell import taking_leave
from api.openapi.headers import PARAMETERS, PART, reply_headers, request_headers, shared_headers
from api.openapi.illustrated import illustrate, own_examples
from api.openapi.links import linked
from api.openapi.naming import Names, with_names
from api.openapi.operations import Operation
from api.openapi.permission import who_may
from api.openapi.refusals import Refusals
from api.openapi.responses import problem_examples, problems, shared_responses
from api.openapi.shapes import METHODS, Schema, not_null, repaired, walk
from api.openapi.streams import event_schemas, stream
from api.openapi.words import (
    NOT_MODIFIED,
    details,
    parameter_words,
    sentence,
    summary,
)

Operations = Mapping[str, Operation]


def refine(doc: dict[str, Any], operations: Operations) -> dict[str, Any]:
    """Refine every operation and replace every component."""
    bodies, replies, schemas = components(operations)
    schemas |= event_schemas(operations)
    refusals = Refusals()
    for path, item in doc["paths"].items():
        for method in (method for method in METHODS if method in item):
            name = item[method]["operationId"]
            op, raw = operations[name], walk(item[method], repaired)
            raw |= described(op, raw)
            raw["parameters"] = parameters(op, raw)
            if name in bodies:
                raw["requestBody"] = request_body(op, bodies[name])
                with_file(op, schemas)
            good = reply(op, raw, replies.get(name))
            raw["responses"] = {**good, **problems(op, path, refusals)}
            kept = {k: v for k, v in raw.items() if v not in (None, [], False)}
            item[method] = kept | secured(op) | taking_leave(op, raw)
    kept = {k: walk(v, repaired) for k, v in doc["components"].get("schemas", {}).items()}
    schemas |= _asked_for(kept, doc["paths"], schemas)
    name_all(doc["paths"], schemas)
    doc["components"] |= shared(doc["paths"], operations, schemas)
    used = list(operations.values())
    return doc | {"tags": tags(used), "x-tagGroups": tag_groups(used)}


def shared(
    paths: Mapping[str, Any], operations: Operations, schemas: dict[str, Schema]
) -> dict[str, dict[str, Any]]:
    """Give all that operations refer to; examples and links are put into them on the way."""
    found = illustrate(_operations(paths), schemas, own_examples(operations))
    return {
        "examples": problem_examples() | found,
        "schemas": schemas,
        "responses": shared_responses(_operations(paths)),
        "headers": shared_headers(operations.values()),
        "parameters": PARAMETERS,
        "links": linked(paths, operations),
    }


def name_all(paths: Mapping[str, Any], schemas: dict[str, Schema]) -> None:
    """Leave no enum, object or choice without a name."""
    names = Names(schemas)
    names.name_fields()
    for operation in _operations(paths):
        names.name_parameters(operation)
        names.name_contents(operation)


def _operations(paths: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in paths.values():
        yield from (item[method] for method in METHODS if method in item)


def described(op: Operation, raw: dict[str, Any]) -> dict[str, Any]:
    """Give name, words and permission of an operation."""
    text = raw.get("description") or ""
    words = {"summary": summary(text), "tags": [op.tag]}
    if op.may is None:
        return words | {"description": details(text) or text}
    said = "\n\n".join(part for part in (details(text), who_may(op.may)) if part)
    return words | {"description": said, "x-permission": str(op.may)}


def secured(op: Operation) -> dict[str, Any]:
    """Say which tokens an operation takes; without a word it takes a session's only."""
    if op.public:
        return {"security": []}
    if op.session_only:
        return {}
    scopes = [op.scope.value] if op.scope else []
    return {"security": [{"bearerAuth": []}, {"accessToken": scopes}]}


def parameters(op: Operation, raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the parameters of an operation: Litestar's without noise, then the shared headers."""
    shared = request_headers(op)
    names = {PARAMETERS[name]["name"].lower() for name in shared}
    own = [_parameter(p) for p in raw.get("parameters", ()) if p["name"].lower() not in names]
    own.sort(key=lambda p: (("path", "query", "header").index(p["in"]), p["name"]))
    return [*own, *({"$ref": f"#/components/parameters/{name}"} for name in shared)]


def _parameter(raw: dict[str, Any]) -> dict[str, Any]:
    parameter = {k: v for k, v in raw.items() if v is not False}
    schema = parameter["schema"] = not_null(raw["schema"])
    said = schema.pop("description", None)
    schema.pop("title", None)
    if schema.get("default", 0) is None:
        del schema["default"]
    parameter.setdefault("description", said or parameter_words(raw["name"], raw["in"]))
    if raw["in"] == "query" and schema.get("type") == "array":
        parameter |= {"style": "form", "explode": True}
    return parameter


def request_body(op: Operation, schema: Schema) -> dict[str, Any]:
    """Describe the body; a PATCH is a merge patch."""
    media = "application/merge-patch+json" if op.method == "PATCH" else "application/json"
    if op.form:
        media = "multipart/form-data"
    return {"required": True, "content": {media: {"schema": schema}}}


def with_file(op: Operation, schemas: dict[str, Schema]) -> None:
    """Describe the file of a form beside its other fields."""
    if op.form:
        form = schemas[op.body.__name__]
        form["properties"][op.form] = {"type": "string", "format": "binary"}
        form["required"] = sorted({*form.get("required", ()), op.form})


def reply(op: Operation, raw: dict[str, Any], schema: Schema | None) -> dict[str, Any]:
    """Describe the good reply, and 304 where the reply has an ETag."""
    status = str(op.handler.status_code)
    good: dict[str, Any] = {"description": sentence(op), "headers": reply_headers(op)}
    if content := _content(op, raw["responses"].get(status, {}), schema):
        good["content"] = content
    if op.versioned and not op.writes:
        return {status: good, "304": not_modified(op)} | _partial(op, content)
    return {status: good} | {str(code): other(op, says) for code, says in op.also.items()}


def _content(op: Operation, raw: dict[str, Any], schema: Schema | None) -> dict[str, Any]:
    """Describe the body of the good reply, by its media types."""
    if schema is not None:
        return {"application/json": {"schema": either(op, schema)}}
    if op.says:
        return {op.media_type: stream(op)}
    if op.sends:
        return {media: {"schema": _file(media)} for media in op.sends}
    there = said_to_be_there(op) and raw.get("content")
    return {op.media_type: {"schema": _file(op.media_type)}} if there else {}


def _partial(op: Operation, content: dict[str, Any]) -> dict[str, Any]:
    """Describe the reply to who asks for a range, where one may."""
    if not op.partial:
        return {}
    sent = reply_headers(op) | PART
    part = {"description": "The bytes that Range asked for.", "headers": sent}
    return {"206": part | {"content": content}}


def not_modified(op: Operation) -> dict[str, Any]:
    """Describe the reply to who knows it already."""
    return {"description": NOT_MODIFIED, "headers": reply_headers(op)}


def other(op: Operation, says: str) -> dict[str, Any]:
    """Describe a good reply that has no body."""
    return {"description": says, "headers": reply_headers(op)}


def either(op: Operation, schema: Schema) -> Schema:
    """Describe the body, or both where what is asked decides between two."""
    if op.other_reply is None:
        return schema
    both: list[Any] = [op.reply, op.other_reply]
    mapping = {str(one.__struct_config__.tag): f"{REF}{one.__name__}" for one in both}
    which = {"propertyName": both[0].__struct_config__.tag_field, "mapping": mapping}
    return {"oneOf": [{"$ref": ref} for ref in mapping.values()], "discriminator": which}


def said_to_be_there(op: Operation) -> bool:
    """Whether a reply that is no struct has a body all the same."""
    return op.handler.status_code != 204 and "reply" not in op.handler.opt


def _file(media: str) -> Schema:
    """What a generator makes of a file: an object, a text, or bytes."""
    if media.endswith("json"):
        return {"type": "object"}
    text = media.startswith("text/")
    return {"type": "string"} if text else {"type": "string", "format": "binary"}


def _asked_for(kept: dict[str, Schema], paths: Any, known: dict[str, Schema]) -> dict[str, Schema]:
    """Keep the components of parameters: Litestar alone knows these (enums, in practice)."""
    wanted: dict[str, Schema] = {}

    def note(schema: Schema) -> Schema:
        name = str(schema.get("$ref", "")).rpartition("/schemas/")[2]
        if name in kept and name not in known:
            wanted[name] = with_names(kept[name])
        return schema

    walk(paths, note)
    return wanted
