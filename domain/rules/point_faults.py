"""What may be wrong with data points of a metric, each by its place."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from domain.errors import FieldError
from domain.results import MetricKind
from domain.rules.measured import EASIEST, NUMBER, Point

REQUIRED: Final[Mapping[MetricKind, tuple[str, ...]]] = {
    MetricKind.NPS: ("promoters", "passives", "detractors"),
    MetricKind.CSAT: ("ones", "twos", "threes", "fours", "fives"),
    MetricKind.CES: ("score_sum", "respondents"),
    MetricKind.RATIO: ("numerator", "denominator"),
    MetricKind.NUMBER: (NUMBER,),
}
OPTIONAL: Final[Mapping[MetricKind, tuple[str, ...]]] = {MetricKind.NUMBER: ("respondents",)}
MOST_FAULTS: Final = 100
YEARS: Final = range(1900, 3000)


def faults(kind: MetricKind, points: Sequence[Point], today: date) -> list[FieldError]:
    """What is wrong with the points of a metric of this kind, at most 100 things, each by place.

    A period that ends after today is a slip in its year, and would stand as the newest figure.
    """
    found: list[FieldError] = []
    for row, point in enumerate(points):
        found += (
            FieldError(detail, code, pointer=f"#/points/{row}/{name}")
            for name, detail, code in _wrong(kind, point, today)
        )
        if len(found) >= MOST_FAULTS:
            break
    return (found + list(_twice(points)))[:MOST_FAULTS]


def _wrong(kind: MetricKind, point: Point, today: date) -> Iterator[tuple[str, str, str]]:
    yield from _period(point, today)
    needed, given = REQUIRED[kind], point.components
    known = (*needed, *OPTIONAL.get(kind, ()))
    listed = ", ".join(known)
    for name in given:
        if name not in known:
            yield name, f"A metric of kind {kind} has no {name}: it has {listed}.", "not_of_kind"
    missing = [name for name in needed if name not in given]
    for name in missing:
        yield name, f"A metric of kind {kind} needs {name}.", "missing"
    if kind is MetricKind.CES and not missing:
        yield from _effort(int(given["score_sum"]), int(given["respondents"]))


def _period(point: Point, today: date) -> Iterator[tuple[str, str, str]]:
    for name in ("period_from", "period_to"):
        if getattr(point, name).year not in YEARS:
            detail = f"Choose a year from {YEARS.start} to {YEARS.stop - 1}."
            yield name, detail, "out_of_range"
    if point.period_to > today:
        detail = f"This period is not over: what is measured ends today, {today}, or earlier."
        yield "period_to", detail, "in_the_future"
    if point.period_to < point.period_from:
        yield "period_to", "A period ends on the day it begins, or later.", "period_ends_early"


def _effort(total: int, respondents: int) -> Iterator[tuple[str, str, str]]:
    if not respondents <= total <= EASIEST * respondents:
        detail = (
            f"Each of the {respondents} respondents gives 1 to {EASIEST}: the sum cannot be so."
        )
        yield "score_sum", detail, "impossible_sum"


def _twice(points: Sequence[Point]) -> Iterator[FieldError]:
    """Both places of every point that stands twice: which of them to keep, nobody could tell."""
    seen: dict[tuple[date, date, str], int] = {}
    for row, point in enumerate(points):
        first = seen.setdefault(point.place, row)
        if first != row:
            detail = (
                f"Points {first} and {row} are of the same period and dimensions: send one of them."
            )
            for place in (first, row):
                yield FieldError(detail, "same_point_twice", pointer=f"#/points/{place}")
