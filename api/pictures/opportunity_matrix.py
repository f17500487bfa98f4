"""Opportunities between value and effort, numbered, with a list of what the numbers are."""

from collections.abc import Iterator, Sequence
from functools import partial

from api.pictures.chart import PAGE, Chart, Draw, rows_of
from api.pictures.fanning import RADIUS, fan
from api.pictures.frame import MARGIN
from api.pictures.marks import Anchor, Box, Mark, Panel, Pen, Row, Stroke, Symbol, line, stacked
from api.pictures.scale import Scale
from api.pictures.theme import EDGE, GRID, LOOKS, MUTED, PANEL, PAPER, Shape
from api.pictures.values import MatrixPoint, MatrixValues

NONE = "No opportunity has a place yet."
KIND = "Opportunity matrix"
SIDE = 400.0
LEFT = MARGIN + 40
BESIDE = Box(LEFT + SIDE + 40, 0, PAGE[0] - LEFT - SIDE - 40 - MARGIN, 0)
BELOW = Box(MARGIN + 8, 0, PAGE[0] - 2 * MARGIN - 16, 0)
ACROSS = Scale(0.5, 5.5, LEFT, LEFT + SIDE)
NAME, SMALL = Pen(11, bold=True), Pen(10.5, color=MUTED)
FIGURE, UPRIGHT = Pen(10, color=MUTED, anchor="middle"), Pen(10, color=MUTED, anchor="end")
NUMBER = Pen(9.5, bold=True, color=PAPER, anchor="middle")


def chart(values: MatrixValues) -> Chart:
    """The field, what is on it beside and below, and what has no place yet."""
    numbered = list(enumerate(values.points, 1))
    beside = _fitting(numbered)
    rows: list[Draw] = [partial(_field, values, beside)]
    if rest := numbered[len(beside) :]:
        rows += rows_of(rest, partial(_named, BELOW), NONE)
    told = [f"{at}. {one.title}. {_says(one)}." for at, one in numbered] or [NONE]
    waiting = "; ".join(values.unplaced)
    notes = f"Without a place until value and effort are given: {waiting}." if waiting else ""
    return Chart(
        values.head,
        KIND,
        lambda y: Row([], y),
        rows,
        told,
        notes=notes,
    )


def _fitting(numbered: Sequence[tuple[int, MatrixPoint]]) -> list[tuple[int, MatrixPoint]]:
    """As many as there is room for beside the field."""
    y, fitting = 0.0, []
    for one in numbered:
        y = _named(BESIDE, one, y).next_y
        if y > SIDE:
            break
        fitting.append(one)
    return fitting


def _list(numbered: Sequence[tuple[int, MatrixPoint]], y: float) -> Iterator[Mark]:
    if not numbered:
        yield line(Box(BESIDE.x, y, BESIDE.width, 0), NONE, Pen(12))
    for one in numbered:
        row = _named(BESIDE, one, y)
        yield from row.marks
        y = row.next_y


def _field(values: MatrixValues, beside: Sequence[tuple[int, MatrixPoint]], y: float) -> Row:
    """Value upward, effort to the right, both from 1 to 5."""
    field = Box(LEFT, y + 24, SIDE, SIDE)
    up = Scale(0.5, 5.5, field.bottom, field.y)
    split, level = borders(field, values.high_from)
    marks: list[Mark] = [
        Panel(field, PANEL, EDGE, kind="field"),
        *_grid(field, up),
        Stroke(((split, field.y), (split, field.bottom)), EDGE, 1.5),
        Stroke(((field.x, level), (field.right, level)), EDGE, 1.5),
        *_corners(field, level),
    ]
    marks += [*_points(values.points, field, values.high_from), *_list(beside, field.y)]
    return Row(marks, field.bottom + 44)


def _grid(field: Box, up: Scale) -> Iterator[Mark]:
    for value in range(1, 6):
        x, y = ACROSS.at(value), up.at(value)
        yield Stroke(((field.x, y), (field.right, y)), GRID, 0.5)
        yield Stroke(((x, field.y), (x, field.bottom)), GRID, 0.5)
        yield line(Box(x - 20, field.bottom + 3, 40, 0), f"{value}", FIGURE)
        yield line(Box(field.x - 34, y - 7, 28, 0), f"{value}", UPRIGHT)
    below = Box(field.x, field.bottom + 19, field.width, 0)
    yield line(below, "effort, from little to much", FIGURE)
    above = Box(field.x - 34, field.y - 20, field.width, 0)
    yield line(above, "value, from little to much", Pen(10, color=MUTED))


def _corners(field: Box, split: float) -> Iterator[Mark]:
    half = field.width / 2 - 20
    left, right = field.x + 8, field.right - 8 - half
    top, low = field.y + 3, max(field.bottom - 20, split)
    spots: tuple[tuple[str, float, float, Anchor], ...] = (
        ("Quick wins", left, top, "start"),
        ("Big bets", right, top, "end"),
        ("Maybe", left, low, "start"),
        ("Time sinks", right, low, "end"),
    )
    for says, x, y, anchor in spots:
        yield line(Box(x, y, half, 0), says, Pen(11, bold=True, color=MUTED, anchor=anchor))


def _points(points: Sequence[MatrixPoint], field: Box, high_from: int) -> Iterator[Mark]:
    """Those in the same place stand around it, and none across a line."""
    alike: dict[tuple[float, float], list[int]] = {}
    for number, point in enumerate(points):
        alike.setdefault((point.effort, point.value), []).append(number)
    up = Scale(0.5, 5.5, field.bottom, field.y)
    for (effort, value), numbers in alike.items():
        quadrant = _quadrant(field, high_from, effort, value)
        spots = fan(ACROSS.at(effort), up.at(value), len(numbers), quadrant)
        for number, (x, y) in zip(numbers, spots, strict=True):
            tip = f"{number + 1}. {points[number].title}"
            yield Symbol(Shape.CIRCLE, x, y, RADIUS, LOOKS[0].color, tip)
            yield line(Box(x - 12, y - 6.8, 24, 0), f"{number + 1}", NUMBER)


def _quadrant(field: Box, high_from: int, effort: float, value: float) -> Box:
    """Where everything of this effort and value belongs."""
    split, level = borders(field, high_from)
    left, right = (split, field.right) if effort >= high_from else (field.x, split)
    top, bottom = (field.y, level) if value >= high_from else (level, field.bottom)
    return Box(left, top, right - left, bottom - top)


def borders(field: Box, high_from: int) -> tuple[float, float]:
    """Where much effort begins, and high value; efforts are whole, values are halves."""
    up = Scale(0.5, 5.5, field.bottom, field.y)
    return ACROSS.at(high_from - 0.5), up.at(high_from - 0.25)


def _named(place: Box, numbered: tuple[int, MatrixPoint], y: float) -> Row:
    number, point = numbered
    words = stacked(
        Box(place.x, y, place.width, 0),
        (f"{number}. {point.title}", NAME, 3),
        (_says(point), SMALL, 2),
    )
    return Row([*words], words[-1].box.bottom + 6)


def _says(point: MatrixPoint) -> str:
    rank = "" if point.rank is None else f", rank {point.rank}"
    return f"{point.quadrant}: value {point.value:g}, effort {point.effort:g}{rank}, {point.status}"
