"""A journeymap/1 document, piece by piece, so that it never stands in memory as a whole."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from api.schemas.exchange.keys import Keys
from api.schemas.exchange.map_parts import MapParts
from api.schemas.exchange.observed import observed
from api.schemas.exchange.result_parts import ResultParts
from api.schemas.exchange.voices import Voices
from domain.queries.exchange.parts import Parts

FORMAT = "journeymap/1"
PIECE = 64 * 1024
RESULTS = (
    "playbooks", "findings", "opportunities", "actions", "metrics", "outcomes", "evidence",
    "relations",
)  # fmt: skip

_ENCODE = msgspec.json.Encoder().encode


def json_pieces(parts: Parts) -> Iterator[bytes]:
    """The document as UTF-8, in pieces of some size."""
    waiting: list[bytes] = []
    held = 0
    for piece in _members(parts):
        waiting.append(piece)
        held += len(piece)
        if held >= PIECE:
            yield b"".join(waiting)
            waiting, held = [], 0
    yield b"".join(waiting)


def _members(parts: Parts) -> Iterator[bytes]:
    start = b"{"
    for name, value in pieces(parts):
        yield start + _ENCODE(name) + b":"
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _ENCODE(value)
        start = b",\n"
    yield b"}\n"


def _listed(items: Iterable[Any]) -> Iterator[bytes]:
    start = b"["
    for item in items:
        yield start + _ENCODE(item)
        start = b",\n"
    yield b"]" if start != b"[" else b"[]"


def pieces(parts: Parts) -> Iterator[tuple[str, Any]]:
    """The members of the document in their order; a list comes as an iterator."""
    keys = Keys(parts)
    drawn, results = MapParts(parts, keys), ResultParts(parts, keys)
    voices = Voices(parts, keys)
    results.add_evidence()
    yield from {"format": FORMAT, "exported": _exported(parts)}.items()
    yield "journey", drawn.journey(voices)
    yield "stages", drawn.stages(voices)
    for name in ("personas", "departments", "channels", "lanes", "moments"):
        yield name, getattr(drawn, name)()
    for name in RESULTS:
        yield name, getattr(results, name)()
    yield "annotations", voices.elsewhere()
    yield "observed", observed(parts, keys)


def _exported(parts: Parts) -> dict[str, Any]:
    name = parts.names.get(parts.actor.member_id, "")
    group = parts.actor.group.value.replace("_", " ")
    scope = f"What {name} ({group}) may see of this journey; files are not in it."
    return {"at": parts.at, "by": f"{name} ({group})", "scope": scope}
