"""How strongly a touchpoint moves customers, as the groups rate it: a line for each group.

Below the lines stands a figure for each point, so that none has to find room among them; their
heads are the legend, since a shape may mean somebody else in the curve above.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from api.pictures.map_bands import PAD, ROW_HEAD, unanswered
from api.pictures.map_grid import GAP, Sheet
from api.pictures.marks import Box, Mark, Panel, Pen, Row, Stroke, Symbol, line, stacked
from api.pictures.perception_gap import in_words
from api.pictures.theme import CARD, EDGE, GRID, MUTED, Look, look
from api.pictures.values import Dot, GroupLine, MapValues
from domain.roles import Group

HEIGHT, AROUND = 106.0, 13.0
LINE = 15.0
APART, RADIUS = 14.0, 5.0
"""Groups stand beside each other at a touchpoint, so that equal means do not hide each other."""
DIGITS, SAMPLE = 16.0, 30.0
NAME = "How strongly it moves customers, as rated by"
FIGURE, FEW = Pen(10, anchor="middle"), Pen(10, color=MUTED, anchor="middle")
GROUPS = list(Group)


@dataclass(frozen=True, slots=True)
class Plot:
    """Where means from 1 to 5 stand: `inside` holds them, figures stand from `below` on."""

    sheet: Sheet
    inside: Box
    below: float

    @property
    def lines(self) -> list[GroupLine]:
        return self.sheet.values.rated

    def spot(self, place: int, nth: int, mean: float) -> tuple[float, float]:
        """Where the nth group stands in a column."""
        middle = self.sheet.left(place) + self.sheet.column / 2
        x = middle + (nth - (len(self.lines) - 1) / 2) * APART
        return x, self.level(mean)

    def level(self, mean: float) -> float:
        return self.inside.bottom - (mean - 1) / 4 * self.inside.height

    def dots(self, its: GroupLine) -> Iterator[tuple[int, Dot | None]]:
        """The columns of the sheet with what the group said there."""
        for place, contact, _ in self.sheet.contacts():
            yield place, its.dots[contact]


def rated_row(sheet: Sheet, y: float, height: float = HEIGHT) -> Row:
    """What the groups say of the touchpoints of a sheet; nothing where nobody rated the journey."""
    lines = sheet.values.rated
    if not lines:
        return Row([], y)
    at = sheet.head(y + PAD)
    head = stacked(Box(at.x, at.y, at.width - DIGITS, 0), (NAME, ROW_HEAD, 8))
    if not any(one.dots[contact] for _, contact, _ in sheet.contacts() for one in lines):
        return unanswered(sheet, y, head, "Nobody has rated here.")
    left = sheet.left(0)
    wide = sheet.left(len(sheet.columns)) - GAP - left
    frame = Box(left, y, wide, height + LINE * len(lines) + 8)
    inside = Box(left, y + AROUND, wide, height - 2 * AROUND)
    plot = Plot(sheet, inside, y + height)
    marks = [Panel(frame, CARD, GRID, 4, kind="rated"), *head, *_levels(plot)]
    marks += [mark for nth in range(len(lines)) for mark in _strokes(plot, nth)]
    marks += [mark for nth in range(len(lines)) for mark in _points(plot, nth)]
    return Row(marks, frame.bottom + GAP)


def look_of(group: Group) -> Look:
    """A group looks the same in every picture."""
    return look(GROUPS.index(group))


def told_of(values: MapValues, contact: int) -> Iterator[str]:
    """What the groups say of a touchpoint, in words."""
    dots = [dot for one in values.rated if (dot := one.dots[contact])]
    if dots:
        yield f"{NAME}: {'; '.join(in_words(dot) for dot in dots)}."


def _levels(plot: Plot) -> Iterator[Mark]:
    """A line for every whole number, and one above the figures."""
    inside, head = plot.inside, plot.sheet.head(0)
    for level in range(1, 6):
        y = plot.level(level)
        yield Stroke(((inside.x, y), (inside.right, y)), GRID)
        at = Box(head.right - DIGITS, y - 7, DIGITS - 2, 0)
        yield line(at, str(level), Pen(10, color=MUTED, anchor="end"))
    yield Stroke(((inside.x, plot.below), (inside.right, plot.below)), EDGE)


def _strokes(plot: Plot, nth: int) -> Iterator[Mark]:
    """Lines between neighbors with a mean; where there is none, nothing is known."""
    its = look_of(plot.lines[nth].group)
    spots = [
        None if dot is None or dot.mean is None else plot.spot(place, nth, dot.mean)
        for place, dot in plot.dots(plot.lines[nth])
    ]
    for known, run in groupby(spots, key=lambda spot: spot is not None):
        points = tuple(spot for spot in run if spot is not None)
        if known and len(points) > 1:
            yield Stroke(points, its.color, 2, its.dash)


def _points(plot: Plot, nth: int) -> Iterator[Mark]:
    """The shapes of a group, and below them its name and its figures."""
    group, head = plot.lines[nth].group, plot.sheet.head(0)
    its, y = look_of(group), plot.below + 4 + nth * LINE
    yield Stroke(((head.x, y + 7), (head.x + SAMPLE, y + 7)), its.color, 2, its.dash)
    yield Symbol(its.shape, head.x + SAMPLE / 2, y + 7, RADIUS, its.color)
    name = Box(head.x + SAMPLE + 4, y, head.width - SAMPLE - 4, 0)
    yield line(name, group.says, Pen(10))
    for place, dot in plot.dots(plot.lines[nth]):
        if dot is None:
            continue
        at = plot.sheet.cell(place, y)
        room = Box(at.x + 3, y, at.width - 6, 0)
        if dot.mean is None:
            yield line(room, f"n={dot.n}, too few", FEW)
        else:
            yield line(room, f"{dot.mean:.2f} (n={dot.n})", FIGURE)
            yield Symbol(
                its.shape, *plot.spot(place, nth, dot.mean), RADIUS, its.color, in_words(dot)
            )
