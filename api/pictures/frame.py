"""What is around every picture: its head, its foot, and a legend that wraps."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.pictures.marks import Box, Mark, Pen, Picture, Symbol, bottom, line, stacked
from api.pictures.text import width
from api.pictures.theme import INK, MUTED, Shape
from api.pictures.values import Head

MARGIN = 28.0
TITLE, FACT, NOTE = Pen(20, bold=True), Pen(11, color=MUTED), Pen(10, color=MUTED)
KEY = Pen(10.5, color=INK)
SWATCH = 18.0


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    shape: Shape
    color: str
    says: str


def opened(head: Head, kind: str, picture: Picture, beside: str = "") -> float:
    """Write the head of a picture; where what follows may begin."""
    room = Box(MARGIN, MARGIN, picture.width - 2 * MARGIN, 0)
    facts = "  ·  ".join(fact for fact in (kind, *head.facts) if fact)
    state = "  ·  ".join(part for part in (head.state, beside) if part)
    blocks = stacked(room, (head.title, TITLE, 2), (facts, FACT, 3), (state, FACT, 2))
    picture.marks += blocks
    return bottom(blocks, MARGIN) + 12


def legend(keys: Sequence[Key], at: Box) -> tuple[list[Mark], float]:
    """Keys side by side, in as many rows as they need; and where the next thing may begin."""
    marks: list[Mark] = []
    x, y, step = at.x, at.y, 18.0
    for key in keys:
        wide = min(width(key.says, KEY.size) + 1, at.width - SWATCH)
        if x > at.x and x + SWATCH + wide > at.right:
            x, y = at.x, y + step
        marks.append(Symbol(key.shape, x + 6, y + 7.5, 4.5, key.color))
        marks.append(line(Box(x + SWATCH, y, wide, 0), key.says, KEY))
        x += SWATCH + wide + 18
    return marks, y + step if keys else y


def closed(picture: Picture, head: Head, keys: Sequence[Key], y: float, notes: str = "") -> None:
    """Write legend, notes and attribution below `y`, and end the picture there."""
    room = Box(MARGIN, y, picture.width - 2 * MARGIN, 0)
    marks, y = legend(keys, room)
    below = Box(room.x, y + 2, room.width, 0)
    source = f"Source: {head.attribution}" if head.attribution else ""
    words = stacked(below, (notes, NOTE, 6), (source, NOTE, 6))
    picture.marks += [*marks, *words]
    picture.height = max(picture.height, bottom(words, y) + MARGIN)


def foot(head: Head, keys: Sequence[Key], width: float, notes: str = "") -> float:
    """How high legend, notes and attribution are, with the margin below them."""
    tried = Picture("", width, 0, [])
    closed(tried, head, keys, 0, notes)
    return tried.height


def opening_words(head: Head, kind: str) -> list[str]:
    """The same head, told."""
    said = [f"{kind}: {head.title}.", *head.facts, head.state]
    return [part for part in said if part]
