"""Opportunities put in order by named models, and placed between value and effort.

Scores are exact fractions of the figures as they stand; equal scores share a rank (1, 2, 2, 4).
`value_for_effort`: mean of customer and business value, divided by effort (1/5 to 5).
`customer_first`: 2 x customer value + business value - effort (-2 to 14).
`votes`: how many members voted, each once, whatever was merged; the groups stand beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Final
from uuid import UUID

from domain.results import OpportunityStatus as Status
from domain.results import Quadrant, ScoringModel
from domain.rules.moving import Moves
from domain.rules.ratings import hundredths

MODEL_VERSION: Final = 1
"""Raised whenever a formula or its wording changes, so that stored figures can be compared."""

HIGH: Final = 3
"""From here on, value and effort of 1 to 5 count as high."""

MOVES: Final[Moves[Status]] = {
    Status.DRAFT: (Status.OPEN,),
    Status.OPEN: (Status.CHOSEN, Status.DECLINED),
    Status.CHOSEN: (Status.IN_PROGRESS, Status.OPEN, Status.DECLINED),
    Status.IN_PROGRESS: (Status.ACHIEVED, Status.CHOSEN, Status.DECLINED),
    Status.ACHIEVED: (Status.IN_PROGRESS,),
    Status.DECLINED: (Status.OPEN,),
}
EXPLAINED: Final = frozenset({Status.DECLINED})
"""What takes a word of why."""
VOTED_ON: Final = frozenset({Status.OPEN, Status.CHOSEN, Status.IN_PROGRESS})

_FIGURES: Final = ("customer_value", "business_value", "effort")
_QUADRANTS: Final[Mapping[tuple[bool, bool], Quadrant]] = {
    (True, False): Quadrant.QUICK_WIN,
    (True, True): Quadrant.BIG_BET,
    (False, False): Quadrant.MAYBE,
    (False, True): Quadrant.TIME_SINK,
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an opportunity is put in order by; the values are 1 to 5, None where nobody said."""

    id: UUID
    customer_value: int | None
    business_value: int | None
    effort: int | None
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with its grounds; None where something it needs is `missing`.

    `n` is how many stand behind it: one estimate, or so many votes.
    """

    model: ScoringModel
    value: Fraction | None
    n: int
    inputs: Mapping[str, int]
    explanation: str
    missing: tuple[str, ...] = ()
    model_version: int = MODEL_VERSION


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of the order; no rank without a score."""

    estimate: Estimate
    score: Score
    rank: int | None
    tied: bool


def missing(estimate: Estimate) -> tuple[str, ...]:
    """Which of the three figures nobody has given yet."""
    return tuple(name for name in _FIGURES if getattr(estimate, name) is None)


def mean_value(estimate: Estimate) -> Fraction | None:
    """The mean of customer and business value."""
    if estimate.customer_value is None or estimate.business_value is None:
        return None
    return Fraction(estimate.customer_value + estimate.business_value, 2)


def quadrant(estimate: Estimate) -> Quadrant | None:
    """Where it stands: from HIGH on, mean value and effort count as high; None if unplaced."""
    value = mean_value(estimate)
    if value is None or estimate.effort is None:
        return None
    return _QUADRANTS[value >= HIGH, estimate.effort >= HIGH]


def score(model: ScoringModel, estimate: Estimate) -> Score:
    """An opportunity's score under a model."""
    if model is ScoringModel.VOTES:
        return _votes(estimate)
    lacking = missing(estimate)
    if lacking:
        words = ", ".join(name.replace("_", " ") for name in lacking)
        return Score(model, None, 0, {}, f"no score: {words} not estimated yet", lacking)
    inputs = {name: int(getattr(estimate, name)) for name in _FIGURES}
    compute = _for_effort if model is ScoringModel.VALUE_FOR_EFFORT else _customer_first
    value, explanation = compute(*inputs.values())
    return Score(model, value, 1, inputs, explanation)


def _for_effort(customer: int, business: int, effort: int) -> tuple[Fraction, str]:
    value = Fraction(customer + business, 2 * effort)
    told = f"((customer value {customer} + business value {business}) / 2) / effort {effort}"
    return value, f"value for effort {hundredths(value)} = {told}"


def _customer_first(customer: int, business: int, effort: int) -> tuple[Fraction, str]:
    value = Fraction(2 * customer + business - effort)
    told = f"2 x customer value {customer} + business value {business} - effort {effort}"
    return value, f"customer first {value} = {told}"


def _votes(estimate: Estimate) -> Score:
    total = sum(estimate.votes.values())
    groups = ", ".join(f"{group.replace('_', ' ')} {n}" for group, n in estimate.votes.items())
    told = f"votes {total} = each member once ({groups})"
    return Score(ScoringModel.VOTES, Fraction(total), total, dict(estimate.votes), told)


def rank(model: ScoringModel, estimates: Iterable[Estimate]) -> Sequence[Placed]:
    """Highest score first, ties by id; those without a score come last, without a rank."""
    scored = [(score(model, one), one) for one in sorted(estimates, key=lambda one: one.id)]
    known = [pair for pair in scored if pair[0].value is not None]
    known.sort(key=lambda pair: pair[0].value or 0, reverse=True)
    placed: list[Placed] = []
    for _, tie in groupby(known, key=lambda pair: pair[0].value):
        equals = list(tie)
        place = len(placed) + 1
        placed += [Placed(one, why, place, len(equals) > 1) for why, one in equals]
    return placed + [Placed(one, why, None, False) for why, one in scored if why.value is None]
