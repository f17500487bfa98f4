"""Which way a figure should move, and whether it did."""

from enum import StrEnum
from fractions import Fraction
from typing import Final

from domain.results import Better

USUALLY_BETTER: Final = Better.HIGHER
"""Which way figures should move unless it is said: up, also the ces, which asks how easy it was."""


class Direction(StrEnum):
    """Whether a figure moved as it should."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


def direction(better: Better, change: Fraction) -> Direction:
    """Whether a change goes the right way."""
    if not change:
        return Direction.SAME
    return Direction.BETTER if (change > 0) is (better is Better.HIGHER) else Direction.WORSE


def reached(better: Better, value: Fraction, target: Fraction) -> bool:
    """Whether a figure is where it should be, or beyond."""
    return value >= target if better is Better.HIGHER else value <= target
