"""Where the groups see things differently: each touchpoint, and the journey as a whole.

Everything here is made of what may be shown of each touchpoint (domain/rules/ratings.py), so that
groups too few to show are in none of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final

from domain.roles import Group
from domain.rules.ratings import GAP_FLAG, Aggregates, AxisMean, hundredths
from domain.words import Axis

MODEL_VERSION: Final = 1
"""Raised whenever a formula or its wording changes."""


@dataclass(frozen=True, slots=True)
class GroupOverall:
    """A group's means of one axis over the touchpoints where it is shown, and their mean.

    `n` numbers went in, at `len(means)` touchpoints.
    """

    mean: Fraction
    means: Sequence[Fraction]
    n: int


@dataclass(frozen=True, slots=True)
class OverallGap:
    """The two groups furthest apart over the whole journey, flagged from 1.0."""

    difference: Fraction
    high: Group
    low: Group
    flagged: bool


@dataclass(frozen=True, slots=True)
class Overall:
    """One axis over a whole journey; `gap` is None where fewer than two groups are shown."""

    axis: Axis
    groups: Mapping[Group, GroupOverall]
    gap: OverallGap | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in an order of gaps; equal gaps share a rank and say so."""

    rank: int | None
    tied: bool


def overall(ratings: Iterable[Aggregates]) -> list[Overall]:
    """Each axis over a whole journey, widest gap first; axes without one last, in their order.

    A group's figure is the mean of its means over the touchpoints where it is shown on the axis,
    each touchpoint counting once, however many rated it. The gap is the largest difference between
    two groups' figures.
    """
    told = list(ratings)
    found = [one for axis in Axis if (one := _overall(axis, told))]
    return sorted(found, key=lambda one: -(one.gap.difference if one.gap else Fraction(-1)))


def _overall(axis: Axis, ratings: Sequence[Aggregates]) -> Overall | None:
    shown: dict[Group, list[AxisMean]] = {}
    for one in ratings:
        summary = one.axes.get(axis)
        for group, mean in (summary.groups if summary else {}).items():
            shown.setdefault(group, []).append(mean)
    if not shown:
        return None
    groups = {group: _of_group(shown[group]) for group in Group if group in shown}
    gap = _gap(groups)
    return Overall(axis, groups, gap, _words(axis, groups, gap))


def _of_group(shown: Sequence[AxisMean]) -> GroupOverall:
    means = [one.mean for one in shown]
    return GroupOverall(sum(means, Fraction()) / len(means), means, sum(one.n for one in shown))


def _gap(groups: Mapping[Group, GroupOverall]) -> OverallGap | None:
    pairs = list(combinations(groups, 2))
    if not pairs:
        return None
    pair = max(pairs, key=lambda two: abs(groups[two[0]].mean - groups[two[1]].mean))
    high, low = sorted(pair, key=lambda group: -groups[group].mean)
    difference = groups[high].mean - groups[low].mean
    return OverallGap(difference, high, low, difference >= GAP_FLAG)


def _words(axis: Axis, groups: Mapping[Group, GroupOverall], gap: OverallGap | None) -> str:
    told = "; ".join(
        f"{group.says} {hundredths(one.mean)} = mean of their means at {len(one.means)} "
        f"touchpoint{'s' if len(one.means) != 1 else ''}, n={one.n}"
        for group, one in groups.items()
    )
    if gap is None:
        return f"no gap on {axis}: one group to show; {told}"
    high, low = hundredths(groups[gap.high].mean), hundredths(groups[gap.low].mean)
    return (
        f"{axis} {hundredths(gap.difference)} = {gap.high.says} {high} - {gap.low.says} {low}, "
        f"rounded only here; {told}"
    )


def places(gaps: Sequence[Fraction | None]) -> list[Place]:
    """Where each gap stands among the others, 1 for the widest; none for what has no gap."""
    known = sorted((gap for gap in gaps if gap is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for rank, gap in enumerate(known, 1):
        first.setdefault(gap, rank)
    many = Counter(known)
    return [Place(None, False) if gap is None else Place(first[gap], many[gap] > 1) for gap in gaps]
