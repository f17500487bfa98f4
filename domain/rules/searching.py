"""What somebody looks for: words, "phrases" and -exclusions, and the words they may have meant."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

LONG, CORRECTED, MEANT = 8, 8, 5
"""From how many letters two may be wrong, how many words are corrected, and into how many each."""

_PARTS = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_WORD = re.compile(r"[^\W\d_]{3,30}")
# Scripts that leave no spaces: a run of them is a sentence, not a word somebody misspells.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, which stands for all that begin with it, or a phrase, which stands for itself."""

    text: str
    phrase: bool = False
    excluded: bool = False

    @property
    def query(self) -> str:
        """The term in the language of to_tsquery."""
        quoted = quote(self.text)
        if self.excluded:
            return f"!{quoted}"
        return quoted if self.phrase else f"{quoted}:*"


def parse(asked: str) -> tuple[Term, ...]:
    """The terms of a search; those without a letter or digit say nothing."""
    return tuple(term for term in _terms(asked) if any(map(str.isalnum, term.text)))


def _terms(asked: str) -> Iterator[Term]:
    for minus, phrase, word in _PARTS.findall(asked):
        if word:
            excluded = word.startswith("-")
            yield Term(word[1:] if excluded else word, excluded=excluded)
        else:
            yield Term(phrase, phrase=True, excluded=bool(minus))


def quote(text: str) -> str:
    """A text that to_tsquery takes apart itself."""
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def query(terms: Sequence[Term], meant: Mapping[str, Sequence[str]] | None = None) -> str:
    """The search for to_tsquery; a word that may be misspelled stands for what may be meant too."""
    parts = []
    for term in terms:
        others = (meant or {}).get(term.text, ()) if correctable(term) else ()
        parts.append("|".join([term.query, *map(quote, others)]))
    return " & ".join(f"({part})" for part in parts)


def any_of(words: Iterable[str]) -> str:
    """The search for texts with any of these words."""
    return " | ".join(map(quote, words))


def contained(terms: Sequence[Term], meant: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """What every text that is found contains, whatever its letters' case."""
    parts = [
        part
        for term in terms
        if not term.excluded and not (correctable(term) and (meant or {}).get(term.text))
        for part in (term.text.split() if term.phrase else [term.text])
    ]
    return [part for part in parts if all(one.isalpha() or one in "0123456789" for one in part)]


def correctable(term: Term) -> bool:
    """Whether a term is a word that could have been misspelled."""
    plain = not term.phrase and not term.excluded and len(term.text) > 3
    return plain and bool(_WORD.fullmatch(term.text)) and not _UNSPACED.search(term.text)


def vocabulary(text: str) -> set[str]:
    """The words of a text that somebody could misspell, in lower case."""
    found = (word.lower() for word in _WORD.findall(text) if not _UNSPACED.search(word))
    return {word for word in found if 3 <= len(word) <= 30}


def spellings(word: str, letters: int = 1) -> set[str]:
    """A word, and what is left of it without so many of its letters or fewer."""
    return {
        "".join(word[at] for at in kept)
        for missing in range(letters + 1)
        for kept in combinations(range(len(word)), len(word) - missing)
    }


def asked_spellings(word: str) -> set[str]:
    """Under which spellings to look for what a word was meant to be."""
    return spellings(word, 1 if len(word) < LONG else 2)


def likely(word: str, known: Iterable[str], many: int) -> list[str]:
    """Of some known words those that may be meant, the most likely first."""
    allowed = 1 if len(word) < LONG else 2
    near = {one for one in known if abs(len(one) - len(word)) <= allowed} - {word}
    rated = [(distance(word, one), one[:1] != word[:1], one) for one in near]
    return [one for far, _, one in sorted(rated) if far <= allowed][:many]


def distance(one: str, other: str) -> int:
    """How many letters to add, leave out, replace or swap with a neighbor from one to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        here = [i]
        for j, wanted in enumerate(other, 1):
            least = min(last[j] + 1, here[-1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 < j and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, before[j - 2] + 1)
            here.append(least)
        before, last = last, here
    return last[-1]
