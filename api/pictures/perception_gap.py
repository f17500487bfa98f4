"""Where the groups see a touchpoint differently: a dot for each group, a line between them."""

from collections.abc import Iterator, Sequence

from api.pictures.chart import PAGE, Chart, rows_of
from api.pictures.frame import MARGIN, Key
from api.pictures.marks import Box, Mark, Panel, Pen, Row, Stroke, Symbol, bottom, line, stacked
from api.pictures.scale import Scale
from api.pictures.theme import ALARM, EDGE, MUTED, PANEL, look
from api.pictures.values import Dot, GapRow, GapValues
from domain.roles import Group

KIND = "Perception gap"
NAMES, LINE = 300.0, 17.0
NAME, SMALL, FLAG = Pen(12, bold=True), Pen(10.5, color=MUTED), Pen(10.5, bold=True, color=ALARM)
VALUE = Pen(10)
SCALE = Scale(1, 5, MARGIN + NAMES + 30, PAGE[0] - MARGIN - 190)
GROUPS = list(Group)
NOTES = (
    "Each shape is the mean of a group on the axis where the groups are furthest apart, from 1 to "
    "5, with the number of raters. A gap is flagged from 1.0. Groups of frontline or support staff "
    "with fewer than three raters are not shown."
)
KEYS = [Key(look(at).shape, look(at).color, one.says) for at, one in enumerate(GROUPS)]


def chart(values: GapValues) -> Chart:
    """The touchpoints that somebody has rated, widest gap first."""
    rated = [row for row in values.rows if row.dots]
    unrated = [row.name for row in values.rows if not row.dots]
    notes = NOTES + (f" Nobody has rated: {', '.join(unrated)}." if unrated else "")
    rows = rows_of(rated, _row, "Nobody has rated a touchpoint of this journey yet.")
    return Chart(values.head, KIND, _above, rows, [_told(row) for row in rated], KEYS, notes)


def _above(y: float) -> Row:
    return Row(list(SCALE.figures(y)), y + 18)


def _row(row: GapRow, y: float) -> Row:
    """A line for each group, so that equal means do not hide each other."""
    words = stacked(Box(MARGIN + 8, y + 7, NAMES - 16, 0), (row.name, NAME, 3), (*_gap(row), 2))
    end = max(bottom(words, y) + 7, y + 14 + LINE * len(row.dots))
    marks: list[Mark] = [Panel(Box(MARGIN, y, PAGE[0] - 2 * MARGIN, end - y), PANEL, kind="answer")]
    marks += [*words, *SCALE.lines(y, end), *_between(row.dots, y + 7)]
    for place, dot in enumerate(row.dots):
        marks += _dot(dot, y + 7 + place * LINE)
    return Row(marks, end + 6)


def _gap(row: GapRow) -> tuple[str, Pen]:
    if row.difference is None:
        return f"{row.axis}: no two groups to compare", SMALL
    says = f"{row.axis}: {row.difference:.2f} apart"
    return (f"{says}, flagged", FLAG) if row.flagged else (says, SMALL)


def _between(dots: Sequence[Dot], y: float) -> Iterator[Mark]:
    """A line from the lowest to the highest."""
    spots = sorted((dot.mean, place) for place, dot in enumerate(dots) if dot.mean is not None)
    if len(spots) > 1:
        ends = [(SCALE.at(mean), y + (at + 0.5) * LINE) for mean, at in (spots[0], spots[-1])]
        yield Stroke(tuple(ends), EDGE, 2, "2 3")


def _dot(dot: Dot, y: float) -> Iterator[Mark]:
    its = look(GROUPS.index(dot.group))
    says = f"{dot.group.says} n={dot.n}, too few" if dot.mean is None else _mean(dot)
    if dot.mean is not None:
        at = SCALE.at(dot.mean), y + LINE / 2
        yield Symbol(its.shape, *at, 5.5, its.color, f"{dot.group.says}: {says}")
    yield line(Box(SCALE.right + 16, y + 1, PAGE[0] - MARGIN - SCALE.right - 20, 0), says, VALUE)


def _mean(dot: Dot) -> str:
    return f"{dot.group.says} {dot.mean:.2f} (n={dot.n})"


def _told(row: GapRow) -> str:
    dots = [
        f"{dot.group.says} n={dot.n}, too few to show"
        if dot.mean is None
        else f"{dot.group.says} {dot.mean:.2f} of 5, n={dot.n}"
        for dot in row.dots
    ]
    return f"{row.name}: {_gap(row)[0]}. {'; '.join(dots)}."
