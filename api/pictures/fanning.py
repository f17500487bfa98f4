"""Dots of one place, so that each can be seen."""

from math import ceil, sqrt
from typing import Final

from api.pictures.marks import Box

RADIUS: Final = 9.5
STEP: Final = 20.0
SPREAD: Final = 61.0
"""How far apart the outermost dots of a place are: with their radius no more than one figure."""


def fan(x: float, y: float, count: int, within: Box) -> list[tuple[float, float]]:
    """Where so many dots stand: in a grid around the place, all of them inside of a box.

    They stand side by side; where they are too many for that they overlap.
    """
    columns = ceil(sqrt(count))
    rows = ceil(count / columns)
    step = min(STEP, SPREAD / max(columns - 1, 1))
    left = _held(x, (columns - 1) * step, within.x, within.right)
    top = _held(y, (rows - 1) * step, within.y, within.bottom)
    return [(left + at % columns * step, top + at // columns * step) for at in range(count)]


def _held(middle: float, extent: float, low: float, high: float) -> float:
    """Where a row of dots begins, with its middle as near to the place as there is room for it."""
    return max(min(middle - extent / 2, high - RADIUS - extent), low + RADIUS)
