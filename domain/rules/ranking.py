"""Which touchpoints move customers most: six models, each with a reason a reader can check.

Scores are exact fractions; what is shown is rounded half to even to two decimals, to six
where a ratio or a number was measured. Equal scores share a rank (1, 2, 2, 4) and say so; what has
no score stands last, without a rank.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import Final
from uuid import UUID

from domain.rules.ratings import Aggregates, AxisSummary, GroupView, hundredths
from domain.words import Axis
from domain.words import RankingModel as Model

MODEL_VERSION: Final = 1
"""Raised whenever a formula or its wording changes, so that stored figures can be compared."""

RANGES: Final[Mapping[Model, tuple[int, int]]] = {
    Model.EMOTIONAL_IMPACT: (1, 5),
    Model.IMPACT_GAP: (-3, 9),
    Model.IMPORTANCE_GAP: (-4, 4),
    Model.EMOTION_INTENSITY: (0, 5),
    Model.ULWICK: (0, 20),
}
"""Between which scores lie; a customer metric has the range of its kind, or none."""
BY_CUSTOMERS: Final = (Model.CUSTOMER_METRIC, Model.ULWICK)
"""Models whose scores come with the candidate: see domain/rules/customers.py."""

_TERMS: Final[Mapping[Model, tuple[tuple[int, Axis], ...]]] = {
    Model.EMOTIONAL_IMPACT: ((1, Axis.EMOTIONAL),),
    Model.IMPACT_GAP: ((1, Axis.EMOTIONAL), (1, Axis.BUSINESS), (-1, Axis.PERFORMANCE)),
    Model.IMPORTANCE_GAP: ((1, Axis.IMPORTANCE), (-1, Axis.PERFORMANCE)),
}


@dataclass(frozen=True, slots=True)
class Feeling:
    """A recorded emotion: valence -2 (very negative) to 2, intensity 1 to 5."""

    valence: int
    intensity: int
    label: str = "emotion"


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with its grounds; `value` is None where there is nothing to compute it from.

    `inputs` holds the rounded means (or the emotion) by name; `n` counts the numbers or emotions
    that went in, the fewest of any axis. `lowest_first` puts the lowest score of a ranking first;
    `places` is to how many decimals it is shown.
    """

    value: Fraction | None
    n: int
    inputs: Mapping[str, Fraction | int]
    explanation: str
    lowest_first: bool = False
    places: int = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A touchpoint or moment to be ranked; `position` orders ties (stage key, touchpoint key).

    `customers` is its score where the model is by what customers reported.
    """

    id: UUID
    position: tuple[str, ...]
    ratings: Aggregates
    feelings: Sequence[Feeling] = ()
    customers: Score | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking."""

    id: UUID
    score: Score
    rank: int | None
    tied: bool
    model: Model
    model_version: int = field(default=MODEL_VERSION)


def _words(name: str) -> str:
    return name.replace("_", " ")


def axis_text(summary: AxisSummary) -> str:
    """Return in words how the mean of an axis comes about, for a reader to check by hand."""
    groups = ", ".join(
        f"{_words(group)} {hundredths(one.mean)} = {one.total}/{one.n} n={one.n}"
        for group, one in summary.groups.items()
    )
    return f"{summary.axis} {hundredths(summary.mean)} = mean of group means ({groups})"


def _left_out(axis: Axis, groups: Iterable[GroupView]) -> list[str]:
    return [
        f"{_words(view.group)} on {axis} "
        f"({'said nothing' if axis in view.silent_on else 'too few to show'})"
        for view in groups
        if view.n and axis not in view.axes
    ]


def _remark(axes: Iterable[Axis], ratings: Aggregates) -> str:
    left = [text for axis in axes for text in _left_out(axis, ratings.groups)]
    return f"; left out: {', '.join(left)}" if left else ""


def _sum_text(model: Model, value: Fraction, terms: Sequence[tuple[int, AxisSummary]]) -> str:
    if len(terms) == 1:
        return ""
    steps = [f"{'+' if sign > 0 else '-'} {one.axis} {hundredths(one.mean)}" for sign, one in terms]
    total = " ".join(steps).removeprefix("+ ")
    return f"{_words(model)} {hundredths(value)} = {total}, rounded only here; "


def _from_ratings(model: Model, candidate: Candidate) -> Score:
    ratings = candidate.ratings
    axes = [axis for _, axis in _TERMS[model]]
    missing = [axis for axis in axes if axis not in ratings.axes]
    remark = _remark(axes, ratings)
    if missing:
        return Score(None, 0, {}, f"no score: no group to show on {', '.join(missing)}{remark}")
    terms = [(sign, ratings.axes[axis]) for sign, axis in _TERMS[model]]
    value = sum((sign * one.mean for sign, one in terms), Fraction())
    reasons = "; ".join(axis_text(one) for _, one in terms)
    return Score(
        value,
        min(one.n for _, one in terms),
        {one.axis.value: one.mean for _, one in terms},
        f"{_sum_text(model, value, terms)}{reasons}{remark}",
    )


def _strength(feeling: Feeling) -> Fraction:
    return Fraction(abs(feeling.valence) * feeling.intensity, 2)


def _from_feelings(_: Model, candidate: Candidate) -> Score:
    feelings = candidate.feelings
    if not feelings:
        return Score(None, 0, {}, "no score: no emotion recorded")
    top = max(feelings, key=lambda one: (_strength(one), -one.valence, one.intensity, one.label))
    value = _strength(top)
    grounds = f"{top.label}: valence {top.valence}, intensity {top.intensity}"
    return Score(
        value,
        len(feelings),
        {"valence": top.valence, "intensity": top.intensity},
        f"emotion intensity {hundredths(value)} = |{top.valence}|/2 x {top.intensity} ({grounds}), "
        f"the strongest of {len(feelings)}",
    )


def score(model: Model, candidate: Candidate) -> Score:
    """Return a candidate's score under a model.

    `emotional_impact`: mean of emotional (1-5). `impact_gap`: emotional + business - performance
    (-3..9). `importance_gap`: importance - performance (-4..4). `emotion_intensity`: the largest
    abs(valence)/2 x intensity of the recorded emotions (0-5). `customer_metric` and `ulwick`
    (0-20): what customers reported, as domain/rules/customers.py has it. Each mean is the mean of
    the shown groups' means. Source: product definition, section "Numbers that must come out right".
    """
    return _COMPUTED.get(model, _from_ratings)(model, candidate)


def _from_customers(_: Model, candidate: Candidate) -> Score:
    nothing = "not measured: no metric that says so is linked"
    return candidate.customers or Score(None, 0, {}, nothing)


_COMPUTED: Final[Mapping[Model, Callable[[Model, Candidate], Score]]] = {
    Model.EMOTION_INTENSITY: _from_feelings,
    Model.CUSTOMER_METRIC: _from_customers,
    Model.ULWICK: _from_customers,
}


def rank(model: Model, candidates: Iterable[Candidate]) -> list[Ranked]:
    """Return the candidates with scores and ranks, highest score first, or lowest where that is so.

    Ties are judged on exact scores and stand by position, then id; those without a score come last
    in the same order, with rank None and not tied.
    """
    placed = sorted(
        ((score(model, one), one) for one in candidates),
        key=lambda pair: (pair[1].position, pair[1].id),
    )
    scored = [pair for pair in placed if pair[0].value is not None]
    scored.sort(key=_weight, reverse=True)
    ranked: list[Ranked] = []
    for _, tie in groupby(scored, key=lambda pair: pair[0].value):
        equals = list(tie)
        place = len(ranked) + 1
        ranked += [Ranked(one.id, why, place, len(equals) > 1, model) for why, one in equals]
    unscored = [Ranked(one.id, why, None, False, model) for why, one in placed if why.value is None]
    return ranked + unscored


def _weight(pair: tuple[Score, Candidate]) -> Fraction:
    why, _ = pair
    value = why.value or Fraction()
    return -value if why.lowest_first else value
