"""A map as it stood at one revision: which of its pieces were on it, and in which order."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.words import MomentStatus, SubjectKind

PARENTS: Final = ("lane_id", "stage_id", "touchpoint_id")
"""What a piece stands in; it is off the map when any of them is."""
ORDER: Final = (
    SubjectKind.JOURNEY,
    SubjectKind.STAGE,
    SubjectKind.LANE,
    SubjectKind.TOUCHPOINT,
    SubjectKind.EMOTION,
    SubjectKind.CELL,
    SubjectKind.MOMENT,
)
"""Every kind after those that it stands in."""


class Piece(NamedTuple):
    """A subject in its newest version of then; `content` is None where it was erased since."""

    id: UUID
    kind: str
    version: int
    content: Mapping[str, Any] | None

    def told(self, name: str) -> Any:
        """A field of the content; None where there is none."""
        return None if self.content is None else self.content.get(name)

    @property
    def parents(self) -> list[UUID]:
        """The ids of what it stands in."""
        return [UUID(found) for name in PARENTS if (found := self.told(name))]

    @property
    def removed(self) -> bool:
        """Whether it was taken off the map itself; a moment by retiring it."""
        retired = self.kind == SubjectKind.MOMENT and self.told("status") == MomentStatus.RETIRED
        return self.content is None or self.told("removed_at") is not None or retired


def standing(pieces: Iterable[Piece]) -> dict[UUID, Piece]:
    """Those that were on the map: neither removed themselves nor with what they stood in."""
    by_kind: dict[str, list[Piece]] = {kind: [] for kind in ORDER}
    for piece in pieces:
        by_kind[piece.kind].append(piece)
    found: dict[UUID, Piece] = {}
    for kind in ORDER:
        for piece in by_kind[kind]:
            if not piece.removed and all(parent in found for parent in piece.parents):
                found[piece.id] = piece
    return found


def in_order(found: Mapping[UUID, Piece], kind: SubjectKind) -> list[Piece]:
    """The pieces of a kind as the map shows them: by position, or else as they were recorded."""
    wanted = [piece for piece in found.values() if piece.kind == kind]
    return sorted(wanted, key=lambda piece: _place(piece, found))


def _place(piece: Piece, found: Mapping[UUID, Piece]) -> tuple[Any, ...]:
    own = (piece.told("position") or "", piece.id)
    if piece.kind != SubjectKind.TOUCHPOINT:
        return own
    (stage_id,) = piece.parents
    return (found[stage_id].told("position"), stage_id, *own)
