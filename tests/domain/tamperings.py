"""Every way of altering an export that the verifier must notice, by name."""

import copy
from collections.abc import Callable
from hashlib import sha256

from domain import verify_export
from domain.rules.canonical import ActorKind, EntryBody
from tests.domain.exports import (
    JOURNEY,
    MEMBER,
    ORGANIZATION,
    OTHER,
    Export,
    Line,
    at,
    ended,
    entry_line,
    head,
)


def edit(kind: str, **changes: object) -> Callable[[Export], None]:
    def alter(export: Export) -> None:
        export[at(export, kind, 2)][kind].update(changes)

    return alter


def delete(revision: int, kinds: tuple[str, ...] = ("entry", "revision")) -> Callable[..., None]:
    def alter(export: Export) -> None:
        for kind in kinds:
            del export[at(export, kind, revision)]
        export[:] = ended(export[:-1])

    return alter


def swap(export: Export) -> None:
    first, second = at(export, "entry", 2), at(export, "entry", 3)
    export[first], export[second] = export[second], export[first]


def swap_with_numbers(export: Export) -> None:
    swap(export)
    export[at(export, "entry", 3)]["entry"]["revision"] = -2
    export[at(export, "entry", 2)]["entry"]["revision"] = 3
    export[at(export, "entry", -2)]["entry"]["revision"] = 2


def insert(export: Export) -> None:
    place = at(export, "entry", 2)
    previous = bytes.fromhex(export[place]["entry"]["hash"])
    body = EntryBody(
        organization_id=ORGANIZATION,
        stream_id=JOURNEY,
        revision=3,
        at=1,
        actor_kind=ActorKind.SYSTEM,
        actor=b"",
        verb="stage_added",
        subject_kind="stage",
        subject_id=MEMBER,
        version=1,
        digest=bytes(32),
    )
    export.insert(place + 1, entry_line(body, previous))
    export[:] = ended(export[:-1])


def splice(export: Export) -> None:
    other = copy.deepcopy(export[at(export, "entry", 2, OTHER)])
    other["entry"]["stream_id"] = str(JOURNEY)
    export[at(export, "entry", 2)] = other


def splice_tail(export: Export) -> None:
    """The rest of another journey's chain, consistent in itself."""
    export[at(export, "entry", 2)] = export[at(export, "entry", 2, OTHER)]


def duplicate(export: Export) -> None:
    place = at(export, "entry", 2)
    export.insert(place, copy.deepcopy(export[place]))
    export[:] = ended(export[:-1])


def leave_a_gap(export: Export) -> None:
    """A chain that hangs together, with a revision left out of its numbers."""
    entry, stated = export[at(export, "entry", 4)]["entry"], head(export)
    export[at(export, "revision", 4)]["revision"]["revision"] = 5
    entry["revision"] = stated["revision"] = 5
    stated["hash"] = rehashed(entry)


def rehashed(entry: Line) -> str:
    """Make an entry's hash fit its fields."""
    written = verify_export.entry_bytes(ORGANIZATION.bytes, entry)
    entry["hash"] = sha256(bytes.fromhex(entry["prev_hash"]) + written).hexdigest()
    return str(entry["hash"])


def rehash_one(export: Export) -> None:
    """An edit whose own hash was made to fit, but nothing after it."""
    entry = export[at(export, "entry", 2)]["entry"]
    entry["verb"] = "stage_removed"
    rehashed(entry)


def normalize(export: Export) -> None:
    row = export[at(export, "revision", 2)]["revision"]
    row["content"] = row["content"].replace("ë", "e\u0308")


def state_another_head(export: Export) -> None:
    head(export)["hash"] = "11" * 32


def announce_twice(export: Export) -> None:
    export.insert(at(export, "entry", 1), dict(head(export)))
    export[:] = ended(export[:-1])


def hide_stream(export: Export) -> None:
    export.remove(head(export))
    export[:] = ended(export[:-1])


def drop_whole_stream(export: Export) -> None:
    """Without its counts: they still tell."""
    start = export.index(head(export, OTHER))
    del export[start:-1]


def another_organization(export: Export) -> None:
    export[0]["organization_id"] = str(OTHER)


def another_kind(export: Export) -> None:
    head(export)["kind"] = "organization"


def uncovered(export: Export) -> None:
    export[at(export, "entry", 2)]["entry"]["note"] = "nobody vouches for this"


TAMPERINGS: dict[str, Callable[[Export], None]] = {
    "edit actor": edit("entry", commitment="22" * 32),
    "edit actor kind": edit("entry", actor_kind="system", commitment=None),
    "unknown actor kind": edit("entry", actor_kind="robot"),
    "two actors": edit("entry", actor_id=str(MEMBER)),
    "edit time": edit("entry", at=1),
    "time as text": edit("entry", at="1"),
    "time beyond 64 bits": edit("entry", at=2**63),
    "edit verb": edit("entry", verb="stage_removed"),
    "edit subject kind": edit("entry", subject_kind="lane"),
    "edit subject": edit("entry", subject_id=str(MEMBER)),
    "edit version": edit("entry", version=2),
    "true for one": edit("entry", version=True),
    "edit digest": edit("entry", digest="33" * 32),
    "short digest": edit("entry", digest="33"),
    "edit hash": edit("entry", hash="44" * 32),
    "edit hash before": edit("entry", prev_hash="55" * 32),
    "edit revision number": edit("entry", revision=7),
    "edit content": edit("revision", content='{"name":"never said"}'),
    "normalize content": normalize,
    "lone surrogate in content": edit("revision", content="{\ud800}"),
    "edit salt": edit("revision", salt="66" * 16),
    "empty salt only": edit("revision", salt=None),
    "empty content only": edit("revision", content=None),
    "content of another subject": edit("revision", subject_id=str(MEMBER)),
    "delete first": delete(1),
    "delete middle": delete(2),
    "delete tail": delete(4),
    "delete content only": delete(2, ("revision",)),
    "delete entry only": delete(2, ("entry",)),
    "swap two": swap,
    "swap two with their numbers": swap_with_numbers,
    "insert": insert,
    "splice between streams": splice,
    "splice an unaltered entry": splice_tail,
    "duplicate": duplicate,
    "edit and rehash one": rehash_one,
    "leave a gap in the numbers": leave_a_gap,
    "state another head": state_another_head,
    "announce a stream twice": announce_twice,
    "hide a stream line": hide_stream,
    "drop a whole stream": drop_whole_stream,
    "another organization": another_organization,
    "another kind of stream": another_kind,
    "field that is not hashed": uncovered,
}
