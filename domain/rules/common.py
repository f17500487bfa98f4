"""Which problems are most common: put in order, explained, and seen to be said alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.rules.likeness import Gist, likeness

MODEL: Final = "common_problems"
MODEL_VERSION: Final = 1
ALIKE_FROM: Final = 0.5
"""From here on two wordings are taken for one problem."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A group of problems and its rank; equal groups share one, and `tied` says so."""

    rank: int
    tied: bool
    row: Mapping[str, Any]


def ranked(rows: Sequence[Mapping[str, Any]]) -> list[Placed]:
    """Groups by how many touchpoints have them, then journeys, then votes; the most first."""
    ordered = sorted(rows, key=_score, reverse=True)
    scores = [_score(row) for row in ordered]
    return [
        Placed(scores.index(score) + 1, scores.count(score) > 1, row)
        for score, row in zip(scores, ordered, strict=True)
    ]


def _score(row: Mapping[str, Any]) -> tuple[int, int, int]:
    return row["touchpoints"], row["journeys"], row["votes"]


def explained(row: Mapping[str, Any]) -> str:
    """How a group came to its place, for checking by hand."""
    worst = row["worst_severity"]
    graded = f"; worst severity {worst} of 5" if worst is not None else ""
    return (
        f"{_many(row['findings'], 'open finding')} at {_many(row['touchpoints'], 'touchpoint')}"
        f" of {_many(row['journeys'], 'journey')}, {_many(row['votes'], 'vote')}{graded}"
    )


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def alike(texts: Mapping[UUID, str]) -> list[list[UUID]]:
    """Findings that say nearly the same, two or more each; the largest group first.

    Each text joins the first group whose first text it is like.
    """
    groups: list[tuple[Gist, list[UUID]]] = []
    for one, text in texts.items():
        gist = Gist(text)
        home = next((ids for first, ids in groups if likeness(first, gist) >= ALIKE_FROM), None)
        if home is None:
            groups.append((gist, [one]))
        else:
            home.append(one)
    found = [ids for _, ids in groups if len(ids) > 1]
    return sorted(found, key=len, reverse=True)
