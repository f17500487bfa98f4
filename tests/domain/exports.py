"""Exports of a small ledger, written with the ledger's own bytes."""

from typing import Any
from uuid import UUID

from domain.rules import canonical
from domain.rules.canonical import ActorKind, EntryBody

Line = dict[str, Any]
Export = list[Line]

ORGANIZATION, JOURNEY, OTHER = (UUID(int=number) for number in (1, 2, 3))
MEMBER = UUID(int=9)
SALT = bytes(range(16))
ACTORS = [
    (ActorKind.MEMBER, MEMBER.bytes),
    (ActorKind.SYSTEM, b""),
    (ActorKind.HIDDEN, canonical.commitment(SALT, MEMBER)),
]


def entry_line(body: EntryBody, previous: bytes) -> Line:
    member, hidden = body.actor_kind is ActorKind.MEMBER, body.actor_kind is ActorKind.HIDDEN
    return {
        "entry": {
            "stream_id": str(body.stream_id),
            "revision": body.revision,
            "at": body.at,
            "actor_kind": body.actor_kind.value,
            "actor_id": str(UUID(bytes=body.actor)) if member else None,
            "commitment": body.actor.hex() if hidden else None,
            "verb": body.verb,
            "subject_kind": body.subject_kind,
            "subject_id": str(body.subject_id),
            "version": body.version,
            "digest": body.digest.hex(),
            "prev_hash": previous.hex(),
            "hash": canonical.chain(previous, body).hex(),
        }
    }


def stream_lines(stream_id: UUID, length: int, word: str = "said") -> Export:
    previous, entries, revisions = canonical.GENESIS, [], []
    for number in range(1, length + 1):
        subject = {"subject_kind": "stage", "subject_id": str(UUID(int=number)), "version": 1}
        content = canonical.canonical_text({"name": f"{word} {number}", "note": "Zoë"})
        kind, actor = ACTORS[number % 3]
        body = EntryBody(
            organization_id=ORGANIZATION,
            stream_id=stream_id,
            revision=number,
            at=1_767_225_600_000_000 + number,
            actor_kind=kind,
            actor=actor,
            verb="stage_added",
            subject_kind="stage",
            subject_id=UUID(int=number),
            version=1,
            digest=canonical.digest(SALT, content),
        )
        entries.append(entry_line(body, previous))
        previous = bytes.fromhex(entries[-1]["entry"]["hash"])
        place = {"stream_id": str(stream_id), "revision": number}
        revisions.append({"revision": subject | place | {"content": content, "salt": SALT.hex()}})
    kind = "organization" if stream_id == ORGANIZATION else "journey"
    head = {"stream": str(stream_id), "kind": kind, "revision": length, "hash": previous.hex()}
    return [head, *entries, *revisions]


def ended(lines: Export) -> Export:
    """The lines with the counts that suit them."""
    kinds = {"streams": "stream", "entries": "entry", "revisions": "revision"}
    counts = {name: sum(next(iter(line)) == kind for line in lines) for name, kind in kinds.items()}
    return [*lines, {"end": counts}]


def made(length: int = 4, word: str = "said") -> Export:
    header = {
        "format": "touchstone-ledger/1",
        "organization_id": str(ORGANIZATION),
        "exported_at": "2026-01-01T00:00:00.000000Z",
    }
    organization = stream_lines(ORGANIZATION, 2)
    return ended(
        [header, *organization, *stream_lines(JOURNEY, length, word), *stream_lines(OTHER, 3)]
    )


def at(export: Export, kind: str, revision: int, stream: UUID = JOURNEY) -> int:
    """Where in the export a stream's line of a kind and revision is."""
    return next(
        place
        for place, line in enumerate(export)
        if (found := line.get(kind))
        and isinstance(found, dict)
        and (found.get("stream_id"), found.get("revision")) == (str(stream), revision)
    )


def head(export: Export, stream: UUID = JOURNEY) -> Line:
    return next(line for line in export if line.get("stream") == str(stream))
