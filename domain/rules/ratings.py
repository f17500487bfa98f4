"""What the four groups think of a touchpoint, without giving away who said what.

Means are exact fractions until they are shown; `hundredths` rounds half to even. The mean is the
mean of group means, so that sixty voices of one group do not drown two of another; the plain mean
over the same ratings stands beside it. A group of frontline or support staff with fewer than three
raters is too few to show: only its n appears, and nothing else is computed from it, neither means
nor gaps nor totals, so that no subtraction brings it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Final

from domain.roles import SHIELDED, Group
from domain.words import Axis

LEAST_RATERS: Final = 3
"""From how many raters frontline and support staff are shown, always."""
GAP_FLAG: Final = 1
"""From which difference of two groups' means a perception gap is flagged."""

_GROUPS: Final = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers given on one axis: their sum and how many. "Don't know" is in neither."""

    total: int
    count: int


@dataclass(frozen=True, slots=True)
class GroupTally:
    """One group's ratings of one touchpoint.

    `raters`: members who gave a number on at least one axis. `abstained`: members who abstained.
    """

    group: Group
    raters: int
    abstained: int
    axes: Mapping[Axis, Tally]


@dataclass(frozen=True, slots=True)
class AxisMean:
    """One group's mean (1-5) on one axis, from `n` numbers adding up to `total`."""

    mean: Fraction
    total: int
    n: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """What is shown of a group: all of it, or only `n` raters when they are too few to show.

    `abstained` is None and `axes` is empty when too few. An axis is absent where nobody, or in a
    shielded group fewer than three, gave a number. `silent_on` holds the axes of which it may be
    told that nobody did.
    """

    group: Group
    n: int
    too_few: bool
    abstained: int | None
    axes: Mapping[Axis, AxisMean]
    silent_on: frozenset[Axis] = frozenset()


@dataclass(frozen=True, slots=True)
class Gap:
    """How far two shown groups are apart on one axis (0-4), flagged from 1.0."""

    axis: Axis
    difference: Fraction
    high: Group
    high_mean: AxisMean
    low: Group
    low_mean: AxisMean
    flagged: bool


@dataclass(frozen=True, slots=True)
class AxisSummary:
    """One axis over the shown groups: mean of group means, plain mean, n numbers, widest gap."""

    axis: Axis
    n: int
    mean: Fraction
    plain_mean: Fraction
    groups: Mapping[Group, AxisMean]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Aggregates:
    """All that is shown of a touchpoint's ratings; `n` counts every rater, too few or not."""

    n: int
    groups: tuple[GroupView, ...]
    axes: Mapping[Axis, AxisSummary]
    widest: Gap | None


def hundredths(value: Fraction) -> Decimal:
    """Round an exact value to two decimals, half to even."""
    return rounded(value, 2)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round an exact value to so many decimals, half to even."""
    # By hand: a report rounds thousands of figures, and Fraction.__round__ takes its time.
    whole, rest = divmod(value.numerator * 10**places, value.denominator)
    past_half = 2 * rest - value.denominator
    up = past_half > 0 or (past_half == 0 and whole % 2 == 1)
    return Decimal(whole + up).scaleb(-places)


def in_text(value: Fraction, places: int) -> str:
    """The same as text: two decimals are all there, of more only those that say something."""
    text = f"{rounded(value, places):f}"
    return text if places <= 2 else text.rstrip("0").removesuffix(".")


def _view(tally: GroupTally, least: int) -> GroupView:
    if tally.raters < least and least > 1:
        return GroupView(tally.group, tally.raters, True, None, {})
    axes = {
        axis: AxisMean(Fraction(one.total, one.count), one.total, one.count)
        for axis in Axis
        if (one := tally.axes.get(axis)) and one.count >= least
    }
    silent = frozenset(Axis) - axes.keys() if least == 1 else frozenset()
    return GroupView(tally.group, tally.raters, False, tally.abstained, axes, silent)


def _gap(axis: Axis, means: Mapping[Group, AxisMean]) -> Gap | None:
    pairs = list(combinations(means, 2))
    if not pairs:
        return None
    pair = max(pairs, key=lambda two: abs(means[two[0]].mean - means[two[1]].mean))
    high, low = sorted(pair, key=lambda group: -means[group].mean)
    difference = means[high].mean - means[low].mean
    return Gap(axis, difference, high, means[high], low, means[low], difference >= GAP_FLAG)


def _summary(axis: Axis, groups: Iterable[GroupView]) -> AxisSummary | None:
    means = {view.group: view.axes[axis] for view in groups if axis in view.axes}
    if not means:
        return None
    n = sum(one.n for one in means.values())
    mean = sum((one.mean for one in means.values()), Fraction()) / len(means)
    plain = Fraction(sum(one.total for one in means.values()), n)
    return AxisSummary(axis, n, mean, plain, means, _gap(axis, means))


def _least(group: Group, leaders_from: int) -> int:
    return LEAST_RATERS if group in SHIELDED else max(1, leaders_from)


def leaders_shown_from(names_leaders: bool) -> int:
    """From how many raters decision-makers and executives are shown in an organization.

    One where leaders speak with their names; as many as everybody else where they do not.
    """
    return 1 if names_leaders else LEAST_RATERS


def aggregate(tallies: Iterable[GroupTally], *, leaders_from: int = 1) -> Aggregates:
    """Return what may be shown of one touchpoint's ratings.

    `leaders_from`: from how many raters decision-makers and executives are shown, which the
    organization decides (at least 1). Groups and axes come in the order of their words; a gap that
    two pairs share is told of the first pair. A missing axis has nothing to show.
    """
    ordered = sorted(tallies, key=lambda tally: _GROUPS[tally.group])
    groups = tuple(
        _view(tally, _least(tally.group, leaders_from))
        for tally in ordered
        if tally.raters or tally.abstained
    )
    axes = {axis: found for axis in Axis if (found := _summary(axis, groups))}
    gaps = [summary.gap for summary in axes.values() if summary.gap]
    widest = max(gaps, key=lambda gap: gap.difference, default=None)
    return Aggregates(sum(view.n for view in groups), groups, axes, widest)
