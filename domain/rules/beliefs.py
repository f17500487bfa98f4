"""What staff believe beside what customers report, on one scale where there is a formula for it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from domain.results import MetricKind
from domain.rules.measured import EASIEST
from domain.rules.metrics import Figure
from domain.rules.ratings import AxisSummary, hundredths

MODEL: Final = "belief_gap"
MODEL_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What a metric says on the scale of ratings, and how far staff are above it.

    `value` and `gap` are None where there is no formula, no figure, or no group to show.
    """

    value: Fraction | None
    gap: Fraction | None
    explanation: str


def on_the_scale(figure: Figure) -> Fraction | None:
    """A figure on the scale of 1 to 5 that staff rate on, or None where there is no formula.

    csat: the mean of its answers, which are on that scale. ces: 1 + (ces - 1) x 4/6, its 1 to 7
    stretched over 1 to 5. nps: 3 + nps / 50, -100 to 100 over 1 to 5. Ratios and numbers have a
    scale of their own.
    """
    if figure.value is None:
        return None
    if figure.kind is MetricKind.CSAT:
        return figure.mean
    if figure.kind is MetricKind.CES:
        return 1 + (figure.value - 1) * Fraction(4, EASIEST - 1)
    return 3 + figure.value / 50 if figure.kind is MetricKind.NPS else None


_FORMULAS: Final = {
    MetricKind.CSAT: "the mean of 1 to 5",
    MetricKind.CES: "1 + (ces - 1) x 4/6",
    MetricKind.NPS: "3 + nps / 50",
}


def report(staff: AxisSummary | None, figure: Figure | None) -> Report:
    """Compare what staff believe (performance) with one figure."""
    if figure is None:
        return Report(None, None, "nothing measured")
    value = on_the_scale(figure)
    if value is None:
        why = "on its own scale" if figure.value is not None else "nothing to compare"
        return Report(None, None, f"{figure.explanation}; {why}")
    told = f"{figure.explanation}; on 1 to 5: {hundredths(value)} = {_FORMULAS[figure.kind]}"
    if staff is None:
        return Report(value, None, f"{told}; no group to show on performance")
    gap = staff.mean - value
    mine = f"gap {hundredths(gap)} = staff {hundredths(staff.mean)} - {hundredths(value)}"
    return Report(value, gap, f"{told}; {mine}, rounded only here")
