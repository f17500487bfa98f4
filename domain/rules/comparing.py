"""Two journeys side by side: their pieces paired by what they were first copied from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from domain.rules.differences import Difference, Key, Thing, differences
from domain.rules.states import Piece
from domain.words import SubjectKind

COMPARED: Final = frozenset(
    {
        SubjectKind.JOURNEY,
        SubjectKind.STAGE,
        SubjectKind.LANE,
        SubjectKind.TOUCHPOINT,
        SubjectKind.EMOTION,
        SubjectKind.CELL,
    }
)
"""Moments are not: which touchpoint is one, a copy has to decide anew."""
SELF_EVIDENT: Final = frozenset({"title", "state"})
"""What differs between a journey and its future in any case."""


@dataclass(frozen=True, slots=True)
class Side:
    """One journey: what stands on its map, the id of each piece, and the touchpoint it is at."""

    things: Sequence[Thing]
    ids: Mapping[Key, UUID]
    touchpoints: Mapping[Key, Key]


@dataclass(frozen=True, slots=True)
class Told:
    """A difference of two journeys, with a name of its own that stays as long as it does.

    `was_id` and `now_id` are of the piece in either, `touchpoint_id` of the touchpoint in the
    first that it is at.
    """

    difference: Difference
    was_id: UUID | None
    now_id: UUID | None
    touchpoint_id: UUID | None

    @property
    def id(self) -> str:
        """Kind, change and lineage."""
        return f"{self.difference.kind}:{self.difference.change}:{self.difference.key}"


def side(found: Mapping[UUID, Piece], things: Iterable[Thing]) -> Side:
    """A journey as it is compared; pieces come after those that they stand in."""
    keys = _keys(found)
    touchpoints: dict[Key, Key] = {}
    for id_, piece in found.items():
        at = piece.told("touchpoint_id")
        if at or piece.kind == SubjectKind.TOUCHPOINT:
            touchpoints[keys[id_]] = keys[UUID(at) if at else id_]
    kept = [_paired(one, keys) for one in things if one.kind in COMPARED]
    return Side(kept, {key: id_ for id_, key in keys.items()}, touchpoints)


def _keys(found: Mapping[UUID, Piece]) -> dict[UUID, str]:
    """What each piece is paired by. Of two of one lineage in one map the second is by itself."""
    keys: dict[UUID, str] = {}
    taken: set[str] = set()
    for id_, piece in found.items():
        key = _key(piece, keys)
        keys[id_] = str(id_) if key in taken else key
        taken.add(keys[id_])
    return keys


def _key(piece: Piece, keys: Mapping[UUID, str]) -> str:
    if piece.kind == SubjectKind.JOURNEY:
        return str(piece.kind)
    if piece.kind == SubjectKind.CELL:
        return "/".join(keys[parent] for parent in piece.parents)
    return str(piece.told("lineage_id") or piece.id)


def _paired(one: Thing, keys: Mapping[UUID, str]) -> Thing:
    fields = one.fields
    if one.kind == SubjectKind.JOURNEY:
        fields = {name: value for name, value in fields.items() if name not in SELF_EVIDENT}
    parent = keys[one.parent] if isinstance(one.parent, UUID) else None
    key = keys[one.key] if isinstance(one.key, UUID) else one.key
    return replace(one, key=key, parent=parent, fields=fields)


def compare(was: Side, now: Side) -> list[Told]:
    """What became of a journey: added, removed, changed, moved, each in the order of its map."""
    places = {**now.touchpoints, **was.touchpoints}
    return [
        Told(one, was.ids.get(one.key), now.ids.get(one.key), was.ids.get(places.get(one.key)))
        for one in differences(was.things, now.things)
    ]
