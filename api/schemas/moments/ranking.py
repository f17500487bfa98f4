"""A ranking on the wire."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Instant, Reply
from api.schemas.figures import RankingInput, inputs
from api.schemas.moments.ranking_customers import (
    AlongTheJourney,
    RankedMetric,
    along_the_journey,
    bounds,
    ranked_metric,
)
from api.schemas.moments.ranking_more import (
    Include,
    PreviousRank,
    RankedAccountability,
    RankedPerception,
    accountability,
    perception,
    previous,
)
from domain.database import Row
from domain.queries.moments.customers import Customers
from domain.queries.moments.ranking import candidate, shown_ratings
from domain.queries.moments.rankings import Asked, Found
from domain.rules.customers import UlwickBand, band
from domain.rules.movement import Movement, movements
from domain.rules.ranking import Ranked, rank
from domain.rules.ratings import rounded
from domain.words import MomentStatus, RankingModel


class Over(StrEnum):
    """What is ranked: moments only, or every touchpoint, also those that are no moments yet."""

    MOMENTS = "moments"
    TOUCHPOINTS = "touchpoints"


@dataclass(frozen=True, slots=True)
class RankingRequest:
    """How to rank, and what to tell besides."""

    model: RankingModel
    over: Over
    include: AbstractSet[Include]
    asked: Asked


class RankedTouchpoint(Reply):
    """A line of a ranking. `score` and `rank` are null where there is nothing to compute from.

    `explanation` lets a reader check the score by hand; `n` counts what went into it. `band` says
    of `ulwick` how much there is to gain: `major` above 15, `solid` from 12, `neutral` from 10.
    `accountability`, `perception` and `previous` are null unless they are asked for with
    `include`; accountability also where the touchpoint is no moment now.
    """

    rank: Annotated[int, Meta(ge=1, le=100_000)] | None
    tied: bool
    score: float | None
    model: RankingModel
    model_version: Count
    n: Count
    inputs: list[RankingInput]
    explanation: str
    band: UlwickBand | None
    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    responsible_department_id: UUID | None
    moment_id: UUID | None
    moment_status: MomentStatus | None
    stakes: str | None
    accountability: RankedAccountability | None
    perception: RankedPerception | None
    previous: PreviousRank | None


class Ranking(Reply):
    """Moments of truth in order, worst or strongest first; equal scores share a rank and say so.

    `as_of` is null for now; `since` is what `previous` compares with, null where it is not asked
    for. `metric` and `along_the_journey` are null unless the model is `customer_metric`;
    `score_from` and `score_to` are null where its scores have no bounds.
    """

    journey_id: UUID
    model: RankingModel
    over: Over
    as_of: Instant | None
    since: Instant | None
    score_from: float | None
    score_to: float | None
    metric: RankedMetric | None
    along_the_journey: AlongTheJourney | None
    items: list[RankedTouchpoint]


def ranking(found: Found, journey_id: UUID, how: RankingRequest) -> Ranking:
    """Rank what was found by a model."""
    chosen = _chosen(found.rows, how.over)
    ranked = _ranked(chosen, how.model, found.customers)
    moved: Mapping[UUID, Movement] = {}
    if found.before is not None:
        moved = movements(ranked, _before(found.before, found, how))
    low, high = bounds(how.model, found.customers)
    told = found.customers or Customers()
    return Ranking(
        journey_id=journey_id,
        model=how.model,
        over=how.over,
        as_of=how.asked.as_of,
        since=how.asked.since,
        score_from=low,
        score_to=high,
        metric=ranked_metric(told),
        along_the_journey=along_the_journey(told, found.rows),
        items=[_line(one, chosen[one.id], found, how, moved.get(one.id)) for one in ranked],
    )


def _chosen(rows: Sequence[Row], over: Over) -> dict[UUID, Row]:
    return {
        row["id"]: row for row in rows if over is Over.TOUCHPOINTS or row["moment_id"] is not None
    }


def _before(rows: Sequence[Row], found: Found, how: RankingRequest) -> list[Ranked]:
    return _ranked(_chosen(rows, how.over), how.model, found.customers_before)


def _ranked(
    chosen: Mapping[UUID, Row], model: RankingModel, told: Customers | None
) -> list[Ranked]:
    scores = told.scores if told else {}
    return rank(model, [candidate(row, scores.get(id_)) for id_, row in chosen.items()])


def _band(one: Ranked) -> UlwickBand | None:
    value = one.score.value if one.model is RankingModel.ULWICK else None
    return None if value is None else band(value)


def _line(
    one: Ranked, row: Row, found: Found, how: RankingRequest, moved: Movement | None
) -> RankedTouchpoint:
    """One line, its touchpoint and its moment."""
    score = one.score
    answered = (found.answered or {}).get(row["moment_id"])
    since = how.asked.since
    return RankedTouchpoint(
        rank=one.rank,
        tied=one.tied,
        score=None if score.value is None else float(rounded(score.value, score.places)),
        model=one.model,
        model_version=one.model_version,
        n=score.n,
        inputs=inputs(score.inputs, score.places),
        explanation=score.explanation,
        band=_band(one),
        touchpoint_id=one.id,
        touchpoint_name=row["name"],
        stage_id=row["stage_id"],
        responsible_department_id=row["responsible_department_id"],
        moment_id=row["moment_id"],
        moment_status=row["moment_status"],
        stakes=row["stakes"],
        accountability=accountability(answered) if answered else None,
        perception=perception(shown_ratings(row)) if Include.PERCEPTION in how.include else None,
        previous=previous(moved, since) if moved and since else None,
    )
