"""A picture made of rows below a head that is repeated on every page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from api.pictures.frame import MARGIN, Key, closed, foot, opened, opening_words
from api.pictures.marks import Box, Pen, Picture, Row, line
from api.pictures.values import Head

T = TypeVar("T")
PAGE = 1123.0, 794.0
"""A sheet of A4 on its side, in 96ths of an inch; wider pictures have pages of the same shape."""
Draw = Callable[[float], Row]


@dataclass(slots=True)
class Chart:
    """What a chart is made of; rows are drawn from a height downward and say where they end."""

    head: Head
    kind: str
    above: Draw
    rows: Sequence[Draw]
    told: Sequence[str]
    keys: Sequence[Key] = field(default_factory=list)
    notes: str = ""
    width: float = PAGE[0]


def rows_of(values: Iterable[T], draw: Callable[[T, float], Row], otherwise: str) -> list[Draw]:
    """A row for each value; where there is none, one that says so."""
    return [partial(draw, value) for value in values] or [partial(_says, otherwise)]


def _says(text: str, y: float) -> Row:
    return Row([line(Box(MARGIN, y, PAGE[0] - 2 * MARGIN, 0), text, Pen(12))], y + 30)


def whole(chart: Chart) -> Picture:
    """All rows in one picture."""
    picture = Picture(chart.head.title, chart.width, 0, _words(chart))
    y = _begun(chart, picture)
    for draw in chart.rows:
        row = draw(y)
        picture.marks += row.marks
        y = row.next_y
    closed(picture, chart.head, chart.keys, y + 8, chart.notes)
    return picture


def paged(chart: Chart) -> list[Picture]:
    """As many rows on a page as fit."""
    height = chart.width * PAGE[1] / PAGE[0]
    end = height - foot(chart.head, chart.keys, chart.width, chart.notes)
    pages: list[Picture] = []
    y = height
    for draw in chart.rows:
        row = draw(y)
        if row.next_y > end:
            pages.append(Picture("", chart.width, height, []))
            row = draw(_begun(chart, pages[-1]))
        pages[-1].marks += row.marks
        y = row.next_y
    for number, page in enumerate(pages, 1):
        page.title = f"{chart.head.title}, page {number} of {len(pages)}"
        page.told = [f"{page.title}: told on page 1."]
        closed(page, chart.head, chart.keys, end, chart.notes)
    pages[0].told = _words(chart)
    return pages


def _words(chart: Chart) -> list[str]:
    notes = [chart.notes] if chart.notes else []
    return [*opening_words(chart.head, chart.kind), *chart.told, *notes]


def _begun(chart: Chart, picture: Picture) -> float:
    y = opened(chart.head, chart.kind, picture)
    above = chart.above(y)
    picture.marks += above.marks
    return above.next_y
