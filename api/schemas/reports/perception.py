"""The perception gaps of a journey on the wire."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Count, Reply
from api.schemas.figures import RankingInput, inputs
from api.schemas.voices.aggregates import (
    GAP,
    AxisRatings,
    GroupRatings,
    Mean,
    PerceptionGap,
    shown,
    told,
)
from domain.database import Row
from domain.queries.moments.ranking import shown_ratings
from domain.roles import Group
from domain.rules.perception import MODEL_VERSION, GroupOverall, Overall, Place, overall, places
from domain.rules.ratings import Aggregates
from domain.words import Axis, MomentStatus

OVERALL = "journey_perception_gap"


class TouchpointPerception(Reply):
    """What the groups think of one touchpoint, and how far the two furthest apart are.

    `rank` is 1 for the widest gap of all touchpoints and null where fewer than two groups are
    shown; equal gaps share a rank and are `tied`. `widest_gap` is that of the axis with the widest
    one; each axis carries its own. `n` counts every rater, also those too few to show.
    """

    rank: Annotated[int, Meta(ge=1, le=100_000)] | None
    tied: bool
    touchpoint_id: UUID
    touchpoint_name: str
    stage_id: UUID
    moment_id: UUID | None
    moment_status: MomentStatus | None
    n: Count
    groups: list[GroupRatings]
    axes: list[AxisRatings]
    widest_gap: PerceptionGap | None


class JourneyGroup(Reply):
    """One group over a whole journey: the mean of its means at `touchpoints` touchpoints.

    Each touchpoint where the group is shown on the axis counts once, however many rated it; `n`
    numbers went in.
    """

    group: Group
    mean: Mean
    touchpoints: Count
    n: Count


class JourneyAxis(Reply):
    """One axis over a whole journey: each group's figure, and the two groups furthest apart.

    `difference`, `high`, `low` are null where fewer than two groups are shown. A gap is `flagged`
    from 1.0.
    """

    axis: Axis
    difference: Annotated[float, Meta(ge=0, le=4)] | None
    flagged: bool
    high: Group | None
    low: Group | None
    groups: list[JourneyGroup]
    model: str
    model_version: Count
    n: Count
    inputs: list[RankingInput]
    explanation: str


class PerceptionReport(Reply):
    """Where the four groups see a journey differently, widest gap first.

    `journey` holds the axes over the whole journey, `touchpoints` all that stand on the map,
    `moments` those of them that are moments of truth. `flagged` counts touchpoints with a gap of
    1.0 or more.
    """

    journey_id: UUID
    model: str
    model_version: Count
    flagged: Count
    journey: list[JourneyAxis]
    moments: list[TouchpointPerception]
    touchpoints: list[TouchpointPerception]


def perception_report(rows: Sequence[Row], journey_id: UUID) -> PerceptionReport:
    """Gaps of what was found."""
    ratings = [shown_ratings(row) for row in rows]
    ranks = places([one.widest.difference if one.widest else None for one in ratings])
    lines = [
        _touchpoint(row, found, at) for row, found, at in zip(rows, ratings, ranks, strict=True)
    ]
    lines.sort(key=lambda line: (line.rank is None, line.rank))
    return PerceptionReport(
        journey_id=journey_id,
        model=GAP,
        model_version=MODEL_VERSION,
        flagged=sum(one.widest is not None and one.widest.flagged for one in ratings),
        journey=[_axis(one) for one in overall(ratings)],
        moments=[line for line in lines if line.moment_id is not None],
        touchpoints=lines,
    )


def _touchpoint(row: Row, found: Aggregates, at: Place) -> TouchpointPerception:
    groups, axes, gap = told(found)
    return TouchpointPerception(
        rank=at.rank,
        tied=at.tied,
        touchpoint_id=row["id"],
        touchpoint_name=row["name"],
        stage_id=row["stage_id"],
        moment_id=row["moment_id"],
        moment_status=row["moment_status"],
        n=found.n,
        groups=groups,
        axes=axes,
        widest_gap=gap,
    )


def _axis(one: Overall) -> JourneyAxis:
    gap = one.gap
    return JourneyAxis(
        axis=one.axis,
        difference=shown(gap.difference) if gap else None,
        flagged=gap is not None and gap.flagged,
        high=gap.high if gap else None,
        low=gap.low if gap else None,
        groups=[_group(group, mean) for group, mean in one.groups.items()],
        model=OVERALL,
        model_version=MODEL_VERSION,
        n=sum(mean.n for mean in one.groups.values()),
        inputs=inputs({group.value: mean.mean for group, mean in one.groups.items()}),
        explanation=one.explanation,
    )


def _group(group: Group, one: GroupOverall) -> JourneyGroup:
    return JourneyGroup(group=group, mean=shown(one.mean), touchpoints=len(one.means), n=one.n)
