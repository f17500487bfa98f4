"""What customers' answers add up to: one figure per kind of metric, exact until it is shown.

Figures are computed from components that were added up, never from other figures, so that periods
and parts can be put together: nps 100 x (promoters - detractors) / answers, from -100 to 100;
csat the percentage of fours and fives among five counts, with the mean beside it; ces score_sum /
respondents, from 1 (very hard) to 7 (very easy); ratio numerator / denominator, times 100 where the
unit is %; number the mean weighted by respondents where all points say how many, and otherwise
the plain mean of the points of the newest period.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from domain.results import MetricKind
from domain.rules.measured import EASIEST
from domain.rules.ratings import hundredths, in_text

MODEL_VERSION: Final = 1
"""Raised whenever a formula or its wording changes, so that stored figures can be compared."""
FEW: Final = 30
"""Below this many answers a figure is shown with the remark that they are few."""
PERCENT: Final = "%"
FINE: Final = 6
"""To how many decimals a ratio or a number is shown: as many as a measured number is kept to."""


@dataclass(frozen=True, slots=True)
class Sums:
    """`points` data points put together, by component.

    For numbers: `weighed` of the points say of how many respondents, `weighted` is the sum of
    number x respondents over these; `newest` is the sum of the numbers of the newest period, of
    which there are `newest_points`.
    """

    points: int
    counts: Mapping[str, int] = field(default_factory=dict)
    weighed: int = 0
    weighted: Fraction = Fraction()
    newest: Fraction = Fraction()
    newest_points: int = 0

    def __getitem__(self, component: str) -> int:
        return self.counts.get(component, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """What the points say; `value` is None where there is nothing to compute it from.

    `n` counts what went in: answers, the denominator, or points. `few` is told of answers only.
    `mean` is beside a csat: the mean of the five counts.
    """

    kind: MetricKind
    value: Fraction | None
    n: int
    inputs: Mapping[str, Fraction | int]
    explanation: str
    mean: Fraction | None = None
    few: bool = False
    points: int = 0

    @property
    def places(self) -> int:
        """To how many decimals it is shown."""
        return places(self.kind)


Computed = tuple[Fraction, str]
RANGES: Final[Mapping[MetricKind, tuple[int, int]]] = {
    MetricKind.NPS: (-100, 100),
    MetricKind.CSAT: (0, 100),
    MetricKind.CES: (1, EASIEST),
}
"""Where figures of these kinds lie; ratios and numbers have no bounds."""


def places(kind: MetricKind) -> int:
    """To how many decimals a figure is shown: kinds without a range may be small."""
    return 2 if kind in RANGES else FINE


def figure(kind: MetricKind, unit: str, sums: Sums) -> Figure:
    """The figure of a metric, with what it was computed from in words and numbers."""
    if kind is MetricKind.NUMBER:
        return _number(unit, sums)
    names, count, compute = _RULES[kind]
    inputs = {name: sums[name] for name in names}
    n = count(sums)
    if not n:
        return Figure(
            kind, None, 0, inputs, f"no figure: n = 0 in {_points(sums)}", points=sums.points
        )
    value, text = compute(sums, n, unit)
    few = n < FEW
    remark = f"; few: n = {n}" if few else ""
    mean = _mean(sums, n) if kind is MetricKind.CSAT else None
    return Figure(kind, value, n, inputs, text + remark, mean, few, sums.points)


def _nps(sums: Sums, n: int, _: str) -> Computed:
    value = Fraction(100 * (sums["promoters"] - sums["detractors"]), n)
    text = f"100 x ({sums['promoters']} promoters - {sums['detractors']} detractors) / {n} answers"
    return value, f"nps {hundredths(value)} = {text}"


def _csat(sums: Sums, n: int, _: str) -> Computed:
    value = Fraction(100 * (sums["fours"] + sums["fives"]), n)
    mean = _mean(sums, n)
    text = f"100 x ({sums['fours']} fours + {sums['fives']} fives) / {n} answers"
    total = f"mean {hundredths(mean)} = {mean * n} / {n}"
    return value, f"csat {hundredths(value)} % = {text}; {total}"


def _mean(sums: Sums, n: int) -> Fraction:
    return Fraction(sum(score * sums[name] for score, name in enumerate(_SCORES, 1)), n)


def _ces(sums: Sums, n: int, _: str) -> Computed:
    value = Fraction(sums["score_sum"], n)
    return value, f"ces {hundredths(value)} = {sums['score_sum']} / {n} respondents, 7 very easy"


def _ratio(sums: Sums, n: int, unit: str) -> Computed:
    times = 100 if unit == PERCENT else 1
    value = Fraction(times * sums["numerator"], n)
    shown = f"100 x {sums['numerator']}" if times == 100 else str(sums["numerator"])
    return value, f"ratio {_with(value, unit)} = {shown} / {n}"


def _number(unit: str, sums: Sums) -> Figure:
    kind, respondents = MetricKind.NUMBER, sums["respondents"]
    if sums.points and sums.weighed == sums.points and respondents:
        value = sums.weighted / respondents
        few = respondents < FEW
        text = f"{in_text(sums.weighted, FINE)} / {respondents} respondents"
        remark = f"; few: n = {respondents}" if few else ""
        told = f"number {_with(value, unit)} = {text}, weighted by respondents{remark}"
        inputs: dict[str, Fraction | int] = {"weighted": sums.weighted, "respondents": respondents}
        return Figure(kind, value, respondents, inputs, told, None, few, sums.points)
    if not sums.newest_points:
        return Figure(kind, None, 0, {}, "no figure: nothing measured", points=sums.points)
    value = sums.newest / sums.newest_points
    text = f"{in_text(sums.newest, FINE)} / {sums.newest_points}"
    told = f"number {_with(value, unit)} = {text}, as measured in the newest period"
    inputs = {"newest": sums.newest, "newest_points": sums.newest_points}
    return Figure(kind, value, sums.newest_points, inputs, told, points=sums.points)


def _with(value: Fraction, unit: str) -> str:
    return f"{in_text(value, FINE)} {unit}".rstrip()


def _points(sums: Sums) -> str:
    return "1 data point" if sums.points == 1 else f"{sums.points} data points"


_SCORES: Final = ("ones", "twos", "threes", "fours", "fives")
_LIKES: Final = ("promoters", "passives", "detractors")
Rule = tuple[tuple[str, ...], Callable[[Sums], int], Callable[[Sums, int, str], Computed]]
_RULES: Final[Mapping[MetricKind, Rule]] = {
    MetricKind.NPS: (_LIKES, lambda sums: sum(sums[name] for name in _LIKES), _nps),
    MetricKind.CSAT: (_SCORES, lambda sums: sum(sums[name] for name in _SCORES), _csat),
    MetricKind.CES: (("score_sum", "respondents"), lambda sums: sums["respondents"], _ces),
    MetricKind.RATIO: (("numerator", "denominator"), lambda sums: sums["denominator"], _ratio),
}
