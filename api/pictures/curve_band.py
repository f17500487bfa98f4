"""The emotion curve over the columns it is about: a line for everybody, or one for each persona."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from api.pictures.map_bands import PAD, named
from api.pictures.map_grid import GAP, Sheet
from api.pictures.marks import Box, Mark, Panel, Pen, Row, Stroke, Symbol, Words, line
from api.pictures.theme import CARD, EDGE, GRID, MUTED, look
from api.pictures.values import Curve

HEIGHT = 150.0
LABEL = Pen(10, anchor="middle")
SCALE = Pen(9.5, color=MUTED)
LEVELS = ((2, "very positive"), (1, ""), (0, "neutral"), (-1, ""), (-2, "very negative"))
Spot = tuple[float, float]


def curve_row(sheet: Sheet, y: float, height: float = HEIGHT) -> Row:
    """What is felt at the touchpoints of a sheet."""
    left = sheet.left(0)
    frame = Box(left, y, sheet.left(max(len(sheet.columns), 1)) - GAP - left, height)
    inside = Box(frame.x, y + 22, frame.width, height - 44)
    marks: list[Mark] = [Panel(frame, CARD, GRID, 4, kind="curve"), *_levels(sheet, inside)]
    for place, curve in enumerate(sheet.values.curves):
        marks += _line(sheet, curve, place, inside)
    if not any(any(v is not None for v in one.values) for one in sheet.values.curves):
        at = Box(frame.x + PAD, inside.y + inside.height / 4 - 7, frame.width - 2 * PAD, 0)
        marks.append(line(at, "No emotion is recorded yet.", Pen(10.5, color=MUTED)))
    marks += named(sheet, y + 22, "What customers feel, as drawn")
    return Row(marks, frame.bottom + GAP)


def height_of(value: float, inside: Box) -> float:
    """Where a value from -2 to 2 stands."""
    return inside.y + (2 - value) / 4 * inside.height


def signed(value: float) -> str:
    """A feeling as a figure; nothing is neither positive nor negative."""
    return f"{value:+.1f}" if abs(value) >= 0.05 else "0.0"


def _levels(sheet: Sheet, inside: Box) -> Iterator[Mark]:
    for level, says in LEVELS:
        y = height_of(level, inside)
        color = EDGE if level == 0 else GRID
        yield Stroke(((inside.x, y), (inside.right, y)), color)
        if says:
            head = sheet.head(0)
            at = Box(head.x, y - 7, head.width - 2, 0)
            yield line(at, says, Pen(SCALE.size, color=MUTED, anchor="end"))


def _line(sheet: Sheet, curve: Curve, series: int, inside: Box) -> Iterator[Mark]:
    """Strokes between neighbors that are recorded, a shape at each, and what it is called."""
    its = look(series)
    spots = [
        (sheet.left(place) + sheet.column / 2, curve.values[contact], curve.labels[contact])
        for place, contact, _ in sheet.contacts()
    ]
    for spots_run in _runs(spots, inside):
        if len(spots_run) > 1:
            yield Stroke(spots_run, its.color, 2.5, its.dash)
    for x, value, label in spots:
        if value is not None:
            y = height_of(value, inside)
            tip = f"{curve.name}: {label} {signed(value)}"
            yield Symbol(its.shape, x, y, 5.5, its.color, tip)
            if len(sheet.values.curves) == 1:
                yield _label(sheet, x, y, f"{label} {signed(value)}", above=value >= 0)


def _runs(
    spots: Sequence[tuple[float, float | None, str]], inside: Box
) -> Iterator[tuple[Spot, ...]]:
    for recorded, run in groupby(spots, key=lambda spot: spot[1] is not None):
        if recorded:
            yield tuple((x, height_of(value, inside)) for x, value, _ in run if value is not None)


def _label(sheet: Sheet, x: float, y: float, text: str, *, above: bool) -> Words:
    """Above what is pleasant and below what is not, so that the line does not cross it."""
    at = Box(x - sheet.column / 2 + 3, y - 21 if above else y + 7, sheet.column - 6, 0)
    return line(at, text, LABEL)
