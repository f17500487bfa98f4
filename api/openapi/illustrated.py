"""An example beside every body, reply and parameter of a document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.openapi.components import EXAMPLES, REF
from api.openapi.examples import Examples
from api.openapi.operations import Operation
from api.openapi.shapes import Schema
from api.openapi.stated import STATED

FILES = {
    "text/csv": "stage,touchpoint\nAfter visit,Follow up on visit\n",
    "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "text/event-stream": 'id: 412\nevent: touchpoint.updated\ndata: {"revision":412}\n\n',
}
Found = dict[str, dict[str, Any]]


def illustrate(
    operations: Iterable[Mapping[str, Any]],
    schemas: Mapping[str, Schema],
    stated: Mapping[str, Mapping[str, Any]],
) -> Found:
    """Put in examples; gives those of components, which are referred to."""
    shown = list(operations)
    make = Examples(schemas, stated, _nouns(shown))
    found: Found = {}
    for operation in shown:
        name = operation["operationId"]
        for parameter in operation.get("parameters", ()):
            if "schema" in parameter:
                parameter.setdefault(
                    "example", make.of(parameter["schema"], parameter["name"], name)
                )
        for kind, content in _contents(operation):
            _illustrate(make, found, kind, content)
    return found


def own_examples(operations: Mapping[str, Operation]) -> dict[str, Mapping[str, Any]]:
    """Give the examples that are stated; a struct's own is its class attribute `example`."""
    known = {s for op in operations.values() for s in op.request_structs | op.reply_structs}
    found = {struct.__name__: getattr(struct, "example", None) for struct in known}
    own = {name: example for name, example in found.items() if isinstance(example, Mapping)}
    return {**STATED, **own}


def _nouns(operations: Iterable[Mapping[str, Any]]) -> set[str]:
    """The nouns that have an id of their own, by the parameters of paths."""
    parameters = [p for operation in operations for p in operation.get("parameters", ())]
    return {p["name"].removesuffix("_id") for p in parameters if p.get("in") == "path"}


def _contents(operation: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    holders = [operation.get("requestBody", {})]
    holders += [answer for status, answer in operation["responses"].items() if status[0] == "2"]
    for holder in holders:
        yield from holder.get("content", {}).items()


def _illustrate(make: Examples, found: Found, media: str, content: dict[str, Any]) -> None:
    schema = content["schema"]
    name = schema.get("$ref", "").removeprefix(REF)
    if name:
        found[name] = {"value": make.of(schema)}
        content["examples"] = {"example": {"$ref": EXAMPLES + name}}
    elif media in FILES:
        content["example"] = FILES[media]
