"""What moved after an action: the difference, said without claiming a cause."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Final

from domain.errors import FieldError
from domain.results import Better
from domain.rules.direction import Direction, direction, reached

PLACES: Final = Decimal("0.000001")
NOT_OVER: Final = "This period is not over: what moved is measured until today, {}, or earlier."


@dataclass(frozen=True, slots=True)
class Period:
    """A figure over days, both included, from `n` (None: unknown)."""

    value: Decimal
    first: date
    last: date
    n: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """`difference` is after less before; `relative` to the size of before, None where that is 0.

    `target_reached` is None without a target.
    """

    difference: Decimal
    relative: Decimal | None
    direction: Direction
    target_reached: bool | None
    sentence: str


def moved(
    measure: str, unit: str, better: Better, before: Period, after: Period, target: Decimal | None
) -> Moved:
    """What moved, and a sentence with both periods and both n."""
    difference = after.value - before.value
    relative = None
    if before.value != 0:
        exact = difference / abs(before.value)
        relative = exact.quantize(PLACES, ROUND_HALF_EVEN)
    return Moved(
        difference,
        relative,
        direction(better, Fraction(difference)),
        None if target is None else reached(better, Fraction(after.value), Fraction(target)),
        _sentence(measure, unit, before, after),
    )


def _sentence(measure: str, unit: str, before: Period, after: Period) -> str:
    told = (_told(one, unit) for one in (before, after))
    verb = "stayed as it was" if before.value == after.value else "moved"
    return (
        f"{measure} {verb} after the action: from {' to '.join(told)}. That is no proof of cause."
    )


def _told(one: Period, unit: str) -> str:
    counted = "n unknown" if one.n is None else f"n={one.n}"
    figure = f"{plain(one.value)} {unit}".strip()
    return f"{figure} ({one.first} to {one.last}, {counted})"


def plain(value: Decimal) -> str:
    """A figure without trailing zeros or an exponent."""
    told = f"{value:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def check_periods(
    today: date, baseline_from: date, baseline_to: date, actual_from: date, actual_to: date
) -> list[FieldError]:
    """What is wrong with the days: each period forwards, the second after the first and over."""
    faults = []
    for name, first, last in (
        ("baseline", baseline_from, baseline_to),
        ("actual", actual_from, actual_to),
    ):
        if first > last:
            detail = "A period ends on or after the day it begins."
            faults.append(FieldError(detail, "period_backwards", f"#/{name}_to"))
    if not faults and actual_from <= baseline_to:
        detail = "What is measured after begins after the last day of what was measured before."
        faults.append(FieldError(detail, "periods_overlap", "#/actual_from"))
    if actual_to > today:
        faults.append(FieldError(NOT_OVER.format(today), "in_the_future", "#/actual_to"))
    return faults
