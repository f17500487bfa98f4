"""What a picture is made of, as plain values: they can be checked before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from api.pictures.text import LEADING, broken, clean, fitted, rightward
from api.pictures.theme import INK, Shape

Anchor = Literal["start", "middle", "end"]
TOLERANCE = 0.01
MOST_TOLD = 500_000
"""Letters of a description; who needs more reads the map itself."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downward."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return (
            other.x >= self.x - TOLERANCE
            and other.y >= self.y - TOLERANCE
            and other.right <= self.right + TOLERANCE
            and other.bottom <= self.bottom + TOLERANCE
        )

    def meets(self, other: "Box") -> bool:
        """Whether both cover some of the same ground."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > TOLERANCE
            and min(self.bottom, other.bottom) - max(self.y, other.y) > TOLERANCE
        )

    def inset(self, by: float) -> "Box":
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Pen:
    """How words are written."""

    size: float = 11
    bold: bool = False
    color: str = INK
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled rectangle; `kind` says what it is for, to whoever checks."""

    box: Box
    fill: str
    edge: str = ""
    radius: float = 0
    dash: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines that fit into their box; `whole` is the text when some of it had to be cut."""

    box: Box
    lines: tuple[str, ...]
    pen: Pen
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    color: str
    weight: float = 1
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A small shape around a point; `tip` is told when somebody points at it."""

    shape: Shape
    x: float
    y: float
    radius: float
    color: str
    tip: str = ""


Mark = Panel | Words | Stroke | Symbol


class Row(NamedTuple):
    """What a row is made of, and where the next one may begin."""

    marks: list[Mark]
    next_y: float


@dataclass(slots=True)
class Picture:
    """A picture with its words for those who do not see it, in an order that can be read."""

    title: str
    width: float
    height: float
    told: list[str]
    marks: list[Mark] = field(default_factory=list)

    def description(self) -> str:
        """All that is told, as one text."""
        return clean("\n".join(self.told), MOST_TOLD)

    def words(self) -> list[Words]:
        return [mark for mark in self.marks if isinstance(mark, Words)]

    def panels(self, kind: str) -> list[Panel]:
        return [mark for mark in self.marks if isinstance(mark, Panel) and mark.kind == kind]


def written(at: Box, text: str, pen: Pen, most: int = 1) -> Words:
    """Text from the top of a box in at most so many lines; the box shrinks to what is used."""
    found = broken(text, at.width, pen.size, bold=pen.bold, most=most)
    height = len(found.lines) * pen.size * LEADING
    whole = clean(text) if found.cut else ""
    if pen.anchor == "start" and rightward(text):
        pen = Pen(pen.size, pen.bold, pen.color, "end")
    return Words(Box(at.x, at.y, at.width, height), tuple(found.lines), pen, whole)


def line(at: Box, text: str, pen: Pen) -> Words:
    """One line from the top of a box."""
    told = clean(text).replace("\n", " ")
    short = fitted(told, at.width, pen.size, bold=pen.bold)
    box = Box(at.x, at.y, at.width, pen.size * LEADING)
    return Words(box, (short,), pen, told if short != told else "")


def stacked(at: Box, *blocks: tuple[str, Pen, int]) -> list[Words]:
    """Texts below each other; those that say nothing take no room."""
    placed: list[Words] = []
    y = at.y
    for text, pen, most in blocks:
        if clean(text):
            found = written(Box(at.x, y, at.width, 0), text, pen, most)
            placed.append(found)
            y = found.box.bottom + 2
    return placed


def bottom(words: Sequence[Words], otherwise: float) -> float:
    """Where the last of them ends."""
    return max((one.box.bottom for one in words), default=otherwise)
