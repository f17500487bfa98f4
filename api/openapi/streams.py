"""Streams of server-sent events: what `data` holds, one event at a time.

OpenAPI 3.1 has no word for the items of a stream. Generators that know server-sent events read the
schema of `text/event-stream` as that of one event's data; the others hand out the bytes.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import fields

from api.openapi.components import REF
from api.openapi.operations import Operation
from api.openapi.shapes import Schema

SAYS = """The `data` of one event: one of the ledger has a `verb`, presence has `members`, and the
others name themselves in `event`."""


def stream(op: Operation) -> dict[str, Any]:
    """Describe the reply of a stream, with the data of each kind of event named."""
    kinds = {kind: {"$ref": f"{REF}{struct.__name__}"} for kind, struct in sorted(op.says.items())}
    return {"schema": {"$ref": f"{REF}{event_name(op)}"}, "x-event-data": kinds}


def event_name(op: Operation) -> str:
    """Name the component that any event of a stream is one of: StreamJourneyEvent."""
    return "".join(word.title() for word in op.handler.handler_name.split("_")) + "Event"


def event_schemas(operations: Mapping[str, Operation]) -> dict[str, Schema]:
    """Give the component of each stream: one of the structs that it says."""
    streams = [op for op in operations.values() if op.says]
    return {event_name(op): _one_of(op) for op in streams}


def _one_of(op: Operation) -> Schema:
    """The richest first: who tries one after the other finds the right one."""
    structs = sorted(set(op.says.values()), key=lambda s: (-len(fields(s)), s.__name__))
    return {
        "title": event_name(op),
        "description": SAYS,
        "anyOf": [{"$ref": f"{REF}{struct.__name__}"} for struct in structs],
    }
