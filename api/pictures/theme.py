"""Colors, sizes and shapes. No color says anything by itself: a shape or a word says it too."""

from dataclasses import dataclass
from enum import StrEnum

FONT = "Noto Sans"
FAMILY = "'Noto Sans', 'Noto Sans Hebrew', 'Noto Sans Arabic', 'Segoe UI', Arial, sans-serif"

PAPER = "#ffffff"
INK = "#1b1f24"
MUTED = "#545b64"
PANEL = "#eef1f4"
CARD = "#ffffff"
EDGE = "#868e98"
GRID = "#cdd3da"
HEADER = "#1f3a54"
ON_HEADER = "#ffffff"
MOMENT = "#fff3d6"
ALARM = "#a63c00"
"""What is missing or late: always beside a word that says so."""


class Shape(StrEnum):
    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    HOLLOW = "hollow"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Look:
    """How one of several is told apart: by color, by shape, and by dashes of its line."""

    color: str
    shape: Shape
    dash: str = ""


# Okabe and Ito's palette, which people with any color vision tell apart; the last one darkened, so
# that it stands out from white by 3 to 1.
LOOKS = (
    Look("#0072b2", Shape.CIRCLE),
    Look("#d55e00", Shape.SQUARE, "7 4"),
    Look("#00835f", Shape.TRIANGLE, "2 4"),
    Look("#9b4f86", Shape.DIAMOND, "10 3 2 3"),
)

# From seldom to often, light to dark; the number stands in each field.
HEAT = ("#ffffff", "#deebf7", "#9ecae1", "#4292c6", "#08519c")
ON_HEAT = (INK, INK, INK, INK, "#ffffff")


def look(place: int) -> Look:
    """The look of the nth of several; past the fourth they come again."""
    return LOOKS[place % len(LOOKS)]


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colors stand apart, 1 to 21 (WCAG 2.2): text needs 4.5, shapes need 3."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
