"""From a picture to SVG. The library writes what it is given: every word is escaped here."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import singledispatch
from html import escape
from math import cos, pi, sin

import svg

from api.pictures.marks import Anchor, Mark, Panel, Pen, Picture, Stroke, Symbol, Words
from api.pictures.text import ASCENT, LEADING, SLACK, clean, rightward, runs, width
from api.pictures.theme import FAMILY, PAPER, Shape


def drawn(picture: Picture) -> str:
    """The picture as an SVG document that tells what it shows, in words too.

    Nothing in it runs, refers to anything outside, or comes from others but as escaped text.
    """
    width, height = _number(picture.width), _number(picture.height)
    told: list[svg.Element] = [
        svg.Title(id="title", text=_text(picture.title)),
        svg.Desc(id="desc", text=escape(picture.description())),
        svg.Rect(x=0, y=0, width=width, height=height, fill=PAPER),
    ]
    return svg.SVG(
        width=width,
        height=height,
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        extra={"role": "img", "aria-labelledby": "title desc", "font-family": FAMILY},
        elements=[*told, *(element(mark) for mark in picture.marks)],
    ).as_str()


def _text(text: str) -> str:
    return escape(clean(text))


def _number(value: float) -> float:
    return round(value, 2)


@singledispatch
def element(mark: Mark) -> svg.Element:
    """A mark as an element."""
    raise TypeError(mark)


@element.register
def _panel(mark: Panel) -> svg.Element:
    box = mark.box
    return svg.Rect(
        x=_number(box.x),
        y=_number(box.y),
        width=_number(box.width),
        height=_number(box.height),
        rx=mark.radius or None,
        fill=mark.fill,
        stroke=mark.edge or None,
        stroke_dasharray=_dashes(mark.dash),
    )


@element.register
def _words(mark: Words) -> svg.Element:
    pen, box = mark.pen, mark.box
    x = {"start": box.x, "middle": box.x + box.width / 2, "end": box.right}[pen.anchor]
    lines: list[svg.Element] = []
    for place, line in enumerate(mark.lines):
        y = box.y + pen.size * (ASCENT + place * LEADING)
        lines += [
            svg.TSpan(
                x=_number(left),
                y=_number(y),
                text=_text(part),
                text_anchor=anchor,
                font_family=f"'{family}'" if family else None,
            )
            for part, family, left, anchor in _placed(line, x, pen)
        ]
    tip: list[svg.Element] = [svg.Title(text=_text(mark.whole))] if mark.whole else []
    return svg.Text(
        font_size=pen.size,
        font_weight="bold" if pen.bold else None,
        fill=pen.color,
        elements=[*tip, *lines],
    )


def _placed(line: str, x: float, pen: Pen) -> Iterator[tuple[str, str, float, Anchor]]:
    """The pieces of a line that one font draws each, in the direction of the line.

    Renderers lose letters, and more, where fonts change in the middle of a line: so each piece of
    a mixed line is placed by itself.
    """
    pieces = runs(line)
    if len(pieces) == 1:
        yield (*pieces[0], x, pen.anchor)
        return
    widths = [width(part, pen.size, bold=pen.bold) / SLACK for part, _ in pieces]
    left = x - sum(widths) * {"start": 0, "middle": 0.5, "end": 1}[pen.anchor]
    both = list(zip(pieces, widths, strict=True))
    for (part, family), wide in reversed(both) if rightward(line) else both:
        indent = width(part[: len(part) - len(part.lstrip())], pen.size, bold=pen.bold)
        if family and rightward(line):
            yield part, family, left + wide, "end"
        else:
            yield part, family, left + indent, "start"
        left += wide


@element.register
def _stroke(mark: Stroke) -> svg.Element:
    return svg.Polyline(
        points=[svg.Point(_number(x), _number(y)) for x, y in mark.points],
        fill="none",
        stroke=mark.color,
        stroke_width=mark.weight,
        stroke_dasharray=_dashes(mark.dash),
        stroke_linejoin="round",
    )


@element.register
def _symbol(mark: Symbol) -> svg.Element:
    shape = _SHAPES[mark.shape](mark)
    if not mark.tip:
        return shape
    return svg.G(elements=[svg.Title(text=_text(mark.tip)), shape])


def _dashes(dash: str) -> list[Decimal | float | int] | None:
    return [float(part) for part in dash.split()] or None


def _circle(mark: Symbol) -> svg.Element:
    return svg.Circle(
        cx=_number(mark.x), cy=_number(mark.y), r=mark.radius, fill=mark.color, stroke=PAPER
    )


def _hollow(mark: Symbol) -> svg.Element:
    return svg.Circle(
        cx=_number(mark.x),
        cy=_number(mark.y),
        r=mark.radius,
        fill=PAPER,
        stroke=mark.color,
        stroke_width=1.5,
    )


def _corners(count: int, turn: float, grow: float) -> Callable[[Symbol], svg.Element]:
    """A regular polygon, its first corner `turn` of a full turn after the top."""

    def polygon(mark: Symbol) -> svg.Element:
        angles = [2 * pi * (turn + corner / count) for corner in range(count)]
        size = mark.radius * grow
        spots = [(mark.x + size * sin(angle), mark.y - size * cos(angle)) for angle in angles]
        return svg.Polygon(
            points=[svg.Point(_number(x), _number(y)) for x, y in spots],
            fill=mark.color,
            stroke=PAPER,
        )

    return polygon


def _cross(mark: Symbol) -> svg.Element:
    x, y, r = mark.x, mark.y, mark.radius * 0.8
    return svg.Path(
        d=[svg.M(x - r, y - r), svg.L(x + r, y + r), svg.M(x + r, y - r), svg.L(x - r, y + r)],
        stroke=mark.color,
        stroke_width=2,
        fill="none",
    )


_SHAPES: dict[Shape, Callable[[Symbol], svg.Element]] = {
    Shape.CIRCLE: _circle,
    Shape.HOLLOW: _hollow,
    Shape.SQUARE: _corners(4, 1 / 8, 1.25),
    Shape.TRIANGLE: _corners(3, 0, 1.35),
    Shape.DIAMOND: _corners(4, 0, 1.3),
    Shape.CROSS: _cross,
}
