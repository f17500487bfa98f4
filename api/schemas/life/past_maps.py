"""The map at a past revision on the wire: structure and content, without what was said of it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from api.schemas.base import Count, Instant, Reply, Revision, Version
from api.schemas.maps.emotions import Emotion
from api.schemas.maps.lanes import Cell, Lane
from api.schemas.maps.map import MapJourney
from api.schemas.maps.stages import Stage
from api.schemas.maps.touchpoints import Touchpoint
from domain.queries.life import states
from domain.queries.life.states import State
from domain.rules.states import Piece
from domain.words import MomentStatus, SubjectKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_R = TypeVar("_R", bound=Reply)


class PastMoment(Reply):
    """What was stated of a moment then; what it ranked and who answered is not told."""

    id: UUID
    version: Version
    status: MomentStatus
    rationale: str
    stakes: str
    customers_per_month: Count | None
    value_at_risk: int | None
    value_currency: str
    likely_emotions: list[str]
    triggers: list[str]
    confirmed_by: UUID | None
    confirmed_at: Instant | None
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class PastTouchpoint(Touchpoint):
    """A touchpoint as it was, with what was felt there, and its moment if it was one."""

    emotions: list[Emotion]
    moment: PastMoment | None


class ErasedPiece(Reply):
    """Something whose words were emptied since, with who wrote them."""

    id: UUID
    subject_kind: SubjectKind


class PastMap(Reply, tag_field="time", tag="past"):
    """A journey map as it was at a revision; stages, lanes and touchpoints in their order.

    It says what the map said: voices, ratings, ranks and sign-offs are not told of the past, so
    they are not here. `at` is when the revision was made. `erased` names what can be told no more.
    Channels, departments and personas stand by id, whatever has become of them.
    """

    revision: Revision
    at: Instant
    journey: MapJourney
    stages: list[Stage]
    lanes: list[Lane]
    cells: list[Cell]
    touchpoints: list[PastTouchpoint]
    erased: list[ErasedPiece]


def past_map(then: states.Instant, state: State) -> PastMap:
    """The reply, from the state of the journey at that revision."""
    (journey,) = state.row(SubjectKind.JOURNEY)
    beside = _beside(state)
    return PastMap(
        revision=then.revision,
        at=_EPOCH + timedelta(microseconds=then.at),
        journey=_told(MapJourney, journey),
        stages=[_told(Stage, one) for one in state.row(SubjectKind.STAGE)],
        lanes=[_told(Lane, one) for one in state.row(SubjectKind.LANE)],
        cells=[_told(Cell, one) for one in state.row(SubjectKind.CELL)],
        touchpoints=[
            _told(PastTouchpoint, one, **beside.get(one.id, _NOTHING))
            for one in state.row(SubjectKind.TOUCHPOINT)
        ],
        erased=[ErasedPiece(id=one.id, subject_kind=SubjectKind(one.kind)) for one in state.erased],
    )


_NOTHING: Mapping[str, Any] = {"emotions": [], "moment": None}


def _beside(state: State) -> dict[UUID, dict[str, Any]]:
    """What stands at each touchpoint."""
    found: dict[UUID, dict[str, Any]] = {}
    for kind in (SubjectKind.EMOTION, SubjectKind.MOMENT):
        for piece in state.row(kind):
            (touchpoint_id,) = piece.parents
            there = found.setdefault(touchpoint_id, {"emotions": [], "moment": None})
            if kind == SubjectKind.MOMENT:
                there["moment"] = _plain(piece)
            else:
                there["emotions"].append(_plain(piece))
    return found


def _told(kind: type[_R], piece: Piece, **more: Any) -> _R:
    return msgspec.convert(_plain(piece) | more, kind)


def _plain(piece: Piece) -> dict[str, Any]:
    return {**(piece.content or {}), "id": str(piece.id), "version": piece.version}
