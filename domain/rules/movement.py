"""How a ranking moved from one instant to another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from domain.rules.ranking import Ranked
from domain.rules.ratings import in_text


@dataclass(frozen=True, slots=True)
class Movement:
    """Where something stood before, and how far it moved since.

    `climbed` counts places up, negative for down; `change` is the exact difference of the scores.
    Both are None where there is no rank, or no score, now or then. `places` is to how many decimals
    scores are shown.
    """

    before: Ranked | None
    climbed: int | None
    change: Fraction | None
    explanation: str
    places: int = 2


def movements(now: Iterable[Ranked], then: Iterable[Ranked]) -> Mapping[UUID, Movement]:
    """Return how each of those ranked now stood then, under the same model."""
    before = {one.id: one for one in then}
    return {one.id: _movement(one, before.get(one.id)) for one in now}


def _movement(now: Ranked, then: Ranked | None) -> Movement:
    if then is None:
        return Movement(None, None, None, "was not ranked then")
    change = _difference(now.score.value, then.score.value)
    climbed = None if now.rank is None or then.rank is None else then.rank - now.rank
    told = f"then {_words(then)}, now {_words(now)}"
    if change is not None:
        sign = "+" if change >= 0 else "-"
        told += f"; score {sign}{in_text(abs(change), now.score.places)}, rounded only here"
    return Movement(then, climbed, change, told, now.score.places)


def _difference(now: Fraction | None, then: Fraction | None) -> Fraction | None:
    return None if now is None or then is None else now - then


def _words(one: Ranked) -> str:
    if one.rank is None or one.score.value is None:
        return "without a score"
    score = in_text(one.score.value, one.score.places)
    return f"rank {one.rank} with {score}{' (tied)' if one.tied else ''}"
