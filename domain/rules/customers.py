"""Ranking by what customers said: by one metric, or by importance and satisfaction together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final
from uuid import UUID

from domain.results import Better, MetricKind
from domain.rules.metrics import FEW, Figure
from domain.rules.ranking import Score
from domain.rules.ratings import hundredths, in_text


class UlwickBand(StrEnum):
    """How much there is to gain: above 15, 12 to 15, 10 to 12, below 10."""

    MAJOR = "major"
    SOLID = "solid"
    NEUTRAL = "neutral"
    SERVED = "served"


_BANDS: Final = ((12, UlwickBand.SOLID), (10, UlwickBand.NEUTRAL), (0, UlwickBand.SERVED))
_MAJOR: Final = 15


@dataclass(frozen=True, slots=True)
class Along:
    """A metric along a journey, as measured: over the touchpoints that have a figure.

    `peak` is the worst of them and `end` the last on the map; `peak_end` is the mean of both
    values (Kahneman and others, 1993).
    """

    mean: Fraction
    peak: tuple[UUID, Fraction]
    end: tuple[UUID, Fraction]
    peak_end: Fraction
    n: int
    explanation: str


def by_metric(name: str, better: Better, figure: Figure | None) -> Score:
    """A touchpoint by a metric that is linked to it; the worst stands first."""
    if figure is None or figure.value is None:
        why = "no data point" if figure is None else figure.explanation
        return Score(None, 0, {}, f"not measured by {name}: {why}")
    lowest_first = better is Better.HIGHER
    told = f"{name}: {figure.explanation}"
    return Score(figure.value, figure.n, figure.inputs, told, lowest_first, figure.places)


def ulwick(importance: Figure | None, satisfaction: Figure | None) -> Score:
    """I + max(I - S, 0), each the share of customers who gave 4 or 5, on a scale of 0 to 10.

    Both must be a csat of at least 30 answers. Source: A. Ulwick, What Customers Want (2005).
    """
    missing = [
        text
        for name, one in (("importance", importance), ("satisfaction", satisfaction))
        if (text := _lacks(name, one))
    ]
    if missing or importance is None or satisfaction is None:
        return Score(None, 0, {}, f"no score: {'; '.join(missing)}")
    wanted, given = _out_of_ten(importance), _out_of_ten(satisfaction)
    value = wanted + max(wanted - given, Fraction())
    i, s = hundredths(wanted), hundredths(given)
    told = (
        f"ulwick {hundredths(value)} = {i} + max({i} - {s}, 0), {band(value)};"
        f" importance {i} of {importance.n} answers, satisfaction {s} of {satisfaction.n},"
        " each a tenth of the percentage of fours and fives"
    )
    inputs = {"importance": wanted, "satisfaction": given}
    return Score(value, min(importance.n, satisfaction.n), inputs, told)


def _lacks(name: str, figure: Figure | None) -> str:
    if figure is None:
        return f"no csat metric is linked that measures {name}"
    if figure.kind is not MetricKind.CSAT:
        return f"{name} is measured as {figure.kind}, and must be a csat"
    return f"{name} has n = {figure.n}, and needs {FEW}" if figure.n < FEW else ""


def _out_of_ten(figure: Figure) -> Fraction:
    assert figure.value is not None
    return figure.value / 10


def band(value: Fraction) -> UlwickBand:
    """In which band a score of `ulwick` lies; 15 and 12 are solid, 10 is neutral."""
    if value > _MAJOR:
        return UlwickBand.MAJOR
    return next(name for least, name in _BANDS if value >= least)


def along(
    measured: Sequence[tuple[UUID, Fraction]], better: Better, places: int = 2
) -> Along | None:
    """Mean and peak-end of figures in the order of the map; None where there is none.

    Of touchpoints that are equally bad the first is the peak. `places` is to how many decimals the
    figures are shown.
    """
    if not measured:
        return None
    sign = 1 if better is Better.LOWER else -1
    peak, end = max(measured, key=lambda one: sign * one[1]), measured[-1]
    total, n = sum((value for _, value in measured), Fraction()), len(measured)
    peak_end = (peak[1] + end[1]) / 2
    values = (total / n, total, peak_end, peak[1], end[1])
    mean, whole, both, worst, last = (in_text(value, places) for value in values)
    told = (
        f"mean {mean} = {whole} / {n} touchpoints; peak-end"
        f" {both} = ({worst} at the peak + {last} at the end) / 2"
    )
    return Along(total / n, peak, end, peak_end, n, told)
