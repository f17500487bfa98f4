"""Who says what to whom, drawn from a few lines of text.

    Browser -> Touchstone: POST /v1/sessions
    Touchstone --> Browser: 201, two tokens
    : a quarter of an hour later

`->` asks, `-->` answers, a line that begins with a colon says what happens between. Colors are left
to the style sheet of the page.
"""

import re
from collections.abc import Iterator
from html import escape
from textwrap import wrap

COLUMN = 240
"""Pixels from one party to the next."""
LETTER = 6.5
LINE = 17
HEAD = 30
_SAID = re.compile(r"(?P<by>[^:>-]*?) *(?P<how>-->|->) *(?P<to>[^:]*): *(?P<text>.*)")


def sequence(text: str) -> str:
    """Draw a text as an SVG that stands in a page of HTML."""
    lines = [line.strip() for line in text.strip().splitlines()]
    parties = list(dict.fromkeys(name for line in lines for name in _parties(line)))
    drawn, top = [], float(HEAD + 8)
    for line in lines:
        parts, top = _row(line, parties, top)
        drawn += parts
    width, height = COLUMN * len(parties), top + 10
    kind = "sequence" if len(parties) < 3 else "sequence broad"
    return "\n".join(
        [
            f'<svg class="{kind}" role="img" viewBox="0 0 {width} {height:g}" width="{width}"'
            f' aria-label="{escape("; ".join(lines))}">',
            *(part for name in parties for part in _party(parties.index(name), name, height)),
            *drawn,
            "</svg>",
        ]
    )


def _parties(line: str) -> Iterator[str]:
    if found := _SAID.fullmatch(line):
        yield from (found["by"], found["to"])


def _middle(column: int) -> float:
    return COLUMN * (column + 0.5)


def _party(column: int, name: str, height: float) -> Iterator[str]:
    x, width = _middle(column), COLUMN - 40
    yield f'<line class="life" x1="{x:g}" x2="{x:g}" y1="{HEAD}" y2="{height:g}"/>'
    yield f'<rect class="party" x="{x - width / 2:g}" y="1" width="{width}" height="28" rx="6"/>'
    yield f'<text class="name" x="{x:g}" y="20">{escape(name)}</text>'


def _row(line: str, parties: list[str], top: float) -> tuple[list[str], float]:
    """What a line draws below `top`, and where it ends."""
    found = _SAID.fullmatch(line)
    if found is None:
        x, words, kind = COLUMN * len(parties) / 2, [line.lstrip(": ")], "between"
    else:
        start, end = parties.index(found["by"]), parties.index(found["to"])
        room = max(1, abs(start - end)) * COLUMN - 24
        x, words, kind = (_middle(start) + _middle(end)) / 2, [], "said"
        words = wrap(found["text"], int(room / LETTER))
    drawn = [
        f'<text class="{kind}" x="{x:g}" y="{top + LINE * number - 3:g}">{escape(word)}</text>'
        for number, word in enumerate(words, 1)
    ]
    top += LINE * len(words) + 4
    if found is not None:
        drawn += _arrow(_middle(start), _middle(end), top, is_answer=found["how"] == "-->")
    return drawn, top + 10


def _arrow(start: float, end: float, y: float, *, is_answer: bool) -> list[str]:
    back = -8 if end > start else 8
    kind = "answer" if is_answer else "ask"
    return [
        f'<line class="{kind}" x1="{start:g}" x2="{end + back / 2:g}" y1="{y:g}" y2="{y:g}"/>',
        f'<path class="head" d="M{end:g} {y:g}l{back} -4v8z"/>',
    ]
