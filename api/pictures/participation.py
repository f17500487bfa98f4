"""Who has spoken where: departments and groups by stage, with silence to be seen."""

from collections.abc import Sequence

from api.pictures.chart import PAGE, Chart, rows_of
from api.pictures.frame import MARGIN, Key
from api.pictures.marks import Box, Mark, Panel, Pen, Row, Words, bottom, stacked
from api.pictures.theme import ALARM, GRID, HEAT, ON_HEAT, PAPER, Shape
from api.pictures.values import HeatRow, HeatValues

KIND = "Participation"
NAMES, NARROW, GAP = 210.0, 96.0, 4.0
NAME, STAGE = Pen(11, bold=True), Pen(10.5, bold=True)
SILENT = Pen(10.5, bold=True, color=ALARM)
STEPS = (0, 1, 3, 6, 12)
"""From how many voices on a field has the next color."""
WHOLE = "Whole journey"
NOTES = (
    "Voices are annotations that everybody may read, and ratings. The darker a field, the more "
    "voices; the number stands in it. Asked counts the members asked for input there."
)


def chart(values: HeatValues) -> Chart:
    """A row for each department and group."""
    stages = [*values.stages, WHOLE]
    width = max(PAGE[0], 2 * MARGIN + NAMES + len(stages) * (NARROW + GAP))
    cell = (width - 2 * MARGIN - NAMES) / len(stages) - GAP
    return Chart(
        values.head,
        KIND,
        lambda y: _above(stages, cell, y),
        rows_of(
            values.rows,
            lambda row, y: _row(row, cell, y),
            "Nobody was asked yet, and nobody has spoken.",
        ),
        [_told(row, stages) for row in values.rows],
        [Key(Shape.CROSS, ALARM, "Silent: asked, and no voice")],
        NOTES,
        width,
    )


def _left(place: int, cell: float) -> float:
    return MARGIN + NAMES + place * (cell + GAP)


def _above(stages: Sequence[str], cell: float, y: float) -> Row:
    words: list[Words] = []
    for place, stage in enumerate(stages):
        words += stacked(Box(_left(place, cell) + 4, y, cell - 8, 0), (stage, STAGE, 4))
    return Row([*words], bottom(words, y) + 6)


def _row(row: HeatRow, cell: float, y: float) -> Row:
    head = stacked(Box(MARGIN, y + 6, NAMES - 10, 0), (row.name, NAME, 4))
    end = max(bottom(head, y) + 6, y + 42)
    marks: list[Mark] = [*head]
    for place, (asked, voices) in enumerate(zip(row.asked, row.voices, strict=True)):
        marks += _cell(asked, voices, Box(_left(place, cell), y, cell, end - y))
    return Row(marks, end + GAP)


def _cell(asked: int, voices: int, box: Box) -> list[Mark]:
    at = Box(box.x + 6, box.y + 4, box.width - 12, 0)
    if asked and not voices:
        says = stacked(at, ("\u00d7 silent", SILENT, 1), (f"asked {asked}", SILENT, 1))
        return [Panel(box, PAPER, ALARM, 3, "4 3", kind="answer"), *says]
    shade = sum(voices >= step for step in STEPS) - 1
    ink = ON_HEAT[shade]
    number = (f"{voices}", Pen(12, bold=True, color=ink), 1)
    small = (f"asked {asked}" if asked else "", Pen(9.5, color=ink), 1)
    return [Panel(box, HEAT[shade], GRID, 3, kind="answer"), *stacked(at, number, small)]


def _told(row: HeatRow, stages: Sequence[str]) -> str:
    parts = []
    for stage, asked, voices in zip(stages, row.asked, row.voices, strict=True):
        if asked and not voices:
            parts.append(f"{stage}: silent, asked {asked}")
        elif voices:
            parts.append(f"{stage}: {voices} voices, asked {asked}")
    return f"{row.name}. {'; '.join(parts)}."
