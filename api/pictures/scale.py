"""A scale from left to right, with its figures above and its lines through a row."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.pictures.marks import Box, Mark, Pen, Stroke, line
from api.pictures.theme import GRID, MUTED

FIGURE = Pen(10, color=MUTED, anchor="middle")


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` at `left` to `high` at `right`; it never begins anywhere else."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value stands; what is beyond the ends stands at them."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + part * (self.right - self.left)

    def steps(self) -> list[float]:
        """Where figures stand: at whole numbers, no more than ten of them."""
        step = max(round((self.high - self.low) / 8), 1)
        count = int((self.high - self.low) // step)
        return [self.low + step * place for place in range(count + 1)]

    def figures(self, y: float) -> Iterator[Mark]:
        for value in self.steps():
            yield line(Box(self.at(value) - 20, y, 40, 0), f"{value:g}", FIGURE)

    def lines(self, top: float, bottom: float) -> Iterator[Mark]:
        for value in self.steps():
            x = self.at(value)
            yield Stroke(((x, top), (x, bottom)), GRID)
