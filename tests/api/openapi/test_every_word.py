"""No word of the real documents is read by nobody: whatever is taken out or altered is told."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import pytest

from api.commands.contract import FOLDER
from api.openapi.stability import Weight, differences

Json = dict[str, Any]
Way = tuple[Any, ...]
NAMES = {
    "properties", "mapping", "responses", "headers", "content", "x-event-data", "paths", "webhooks",
    "schemas", "parameters", "securitySchemes",
}  # fmt: skip
"""Whose keys are names that somebody chose."""
PROSE = {
    "description", "summary", "title", "example", "examples", "links", "contact", "license",
    "externalDocs", "bearerFormat", "tags", "version", "info", "openapi", "x-tagGroups",
}  # fmt: skip
"""What may be told as other words. The tags and the problems of an operation are in the table."""
TRIED = 12
"""At how many places a word is tried: at some it means nothing, as a minimum of 0."""


@cache
def document(name: str) -> Json:
    return dict(json.loads((FOLDER / name).read_bytes()))


def words(node: Any, way: Way = ()) -> Iterator[tuple[str, Way]]:
    """Every word of a document, with the way to the node that says it."""
    below = enumerate(node) if isinstance(node, list) else node.items() if dictionary(node) else ()
    for key, inner in below:
        said = dictionary(node) and not names(way)
        if said and key in PROSE:
            continue
        if said:
            yield str(key), way
        yield from words(inner, (*way, key))


def dictionary(node: Any) -> bool:
    return isinstance(node, dict)


def names(way: Way) -> bool:
    """Whether the keys here are names: a field may be called as such a place is."""
    return bool(way) and way[-1] in NAMES and way[-2:-1] != ("properties",)


def small(whole: Json, way: Way) -> Json:
    """The document with the one operation that the way goes through, or one that uses the part."""
    if not way or way[0] == "security":
        return whole
    whole = whole | {"security": []}  # what an operation says again could go unnoticed
    part, name, *_ = *way, None, None
    if part in ("paths", "webhooks"):
        return whole | {"paths": {}, "webhooks": {}} | {part: {name: whole[part][name]}}
    kind, name, *_ = *way[1:], None, None
    reference = {"$ref": f"#/components/{kind}/{name}"}
    held = {"content": {"application/json": {"schema": reference}}}
    uses: dict[str | None, Json] = {
        "schemas": {"requestBody": held, "responses": {"200": held}},
        "responses": {"responses": {"404": reference}},
        "parameters": {"parameters": [reference]},
        "headers": {"responses": {"200": {"headers": {str(name): reference}}}},
    }
    using = {"operationId": "use", **uses.get(kind, {})}
    return whole | {"paths": {"/": {"post": using}}, "webhooks": {}}


def altered(value: Any) -> Iterator[Any]:
    """Other values for a word."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value - 1)
    elif isinstance(value, str):
        yield f"{value}-other"
    elif isinstance(value, list) and value:
        yield value[1:]


GONE = object()


def variants(whole: Json, word: str, way: Way) -> Iterator[tuple[bool, Json, Json]]:
    """The small document as it is, and with the word taken out (True) or altered (False)."""
    old = small(whole, way)
    kept = old
    for step in (*way, word):
        kept = kept[step]
    if not way and not kept:
        return
    yield True, old, with_another(old, (*way, word), GONE)
    for value in altered(kept):
        yield False, old, with_another(old, (*way, word), value)


def with_another(node: Any, way: Way, value: Any) -> Any:
    """The node with another value at the end of a way; only what lies on the way is copied."""
    first, *rest = way
    copied = node.copy()
    if rest:
        copied[first] = with_another(node[first], tuple(rest), value)
    elif value is GONE:
        del copied[first]
    else:
        copied[first] = value
    return copied


def heavier(old: Json, new: Json) -> bool:
    """Whether the gate tells more than other words; no document any more is told by an error."""
    try:
        return any(one.weight > Weight.PATCH for one in differences(old, new))
    except KeyError:
        return True


def places(name: str) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {}
    for word, way in words(document(name)):
        found.setdefault(word, []).append(way)
    return found


@pytest.mark.parametrize("name", ["openapi.json", "webhooks.json"])
def test_every_word_taken_out_or_altered_is_told(name: str) -> None:
    whole, unread = document(name), []
    for word, ways in places(name).items():
        tried: dict[bool, bool] = {}
        for way in islice(ways, TRIED):
            for gone, old, new in variants(whole, word, way):
                tried[gone] = tried.get(gone, False) or heavier(old, new)
            if all(tried.values()):
                break
        unread += [
            f"{word}: {'gone' if gone else 'altered'}" for gone, seen in tried.items() if not seen
        ]
    assert not unread, unread
