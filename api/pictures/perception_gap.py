"""Where the groups see a touchpoint differently: a dot for each group, a line between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from api.pictures.chart import PAGE, Chart, rows_of
from api.pictures.frame import MARGIN, Key, legend
from api.pictures.marks import (
    Box,
    Mark,
    Panel,
    Pen,
    Picture,
    Row,
    Stroke,
    Symbol,
    bottom,
    line,
    stacked,
)
from api.pictures.scale import Scale
from api.pictures.theme import ALARM, EDGE, MUTED, PANEL, look
from api.pictures.values import Dot, GapRow, GapValues
from domain.roles import Group

KIND = "Perception gap"
LINE = 17.0
NAME, SMALL, FLAG = Pen(12, bold=True), Pen(10.5, color=MUTED), Pen(10.5, bold=True, color=ALARM)
VALUE = Pen(10)
GROUPS = list(Group)
NOTES = (
    "Each shape is the mean of a group on the axis where the groups are furthest apart, from 1 to "
    "5, with the number of raters. A gap is flagged from 1.0. Groups of frontline or support staff "
    "with fewer than three raters are not shown."
)
KEYS = [Key(look(at).shape, look(at).color, one.says) for at, one in enumerate(GROUPS)]


@dataclass(frozen=True, slots=True)
class Frame:
    """Names at the left, the scale in the middle, figures at the right."""

    left: float
    right: float
    names: float
    lines: int = 4

    @property
    def scale(self) -> Scale:
        return Scale(1, 5, self.left + self.names + 24, self.right - 176)


WIDE = Frame(MARGIN, PAGE[0] - MARGIN, 300)
STRIP = Frame(0, 690, 200, lines=20)


def chart(values: GapValues) -> Chart:
    """The touchpoints that somebody has rated, widest gap first."""
    rated = [row for row in values.rows if row.dots]
    unrated = [row.name for row in values.rows if not row.dots]
    notes = NOTES + (f" Nobody has rated: {', '.join(unrated)}." if unrated else "")
    rows = rows_of(rated, partial(_row, WIDE), "Nobody has rated a touchpoint of this journey yet.")
    above = partial(_above, WIDE)
    return Chart(values.head, KIND, above, rows, [told(row) for row in rated], KEYS, notes)


def strip(title: str, rows: Sequence[GapRow]) -> Picture:
    """A few touchpoints and nothing around them, to stand in a page of text."""
    picture = Picture(title, STRIP.right, 0, [f"{title}.", *(told(row) for row in rows)])
    picture.marks, y = _above(STRIP, 0)
    for row in rows:
        found = _row(STRIP, row, y)
        picture.marks += found.marks
        y = found.next_y
    marks, y = legend(KEYS, Box(0, y + 2, STRIP.right, 0))
    picture.marks += marks
    picture.height = y
    return picture


def _above(frame: Frame, y: float) -> Row:
    return Row(list(frame.scale.figures(y)), y + 18)


def _row(frame: Frame, row: GapRow, y: float) -> Row:
    """A line for each group, so that equal means do not hide each other."""
    label = Box(frame.left + 8, y + 7, frame.names - 16, 0)
    words = stacked(label, (row.name, NAME, frame.lines), (*_gap(row), 2))
    end = max(bottom(words, y) + 7, y + 14 + LINE * len(row.dots))
    behind = Box(frame.left, y, frame.right - frame.left, end - y)
    marks: list[Mark] = [Panel(behind, PANEL, kind="answer"), *words]
    marks += [*frame.scale.lines(y, end), *_between(frame.scale, row.dots, y + 7)]
    for place, dot in enumerate(row.dots):
        marks += _dot(frame, dot, y + 7 + place * LINE)
    return Row(marks, end + 6)


def _gap(row: GapRow) -> tuple[str, Pen]:
    if row.difference is None:
        return f"{row.axis}: no two groups to compare", SMALL
    says = f"{row.axis}: {row.difference:.2f} apart"
    return (f"{says}, flagged", FLAG) if row.flagged else (says, SMALL)


def _between(scale: Scale, dots: Sequence[Dot], y: float) -> Iterator[Mark]:
    """A line from the lowest to the highest."""
    spots = sorted((dot.mean, place) for place, dot in enumerate(dots) if dot.mean is not None)
    if len(spots) > 1:
        ends = [(scale.at(mean), y + (at + 0.5) * LINE) for mean, at in (spots[0], spots[-1])]
        yield Stroke(tuple(ends), EDGE, 2, "2 3")


def _dot(frame: Frame, dot: Dot, y: float) -> Iterator[Mark]:
    its, scale = look(GROUPS.index(dot.group)), frame.scale
    says = f"{dot.group.says} n={dot.n}, too few" if dot.mean is None else _mean(dot)
    if dot.mean is not None:
        at = scale.at(dot.mean), y + LINE / 2
        yield Symbol(its.shape, *at, 5.5, its.color, f"{dot.group.says}: {says}")
    yield line(Box(scale.right + 16, y + 1, frame.right - scale.right - 20, 0), says, VALUE)


def _mean(dot: Dot) -> str:
    return f"{dot.group.says} {dot.mean:.2f} (n={dot.n})"


def told(row: GapRow) -> str:
    dots = "; ".join(in_words(dot) for dot in row.dots)
    return f"{row.name}: {_gap(row)[0]}. {dots}."


def in_words(dot: Dot) -> str:
    """What a group says, or that too few of it do."""
    if dot.mean is None:
        return f"{dot.group.says} n={dot.n}, too few to show"
    return f"{dot.group.says} {dot.mean:.2f} of 5, n={dot.n}"
