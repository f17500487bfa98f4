"""The rows of a journey map: each is drawn from a height downward and says where it ends."""

from collections.abc import Callable, Sequence

from api.pictures.map_grid import GAP, Sheet
from api.pictures.marks import Box, Mark, Panel, Pen, Row, Symbol, Words, bottom, stacked
from api.pictures.theme import (
    ALARM,
    CARD,
    EDGE,
    GRID,
    HEADER,
    INK,
    MOMENT,
    MUTED,
    ON_HEADER,
    PANEL,
    Shape,
)
from api.pictures.values import Contact, LaneRow, MomentMark

PAD = 8.0
ROW_HEAD = Pen(11, bold=True)
STAGE, GOAL = Pen(14, bold=True, color=ON_HEADER), Pen(10.5, color=ON_HEADER)
NAME, SMALL = Pen(12, bold=True), Pen(10.5, color=MUTED)
ANSWER = Pen(10.5)
NOBODY, ALARMED = Pen(10.5, bold=True, color=ALARM), Pen(10.5, color=ALARM)
MOST_LINES = 14
"""Of one answer on a map; the whole text is told when somebody points at it."""


Band = Callable[[Sheet, float], Row]


def named(sheet: Sheet, y: float, text: str) -> list[Words]:
    """The head of a row."""
    return stacked(sheet.head(y + PAD), (text, ROW_HEAD, 8))


def paneled(boxes: Sequence[Box], words: list[Words], head: list[Words], look: Panel) -> Row:
    """Panels as high as the highest of their words, and the words on them."""
    y = boxes[0].y if boxes else head[0].box.y
    end = max(bottom(words, y + PAD), bottom(head, y)) + PAD
    panels = [
        Panel(Box(box.x, box.y, box.width, end - box.y), look.fill, look.edge, 4, kind=look.kind)
        for box in boxes
    ]
    return Row([*panels, *head, *words], end + GAP)


def _inner(box: Box) -> Box:
    return Box(box.x + PAD, box.y + PAD, box.width - 2 * PAD, 0)


def stage_row(sheet: Sheet, y: float) -> Row:
    """The stages over their columns, with what the customer wants there."""
    words: list[Words] = []
    spans = list(sheet.spans(y))
    for span in spans:
        stage = sheet.values.stages[span.stage]
        name = f"{span.stage + 1}  {stage.name}" + (" (continued)" if span.continued else "")
        words += stacked(_inner(span.box), (name, STAGE, 4), (stage.goal, GOAL, 4))
    look = Panel(Box(0, 0, 0, 0), HEADER, kind="stage")
    return paneled([span.box for span in spans], words, named(sheet, y, "Stages"), look)


def card_row(sheet: Sheet, y: float) -> Row:
    """The touchpoints, with their channels; moments of truth carry their rank."""
    words: list[Words] = []
    symbols: list[Mark] = []
    for place, _, contact in sheet.contacts():
        room = _inner(sheet.cell(place, y))
        moment = contact.moment
        if moment is not None:
            symbols.append(Symbol(Shape.DIAMOND, room.x + 6, room.y + 8, 6, ALARM))
            label = Box(room.x + 17, room.y, room.width - 17, 0)
            words += stacked(label, (moment_label(moment), Pen(10.5, bold=True, color=INK), 2))
            room = Box(room.x, bottom(words[-1:], room.y) + 3, room.width, 0)
        words += stacked(room, (contact.name, NAME, 6), (_channels(contact), SMALL, 3))
    boxes = [sheet.cell(place, y) for place in range(len(sheet.columns))]
    look = Panel(Box(0, 0, 0, 0), CARD, EDGE, kind="card")
    row = paneled(boxes, words, named(sheet, y, "Touchpoints and their channels"), look)
    tinted = {sheet.cell(place, y).x for place, _, one in sheet.contacts() if one.moment}
    marks = [_tinted(mark, tinted) for mark in row.marks]
    return Row([*marks, *symbols], row.next_y)


def _tinted(mark: Mark, tinted: set[float]) -> Mark:
    if isinstance(mark, Panel) and mark.box.x in tinted:
        return Panel(mark.box, MOMENT, ALARM, mark.radius, kind=mark.kind)
    return mark


def moment_label(moment: MomentMark) -> str:
    """That it is a moment of truth, and how it ranks."""
    if moment.rank is None:
        return "Moment of truth, not ranked yet"
    tied = " (shared)" if moment.tied else ""
    return f"Moment of truth no. {moment.rank}{tied}"


def _channels(contact: Contact) -> str:
    told = ", ".join(contact.channels) or "no channel named"
    return f"{told} (optional)" if contact.optional else told


def lane_row(lane: LaneRow) -> Band:
    """A question, with the answers at the stages above those at the touchpoints."""

    def row(sheet: Sheet, y: float) -> Row:
        head = named(sheet, y, lane.question)
        words: list[Words] = []
        boxes: list[Box] = []
        for span in sheet.spans(y):
            told = stacked(_inner(span.box), (lane.of_stages[span.stage], ANSWER, MOST_LINES))
            boxes += [span.box] if told else []
            words += told
        upper = paneled(boxes, words, [], _ANSWERED) if words else Row([], y)
        lower = _answers(sheet, lane, upper.next_y)
        if not upper.marks and not lower.marks:
            return unanswered(sheet, y, head, "Nobody has answered here.")
        return Row([*head, *upper.marks, *lower.marks], max(lower.next_y, bottom(head, y) + GAP))

    return row


_ANSWERED = Panel(Box(0, 0, 0, 0), PANEL, kind="answer")


def _answers(sheet: Sheet, lane: LaneRow, y: float) -> Row:
    words: list[Words] = []
    boxes: list[Box] = []
    for place, contact, _ in sheet.contacts():
        box = sheet.cell(place, y)
        told = stacked(_inner(box), (lane.of_contacts[contact], ANSWER, MOST_LINES))
        boxes += [box] if told else []
        words += told
    return paneled(boxes, words, [], _ANSWERED) if words else Row([], y)


def unanswered(sheet: Sheet, y: float, head: list[Words], says: str) -> Row:
    """A row that nobody has answered here says so, once."""
    left = sheet.left(0)
    wide = sheet.left(max(len(sheet.columns), 1)) - GAP - left
    words = stacked(Box(left + PAD, y + PAD, wide - 2 * PAD, 0), (says, SMALL, 1))
    end = max(bottom(words, y), bottom(head, y)) + PAD
    edge = Panel(Box(left, y, wide, end - y), CARD, GRID, 4, "3 3", kind="answer")
    return Row([edge, *head, *words], end + GAP)


def moment_row(sheet: Sheet, y: float) -> Row:
    """Who answers for each moment of truth, and what it lacks."""
    words: list[Words] = []
    boxes: list[Box] = []
    for place, _, contact in sheet.contacts():
        if contact.moment is not None:
            box = sheet.cell(place, y)
            boxes.append(box)
            words += stacked(_inner(box), *_answering(contact.moment))
    head = named(sheet, y, "Who answers for the moments of truth")
    if not boxes:
        return Row([], y)
    return paneled(boxes, words, head, Panel(Box(0, 0, 0, 0), CARD, EDGE, kind="moment"))


def _answering(moment: MomentMark) -> list[tuple[str, Pen, int]]:
    if not moment.accountable:
        who = ("Nobody yet", NOBODY, 1)
    elif moment.accepted:
        who = (moment.accountable, Pen(10.5, bold=True), 3)
    else:
        who = (f"{moment.accountable}, not accepted yet", NOBODY, 3)
    score = "no score yet" if moment.score is None else f"emotional impact {moment.score:.2f} of 5"
    missing = "Missing: " + ", ".join(moment.missing) if moment.missing else ""
    return [who, (f"{moment.status}, {score}", SMALL, 3), (missing, ALARMED, 6)]
