"""The opportunity matrix on the wire."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from api.schemas.base import Count, Reply
from api.schemas.outcomes.opportunities import OneToFive, OpportunityVotes, votes
from api.schemas.outcomes.scores import OpportunityScore, told_score
from domain.database import Row
from domain.queries.outcomes.matrices import estimate
from domain.results import OpportunityStatus, Quadrant, ScoringModel
from domain.rules.opportunities import (
    HIGH,
    MODEL_VERSION,
    Placed,
    mean_value,
    missing,
    quadrant,
    rank,
)


class MatrixPoint(Reply):
    """An opportunity in the matrix: `x` its effort, `y` the mean of its two values, 1 to 5.

    Equal scores share a `rank`; then `tied`.
    """

    id: UUID
    title: str
    status: OpportunityStatus
    touchpoint_id: UUID | None
    touchpoint_name: str | None
    x: OneToFive
    y: float
    quadrant: Quadrant
    rank: Count | None
    tied: bool
    score: OpportunityScore
    votes: OpportunityVotes


class UnplacedOpportunity(Reply):
    """An opportunity without a place, and which figures it is waiting for."""

    id: UUID
    title: str
    status: OpportunityStatus
    touchpoint_id: UUID | None
    touchpoint_name: str | None
    missing: list[str]
    rank: Count | None
    tied: bool
    score: OpportunityScore
    votes: OpportunityVotes


class OpportunityMatrix(Reply):
    """The opportunities of a journey between value and effort, highest score first.

    From `high_from` on, value and effort count as high. High value for low effort is a quick win,
    for high effort a big bet; low value for low effort is a maybe, for high effort a time sink.
    """

    journey_id: UUID
    model: ScoringModel
    model_version: Count
    high_from: Count
    items: list[MatrixPoint]
    unplaced: list[UnplacedOpportunity]


def matrix(journey_id: UUID, model: ScoringModel, rows: Sequence[Row]) -> OpportunityMatrix:
    """Every opportunity in its place."""
    by_id = {row["id"]: row for row in rows}
    placed = rank(model, [estimate(row) for row in rows])
    return OpportunityMatrix(
        journey_id=journey_id,
        model=model,
        model_version=MODEL_VERSION,
        high_from=HIGH,
        items=[_point(one, by_id) for one in placed if not missing(one.estimate)],
        unplaced=[_unplaced(one, by_id) for one in placed if missing(one.estimate)],
    )


def _point(one: Placed, rows: Mapping[UUID, Row]) -> MatrixPoint:
    row, its = rows[one.estimate.id], one.estimate
    value, where = mean_value(its), quadrant(its)
    assert value is not None, "nothing is missing"
    assert where is not None, "nothing is missing"
    return MatrixPoint(x=row["effort"], y=float(value), quadrant=where, **_shared(one, row))


def _unplaced(one: Placed, rows: Mapping[UUID, Row]) -> UnplacedOpportunity:
    row = rows[one.estimate.id]
    return UnplacedOpportunity(missing=list(missing(one.estimate)), **_shared(one, row))


def _shared(one: Placed, row: Row) -> dict[str, Any]:
    names = ("id", "title", "status", "touchpoint_id", "touchpoint_name")
    return {
        **{name: row[name] for name in names},
        "rank": one.rank,
        "tied": one.tied,
        "score": told_score(one.score),
        "votes": votes(row),
    }
