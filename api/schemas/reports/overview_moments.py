"""Moments of truth across journeys on the wire: the worst, the most disputed, what is at stake."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Reply
from api.schemas.figures import RankingInput
from api.schemas.voices.aggregates import PerceptionGap, told
from domain.database import Row
from domain.queries.reports.overview import candidate
from domain.rules.overview import MOST, Stake, by_currency, performance, widest, worst
from domain.rules.ranking import Ranked
from domain.rules.ratings import hundredths
from domain.words import RankingModel

Whole = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]
Sum = Annotated[int, Meta(ge=0)]


class OverviewMoment(Reply):
    """A moment and its emotional impact among all that you see; `performance` is how it is done.

    Groups too few to show are left out of both.
    """

    rank: Annotated[int, Meta(ge=1, le=100_000)]
    tied: bool
    score: float
    performance: float | None
    n: Count
    model: RankingModel
    model_version: Count
    inputs: list[RankingInput]
    explanation: str
    moment_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    journey_id: UUID
    journey_title: str


class OverviewGap(Reply):
    """A moment about which two groups disagree."""

    moment_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    journey_id: UUID
    journey_title: str
    gap: PerceptionGap


class OverviewValue(Reply):
    """Value at risk a month in minor units of one currency, stated at so many moments."""

    currency: str
    value_at_risk: Sum
    moments: Count


class OverviewStake(Reply):
    """What is at stake at a moment; `counted_at` says whose figure the customers are."""

    moment_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str
    journey_id: UUID
    journey_title: str
    customers_per_month: Whole | None
    counted_at: Literal["moment", "touchpoint"] | None
    value_at_risk: Whole | None
    value_currency: str


class OverviewStakes(Reply):
    """What is at stake in all moments you see, and the ten with most customers.

    Customers are added up as they pass: who goes through two moments is counted twice. Currencies
    are not added up.
    """

    moments: Count
    customers_per_month: Whole
    counted_moments: Count
    values: list[OverviewValue]
    explanation: str
    items: list[OverviewStake]


def worst_of(rows: Sequence[Row]) -> list[OverviewMoment]:
    """The moments with the greatest emotional impact."""
    known = {row["id"]: row for row in rows}
    candidates = {row["id"]: candidate(row) for row in rows}
    ranked = worst(candidates.values())
    return [_worst(one, known[one.id], performance(candidates[one.id])) for one in ranked]


def _worst(one: Ranked, row: Row, done: Fraction | None) -> OverviewMoment:
    score = one.score
    assert one.rank is not None
    assert score.value is not None
    return OverviewMoment(
        rank=one.rank,
        tied=one.tied,
        score=float(hundredths(score.value)),
        performance=None if done is None else float(hundredths(done)),
        n=score.n,
        model=one.model,
        model_version=one.model_version,
        inputs=[RankingInput(name=name, value=float(v)) for name, v in score.inputs.items()],
        explanation=score.explanation,
        **_place(row),
    )


def _place(row: Row) -> dict[str, Any]:
    return {
        "moment_id": row["id"],
        "touchpoint_id": row["touchpoint_id"],
        "touchpoint_name": row["name"],
        "journey_id": row["journey_id"],
        "journey_title": row["journey_title"],
    }


def widest_of(rows: Sequence[Row]) -> list[OverviewGap]:
    """The moments about which two groups disagree most."""
    known = {row["id"]: row for row in rows}
    candidates = {row["id"]: candidate(row) for row in rows}
    gaps = [(key, told(candidates[key].ratings)[2]) for key, _ in widest(candidates.values())]
    return [OverviewGap(gap=gap, **_place(known[key])) for key, gap in gaps if gap is not None]


def stakes_of(rows: Sequence[Row]) -> OverviewStakes:
    """What is at stake, added up and one by one."""
    stakes = [Stake(row["customers"], row["value_at_risk"], row["value_currency"]) for row in rows]
    counted = [stake.customers for stake in stakes if stake.customers is not None]
    total, n = sum(counted), len(counted)
    values = by_currency(stakes)
    return OverviewStakes(
        moments=len(rows),
        customers_per_month=total,
        counted_moments=n,
        values=[
            OverviewValue(currency=currency, value_at_risk=value, moments=moments)
            for currency, (value, moments) in values.items()
        ],
        explanation=(
            f"{total} customers a month at {n} of {len(rows)} moments; the others state none."
        ),
        items=_greatest(rows),
    )


def _greatest(rows: Sequence[Row]) -> list[OverviewStake]:
    stated = [row for row in rows if (row["customers"], row["value_at_risk"]) != (None, None)]
    stated.sort(key=lambda row: (-(row["customers"] or 0), -(row["value_at_risk"] or 0)))
    return [
        OverviewStake(
            customers_per_month=row["customers"],
            counted_at=row["counted_at"],
            value_at_risk=row["value_at_risk"],
            value_currency=row["value_currency"],
            **_place(row),
        )
        for row in stated[:MOST]
    ]
