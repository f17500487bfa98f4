"""The moments of truth, strongest first, as bars."""

from api.pictures.chart import PAGE, Chart, rows_of
from api.pictures.frame import MARGIN
from api.pictures.marks import Box, Mark, Panel, Pen, Row, bottom, line, stacked
from api.pictures.scale import Scale
from api.pictures.theme import ALARM, LOOKS, MUTED, PANEL
from api.pictures.values import RankRow, RankValues

KIND = "Ranking of moments of truth"
NAMES = 420.0
NAME, SMALL, NOBODY = Pen(12, bold=True), Pen(10.5, color=MUTED), Pen(10.5, bold=True, color=ALARM)
LEFT, RIGHT = MARGIN + NAMES + 20, PAGE[0] - MARGIN - 120


def chart(values: RankValues) -> Chart:
    """A bar for each moment."""
    scale = Scale(values.low, values.high, LEFT, RIGHT)
    ends = f"from {values.low:g} to {values.high:g}"
    return Chart(
        values.head,
        KIND,
        lambda y: Row(list(scale.figures(y)), y + 18),
        rows_of(
            values.rows,
            lambda row, y: _row(row, scale, y),
            "This journey has no moment of truth yet.",
        ),
        [_told(row) for row in values.rows],
        notes=f"Score: {values.measure}, {ends}; the bars begin at {values.low:g}.",
    )


def _row(row: RankRow, scale: Scale, y: float) -> Row:
    label = Box(MARGIN + 8, y + 7, NAMES - 16, 0)
    who = (row.accountable or "Nobody is accountable yet", SMALL if row.accountable else NOBODY, 2)
    words = stacked(label, (f"{_place(row)} {row.name}", NAME, 3), who)
    end = bottom(words, y) + 7
    marks: list[Mark] = [Panel(Box(MARGIN, y, PAGE[0] - 2 * MARGIN, end - y), PANEL, kind="answer")]
    marks += [*words, *scale.lines(y, end)]
    middle = (y + end) / 2
    x = scale.left if row.score is None else scale.at(row.score)
    if row.score is not None:
        bar = Box(scale.left, middle - 8, max(x - scale.left, 1), 16)
        marks.append(Panel(bar, LOOKS[0].color))
    marks.append(line(Box(x + 6, middle - 8, 110, 0), _score(row), Pen(11, bold=True)))
    return Row(marks, end + 6)


def _place(row: RankRow) -> str:
    if row.rank is None:
        return "Not ranked:"
    return f"{row.rank}." + (" (shared)" if row.tied else "")


def _score(row: RankRow) -> str:
    return "no score yet" if row.score is None else f"{row.score:.2f} (n={row.n})"


def _told(row: RankRow) -> str:
    who = row.accountable or "nobody yet"
    return f"{_place(row)} {row.name}: {_score(row)}. Accountable: {who}."
