"""How alike two texts are: by the words they share, and by the pairs of letters in them."""

from collections.abc import Iterable
from itertools import pairwise
from math import sqrt

from domain.rules.searching import vocabulary

ALIKE = 0.25
"""From here on somebody may be about to say again what has been said."""


def telling(text: str) -> set[str]:
    """The words of a text that say what it is about, as far as their length tells."""
    words = vocabulary(text)
    return {word for word in words if len(word) > 3} or words


class Gist:
    """What a text is compared by, worked out once."""

    def __init__(self, text: str) -> None:
        self.words = telling(text)
        self.pairs = _pairs(self.words)


def likeness(one: Gist, other: Gist) -> float:
    """From 0 to 1; 1 for the same words in any order."""
    shared = _shared(one.words, other.words) + _shared(one.pairs, other.pairs)
    return round(shared / 2, 2)


def _pairs(words: Iterable[str]) -> set[str]:
    return {a + b for word in words for a, b in pairwise(f" {word} ")}


def _shared(one: set[str], other: set[str]) -> float:
    """The cosine: as much as one says of the other, and the other of the one."""
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0
