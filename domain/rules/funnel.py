"""Where customers leave along a journey, as measured touchpoint by touchpoint."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from uuid import UUID

from domain.rules.ratings import hundredths

MODEL: Final = "drop_off_funnel"
MODEL_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """How many entered a touchpoint and left there; None where nobody measured it."""

    id: UUID
    entered: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One touchpoint or stage. `rate` is the share of those who entered that left, in percent.

    `survival` is the share that is left after it of all who began, in percent: the product of what
    stayed at each measured touchpoint so far. Both are None where nothing is measured yet.
    """

    entered: int | None
    left: int | None
    rate: Fraction | None
    survival: Fraction | None
    explanation: str


def touchpoints(measured: Iterable[Measured]) -> list[Step]:
    """The touchpoints in the order of the map."""
    steps: list[Step] = []
    survival: Fraction | None = None
    for one in measured:
        stays = _stays(one)
        if stays is None:
            steps.append(Step(one.entered, one.left, None, survival, "not measured"))
            continue
        before = Fraction(1) if survival is None else survival / 100
        survival = 100 * before * stays
        rate = 100 * (1 - stays)
        told = (
            f"{hundredths(rate)} % = 100 x {one.left} left / {one.entered} entered;"
            f" survival {hundredths(survival)} % = {hundredths(100 * before)} % x"
            f" (1 - {one.left} / {one.entered})"
        )
        steps.append(Step(one.entered, one.left, rate, survival, told))
    return steps


def _stays(one: Measured) -> Fraction | None:
    if not one.entered or one.left is None:
        return None
    return 1 - Fraction(one.left, one.entered)


def stage(steps: Sequence[Step]) -> Step:
    """A stage from its touchpoints: what share left of those who entered the first measured one.

    Each touchpoint may count customers of its own, over a time of its own: counts are not added up.
    `left` is that share of those who entered, to the nearest whole.
    """
    known = [one for one in steps if one.rate is not None]
    survival = steps[-1].survival if steps else None
    if not known:
        return Step(None, None, None, survival, "not measured")
    stays = Fraction(1)
    for one in known:
        stays *= 1 - (one.rate or Fraction()) / 100
    entered = known[0].entered or 0
    rate, left = 100 * (1 - stays), round((1 - stays) * entered)
    factors = " x ".join(f"(1 - {one.left} / {one.entered})" for one in known)
    told = f"{hundredths(rate)} % = 100 x (1 - {factors}), over its measured touchpoints;"
    told += f" {left} left = {hundredths(rate)} % of the {entered} who entered the first of them"
    return Step(entered, left, rate, survival, told)


def worst(steps: Sequence[Step]) -> int | None:
    """The place of the step where the largest share leaves, the first of several; None if none."""
    rates = [(one.rate, -place) for place, one in enumerate(steps) if one.rate]
    return -max(rates)[1] if rates else None
