"""What ratings add up to, on the wire: rounded here and nowhere before."""

from fractions import Fraction
from typing import Annotated

from msgspec import Meta

from api.schemas.base import Count, Reply
from domain.roles import Group
from domain.rules.ranking import MODEL_VERSION, axis_text
from domain.rules.ratings import Aggregates, AxisMean, AxisSummary, Gap, GroupView, hundredths
from domain.words import Axis

Mean = Annotated[float, Meta(ge=1, le=5)]

MEAN = "mean_of_group_means"
GAP = "perception_gap"


class GroupAxis(Reply):
    """One group's mean on one axis: `total` divided by `n`."""

    axis: Axis
    mean: Mean
    total: Count
    n: Count


class GroupRatings(Reply):
    """One group. With `too_few` only `n` is told: fewer than three could be told apart."""

    group: Group
    n: Count
    too_few: bool
    abstained: Count | None
    axes: list[GroupAxis]


class GapSide(Reply):
    """One of the two groups furthest apart."""

    group: Group
    mean: Mean
    n: Count


class PerceptionGap(Reply):
    """How far the two groups furthest apart are from each other; flagged from 1.0."""

    axis: Axis
    difference: Annotated[float, Meta(ge=0, le=4)]
    flagged: bool
    high: GapSide
    low: GapSide
    model: str
    model_version: Count
    explanation: str


class AxisRatings(Reply):
    """One axis over the groups that can be shown.

    `mean` is the mean of the groups' means, so that many voices of one group do not drown a few of
    another; `plain_mean` counts every voice alike.
    """

    axis: Axis
    n: Count
    mean: Mean
    plain_mean: Mean
    model: str
    model_version: Count
    explanation: str
    gap: PerceptionGap | None


Told = tuple[list[GroupRatings], list[AxisRatings], PerceptionGap | None]


def told(found: Aggregates) -> Told:
    """Groups, axes and the widest gap."""
    groups = [_group(view) for view in found.groups]
    axes = [_axis(summary) for summary in found.axes.values()]
    return groups, axes, _gap(found.widest)


def widest_gap(found: Aggregates) -> PerceptionGap | None:
    """The widest gap alone."""
    return _gap(found.widest)


def shown(value: Fraction) -> float:
    """A figure rounded to two decimals."""
    return float(hundredths(value))


def _group(view: GroupView) -> GroupRatings:
    axes = [
        GroupAxis(axis=axis, mean=shown(one.mean), total=one.total, n=one.n)
        for axis, one in view.axes.items()
    ]
    return GroupRatings(
        group=view.group, n=view.n, too_few=view.too_few, abstained=view.abstained, axes=axes
    )


def _axis(summary: AxisSummary) -> AxisRatings:
    return AxisRatings(
        axis=summary.axis,
        n=summary.n,
        mean=shown(summary.mean),
        plain_mean=shown(summary.plain_mean),
        model=MEAN,
        model_version=MODEL_VERSION,
        explanation=axis_text(summary),
        gap=_gap(summary.gap),
    )


def _gap(gap: Gap | None) -> PerceptionGap | None:
    if gap is None:
        return None
    return PerceptionGap(
        axis=gap.axis,
        difference=shown(gap.difference),
        flagged=gap.flagged,
        high=_side(gap.high, gap.high_mean),
        low=_side(gap.low, gap.low_mean),
        model=GAP,
        model_version=MODEL_VERSION,
        explanation=(
            f"{gap.axis} {shown(gap.difference)} = {_of(gap.high, gap.high_mean)}"
            f" - {_of(gap.low, gap.low_mean)}"
        ),
    )


def _side(group: Group, mean: AxisMean) -> GapSide:
    return GapSide(group=group, mean=shown(mean.mean), n=mean.n)


def _of(group: Group, mean: AxisMean) -> str:
    return f"{group.says} {shown(mean.mean)} ({mean.total}/{mean.n})"
