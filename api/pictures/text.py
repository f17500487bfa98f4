"""How wide words are, and how they break into lines: measured with the fonts that come along."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

FONTS = Path(__file__).with_name("fonts")
LEADING = 1.362
"""From one line to the next, of the size: what Noto Sans itself asks for."""
ASCENT = 1.069
"""From the top of a line to where its letters stand, of the size."""
SLACK = 1.02
"""Fonts are shaped elsewhere, with kerning and rounding: a little more than the letters need."""
UNITS = 1000
FAMILIES = {
    "NotoSansHebrew-Regular": "Noto Sans Hebrew",
    "NotoSansArabic-Regular": "Noto Sans Arabic",
}
LONGEST = 12_000
"""Longer texts are cut before they are looked at; no field of a journey is longer."""

# What XML forbids, and what turns the direction of others' words.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e"
    "\\u2060-\\u2069\\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")


class Broken(NamedTuple):
    """Lines; `cut` when there was more than fits."""

    lines: list[str]
    cut: bool


def clean(text: str, most: int = LONGEST) -> str:
    """What can be drawn of a text: no control characters, spaces as one, lines as they are."""
    seen = _UNSEEN.sub("", text[:most].replace("\r\n", "\n"))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in seen.split("\n")).strip()


@cache
def _measure(name: str) -> Callable[[str], float]:
    """What tells how wide letters are in a font, in units of `UNITS`."""
    from PIL import ImageFont

    plain = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), UNITS, layout_engine=plain).getlength


def _face(point: int, bold: bool) -> str | None:
    """The font that draws a letter; None when none of ours does."""
    if 0x590 <= point < 0x600 or 0xFB1D <= point < 0xFB50:
        return "NotoSansHebrew-Regular"
    if 0x600 <= point < 0x700 or 0x750 <= point < 0x780 or 0xFB50 <= point < 0xFF00:
        return "NotoSansArabic-Regular"
    if point < 0x590 or 0x1E00 <= point < 0x2300:
        return "NotoSans-Bold" if bold else "NotoSans-Regular"
    return None


def runs(line: str) -> list[tuple[str, str]]:
    """A line in pieces that one font draws each, with the family of those that are not usual.

    Some renderers lose the dots of letters whose font they have to find in the middle of a line.
    """
    found: list[tuple[str, str]] = []
    for letter in line:
        family = FAMILIES.get(_face(ord(letter), False) or "", "")
        if found and (found[-1][1] == family or (letter == " " and found[-1][1])):
            found[-1] = (found[-1][0] + letter, found[-1][1])
        else:
            found.append((letter, family))
    return found


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    """How wide a letter is, of the size. Of scripts that do not come along a safe guess."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.3 if ord(letter) >= 0x1F000 else 1.0
    face = _face(ord(letter), bold)
    return 0.95 if face is None else _measure(face)(letter) / UNITS


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is at most, in the units of `size`."""
    return sum(_advance(letter, bold) for letter in text) * size * SLACK


def rightward(text: str) -> bool:
    """Whether a text begins at the right: its first letter says so."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """A line that fits; where it is too long, its end becomes an ellipsis."""
    if width(text, size, bold=bold) <= room:
        return text
    left = text
    while left and width(left + "…", size, bold=bold) > room:
        left = left[:-1]
    return left.rstrip() + "…"


def broken(text: str, room: float, size: float, *, bold: bool = False, most: int = 4) -> Broken:
    """Text in at most so many lines that fit; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for line in _lines(clean(text), room, size, bold):
        if len(lines) == most:
            last = fitted(lines[-1] + " " + line, room, size, bold=bold)
            ended = last if last.endswith("…") else fitted(last + "…", room, size, bold=bold)
            return Broken([*lines[:-1], ended], True)
        lines.append(line)
    return Broken(lines, False)


def _lines(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    for paragraph in text.split("\n"):
        if not paragraph:
            continue
        line, used = "", 0.0
        for piece in _pieces(paragraph, room, size, bold):
            wide = width(piece, size, bold=bold)
            if line and used + width(piece.rstrip(), size, bold=bold) > room:
                yield line.rstrip()
                line, used = "", 0.0
            line, used = line + piece, used + wide
        if line.strip():
            yield line.rstrip()


def _pieces(paragraph: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """What may stand on a line together: words with the space after, wide letters one by one."""
    for word in re.findall(r"\S+\s*", paragraph):
        run = ""
        for letter in word:
            wide = unicodedata.east_asian_width(letter) in "WF"
            full = run and width(run + letter.rstrip(), size, bold=bold) > room
            if run and (full or wide) and not unicodedata.combining(letter):
                yield run
                run = ""
            run += letter
        if run:
            yield run
