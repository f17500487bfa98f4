"""Setting a map back: what has to change of each piece so that the map is what it was then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from domain.rules.states import ORDER, Piece, standing
from domain.words import MomentStatus, SubjectKind

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    SubjectKind.STAGE: ("position",),
    SubjectKind.LANE: ("position",),
    SubjectKind.TOUCHPOINT: ("stage_id", "position"),
}
"""Where a piece stands: set back with it, and no content."""


@dataclass(frozen=True, slots=True)
class Setback:
    """What to do to one piece. `removed` is None where it stays on the map, or off it."""

    id: UUID
    kind: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    removed: bool | None = None

    @property
    def done(self) -> str:
        """What is done to it, in one word: the most telling of it."""
        if self.removed is not None:
            return "removed" if self.removed else "restored"
        if self.changes and self.changes.keys() <= set(PLACES.get(self.kind, ())):
            return "moved"
        return "updated"


def setbacks(
    then: Mapping[UUID, Piece], now: Mapping[UUID, Piece], content: Mapping[str, tuple[str, ...]]
) -> list[Setback]:
    """The fewest changes that make the map what it was, outer pieces first.

    What has come since goes, the stage or touchpoint it stands in with it where that goes too; a
    cell that was not written is emptied. Of moments only the statements of those that were and are
    one are set back: which touchpoint is a moment is for people to decide.
    """
    found = [*_set_back(then, now, content), *_gone(then, now)]
    return sorted(found, key=lambda one: ORDER.index(SubjectKind(one.kind)))


def _set_back(
    then: Mapping[UUID, Piece], now: Mapping[UUID, Piece], content: Mapping[str, tuple[str, ...]]
) -> Iterator[Setback]:
    for was in then.values():
        piece = now[was.id]
        if was.content is None or piece.content is None or not _lives_on(was, piece):
            continue
        names = (*content[was.kind], *PLACES.get(was.kind, ()))
        changes = {n: was.told(n) for n in names if was.told(n) != piece.told(n)}
        gone = _removed(was)
        removed = gone if gone != _removed(piece) else None
        if changes or removed is not None:
            yield Setback(was.id, was.kind, changes, removed)


def _lives_on(was: Piece, now: Piece) -> bool:
    retired = MomentStatus.RETIRED in (was.told("status"), now.told("status"))
    return was.kind != SubjectKind.MOMENT or not retired


def _removed(piece: Piece) -> bool:
    return piece.told("removed_at") is not None


def _gone(then: Mapping[UUID, Piece], now: Mapping[UUID, Piece]) -> Iterator[Setback]:
    """What came since and would be seen on the map as it was."""
    stood = standing(then.values())
    for piece in now.values():
        seen = not piece.removed and all(parent in stood for parent in piece.parents)
        if piece.id in then or not seen:
            continue
        if piece.kind == SubjectKind.CELL and piece.told("body"):
            yield Setback(piece.id, piece.kind, {"body": ""})
        elif piece.kind not in (SubjectKind.CELL, SubjectKind.MOMENT):
            yield Setback(piece.id, piece.kind, removed=True)
