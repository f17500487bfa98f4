"""A ranking on the wire."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Reply
from api.schemas.figures import RankingInput, inputs
from domain.database import Row
from domain.queries.moments.ranking import candidate
from domain.rules.ranking import RANGES, Ranked, rank
from domain.rules.ratings import hundredths
from domain.words import MomentStatus, RankingModel


class Over(StrEnum):
    """What is ranked: moments only, or every touchpoint, also those that are no moments yet."""

    MOMENTS = "moments"
    TOUCHPOINTS = "touchpoints"


class RankedTouchpoint(Reply):
    """A line of a ranking. `score` and `rank` are null where there is nothing to compute from.

    `explanation` lets a reader check the score by hand; `n` counts what went into it.
    """

    rank: Annotated[int, Meta(ge=1, le=100_000)] | None
    tied: bool
    score: float | None
    model: RankingModel
    model_version: Count
    n: Count
    inputs: list[RankingInput]
    explanation: str
    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    responsible_department_id: UUID | None
    moment_id: UUID | None
    moment_status: MomentStatus | None
    stakes: str | None


class Ranking(Reply):
    """Moments of truth in order, worst or strongest first; equal scores share a rank and say so."""

    journey_id: UUID
    model: RankingModel
    over: Over
    score_from: float
    score_to: float
    items: list[RankedTouchpoint]


def ranking(rows: Sequence[Row], journey_id: UUID, model: RankingModel, over: Over) -> Ranking:
    """Rank what was found by a model."""
    chosen = {
        row["id"]: row for row in rows if over is Over.TOUCHPOINTS or row["moment_id"] is not None
    }
    ranked = rank(model, [candidate(row) for row in chosen.values()])
    low, high = RANGES[model]
    return Ranking(
        journey_id=journey_id,
        model=model,
        over=over,
        score_from=low,
        score_to=high,
        items=[line(one, chosen[one.id]) for one in ranked],
    )


def line(one: Ranked, row: Row) -> RankedTouchpoint:
    """One line, its touchpoint and its moment."""
    score = one.score
    return RankedTouchpoint(
        rank=one.rank,
        tied=one.tied,
        score=None if score.value is None else float(hundredths(score.value)),
        model=one.model,
        model_version=one.model_version,
        n=score.n,
        inputs=inputs(score.inputs),
        explanation=score.explanation,
        touchpoint_id=one.id,
        touchpoint_name=row["name"],
        stage_id=row["stage_id"],
        responsible_department_id=row["responsible_department_id"],
        moment_id=row["moment_id"],
        moment_status=row["moment_status"],
        stakes=row["stakes"],
    )
