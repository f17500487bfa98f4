"""How a figure moved from one stretch of time to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from domain.results import Better
from domain.rules.direction import Direction, direction, reached
from domain.rules.metrics import Figure


class Bucket(StrEnum):
    """What points are put together by: the calendar, or the periods that were measured."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PERIOD = "period"


LONGEST: Final[Mapping[Bucket, int]] = {Bucket.MONTH: 31, Bucket.QUARTER: 92, Bucket.YEAR: 366}
"""How many days a measured period may have to count in the bucket that it ends in."""
_MONTHS: Final[Mapping[Bucket, int]] = {Bucket.MONTH: 1, Bucket.QUARTER: 3, Bucket.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Step:
    """A bucket with its figure, and how it differs from the one before that had a figure.

    `target_reached` is None where there is no target or no figure.
    """

    begins: date
    ends: date
    figure: Figure
    change: Fraction | None
    direction: Direction | None
    target_reached: bool | None


def last_day(bucket: Bucket, begins: date) -> date:
    """The last day of the bucket of the calendar that begins on this day."""
    months = begins.year * 12 + begins.month - 1 + _MONTHS[bucket]
    after = date(months // 12, months % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def steps(
    figures: Iterable[tuple[date, date, Figure]], better: Better, target: Fraction | None
) -> Iterator[Step]:
    """Figures in the order of time, each compared with the last one before it."""
    before: Fraction | None = None
    for begins, ends, one in figures:
        value = one.value
        change = None if value is None or before is None else value - before
        way = None if change is None else direction(better, change)
        met = None if value is None or target is None else reached(better, value, target)
        yield Step(begins, ends, one, change, way, met)
        before = before if value is None else value


def smallest(cuts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Of several ways to break the same down, the one with the fewest dimensions."""
    return min((tuple(cut) for cut in cuts), key=lambda cut: (len(cut), cut))
