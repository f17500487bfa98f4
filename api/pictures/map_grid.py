"""Where the columns of a journey map stand, and which of them share a sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from api.pictures.frame import MARGIN
from api.pictures.marks import Box
from api.pictures.values import Contact, MapValues

HEADS = 124.0
NARROW, COLUMN, WIDE = 160.0, 170.0, 250.0
"""A column is this wide in a picture of its own, and as wide as the paper lets it be on a page."""
GAP = 6.0


@dataclass(frozen=True, slots=True)
class Column:
    """A touchpoint, or a stage that has none yet."""

    stage: int
    contact: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stage on a sheet; `continued` when it began on the sheet before."""

    stage: int
    box: Box
    continued: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some columns of a map, side by side."""

    values: MapValues
    columns: list[Column]
    before: Column | None
    column: float = COLUMN

    @property
    def width(self) -> float:
        return self.left(max(len(self.columns), 1)) - GAP + MARGIN

    def left(self, place: int) -> float:
        """Where a column begins."""
        return MARGIN + HEADS + GAP + place * (self.column + GAP)

    def head(self, y: float) -> Box:
        """The head of a row."""
        return Box(MARGIN, y, HEADS, 0)

    def cell(self, place: int, y: float) -> Box:
        return Box(self.left(place), y, self.column, 0)

    def contacts(self) -> Iterator[tuple[int, int, Contact]]:
        """Places of columns with their touchpoints and the places of those on the whole map."""
        for place, column in enumerate(self.columns):
            if column.contact is not None:
                yield place, column.contact, self.values.contacts[column.contact]

    def spans(self, y: float) -> Iterator[Span]:
        """The stages over the columns."""
        first = 0
        for place, column in enumerate(self.columns):
            last = place + 1 == len(self.columns)
            if last or self.columns[place + 1].stage != column.stage:
                left = self.left(first)
                box = Box(left, y, self.left(place + 1) - GAP - left, 0)
                yield Span(column.stage, box, first == 0 and self._goes_on())
                first = place + 1

    def _goes_on(self) -> bool:
        return self.before is not None and self.before.stage == self.columns[0].stage


def columns(values: MapValues) -> list[Column]:
    """Every touchpoint in its stage; a stage without one keeps a column."""
    found: list[Column] = []
    for stage in range(len(values.stages)):
        own = [place for place, one in enumerate(values.contacts) if one.stage == stage]
        found += [Column(stage, place) for place in own] or [Column(stage, None)]
    return found


def sheets(values: MapValues, room: float | None) -> list[Sheet]:
    """All columns on one sheet, or on as many as a width asks for, about as many on each."""
    found = columns(values)
    if room is None:
        return [Sheet(values, found, None)]
    free = room - 2 * MARGIN - HEADS
    count = max(ceil(len(found) / int(free // (NARROW + GAP))), 1)
    each = ceil(len(found) / count)
    column = min(free / max(each, 1) - GAP, WIDE)
    ends = [round(len(found) * part / count) for part in range(count + 1)]
    return [
        Sheet(values, found[start:stop], found[start - 1] if start else None, column)
        for start, stop in pairwise(ends)
    ]
