"""What may be done to a document, and the places where it is done."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.api.openapi.things import DOCUMENT

Json = dict[str, Any]
Change = Callable[[Json], None]
Cases = dict[str, tuple[Change, str, str]]

GET = ("paths", "/v1/things/{thing_id}", "get")
PATCH = ("paths", "/v1/things/{thing_id}", "patch")
OK = (*GET, "responses", "200")
BODY = (*PATCH, "requestBody")
EVENTS = ("paths", "/v1/stream", "get", "responses", "200", "content", "text/event-stream")
HOOK = ("webhooks", "thing.made", "post")
SCHEMAS = ("components", "schemas")
THING = (*SCHEMAS, "Thing")
SENT = (*SCHEMAS, "ThingChanges")
OUTLINE = (*THING, "properties", "outline")
PLACE = (*SENT, "properties", "place")
CODE = (*SCHEMAS, "Problem", "properties", "code", "x-extensible-enum")
REFUSAL = ("components", "responses", "NotFound", "content", "application/problem+json")
ROUND = "#/components/schemas/Round"
REQUIRED = {"in": "query", "name": "why", "required": True, "schema": {"type": "string"}}
OPTIONAL = REQUIRED | {"required": False}
NEW = {"operationId": "makeThing", "summary": "Make a thing", "responses": {}}
TEXT = {"type": "string"}

WRITTEN = """# Changelog

## Unreleased

Things can be made.

<!-- differences -->
<!-- /differences -->

## 1.2.3 (2026-01-02)

The one before.
"""


def at(document: Any, *steps: Any) -> Any:
    """What is found on a way through a document."""
    for step in steps:
        document = document[step]
    return document


def put(*steps: Any, value: Any) -> Change:
    """Set what is there, or add it."""

    def change(document: Json) -> None:
        *way, last = steps
        place = at(document, *way)
        if isinstance(place, list) and last == len(place):
            place.append(None)
        place[last] = deepcopy(value)

    return change


def drop(*steps: Any) -> Change:
    """Take out what is there."""

    def change(document: Json) -> None:
        *way, last = steps
        del at(document, *way)[last]

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(document: Json) -> None:
        for one in changes:
            one(document)

    return change


def moved(*steps: Any, to: Any) -> Change:
    """Give what is there another key."""

    def change(document: Json) -> None:
        *way, last = steps
        place = at(document, *way)
        place[to] = place.pop(last)

    return change


def changed(change: Change) -> Json:
    """The document after a change."""
    document = deepcopy(DOCUMENT)
    change(document)
    return document
