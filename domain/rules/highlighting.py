"""Showing where a text says what was looked for: pieces of plain text, marked or not.

No markup is made, so none can be slipped in, and no offsets that count letters differently in
different languages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.rules.searching import Term

WIDTH, BEFORE = 200, 60
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text, and whether it is what was looked for."""

    text: str
    marked: bool


def pattern(terms: Sequence[Term], also: Sequence[str] = ()) -> re.Pattern[str]:
    """What to mark: words that begin as a term does, phrases, and words that were meant."""
    wanted = [_of(term) for term in terms if not term.excluded]
    wanted += [rf"{re.escape(word)}(?!\w)" for word in also]
    if not wanted:
        return _NOTHING
    longest_first = sorted(wanted, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})", re.IGNORECASE)


def _of(term: Term) -> str:
    if not term.phrase:
        return rf"{re.escape(term.text)}\w*"
    words = re.findall(r"\w+", term.text)
    return r"[\W_]+".join(map(re.escape, words)) + r"(?!\w)"


def marked(text: str, wanted: re.Pattern[str]) -> list[Piece]:
    """The whole text in pieces."""
    return list(_pieces(text, wanted))


def _pieces(text: str, wanted: re.Pattern[str]) -> Iterator[Piece]:
    at = 0
    for found in wanted.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()], False)
        if found.group():
            yield Piece(found.group(), True)
        at = found.end()
    if at < len(text):
        yield Piece(text[at:], False)


def snippet(texts: Sequence[str], wanted: re.Pattern[str]) -> list[Piece]:
    """The place in the first of some texts that says it, or the beginning of the first of all."""
    said = [" ".join(text.split()) for text in texts if text.strip()]
    for text in said:
        if found := wanted.search(text):
            return marked(_around(text, found.start()), wanted)
    return marked(_around(said[0], 0), wanted) if said else []


def _around(text: str, at: int) -> str:
    start = max(0, at - BEFORE)
    if start:
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 else start
    end = start + WIDTH
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
