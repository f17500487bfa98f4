"""Searching: a page of what was found, what there is of each kind, and what was probably meant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from re import Pattern
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import FieldError, Malformed
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.records import search_words
from domain.queries.records.found import MOST, find
from domain.queries.records.shown import shown
from domain.rules.highlighting import pattern
from domain.rules.searching import CORRECTED, MEANT, Term, contained, correctable, parse, query

FACETS = ("kind", "journey_id", "annotation_kind", "author_group", "status")
JOURNEYS = 20
Meant = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """A page of rows of found.find, with what is said there by id; the rest is of all pages.

    `facets` counts by value; `titles` are of the journeys in it; `complete` is False where there
    may be more than was looked at. `meant` holds, for words nothing was found with, those that led
    to what is on this page.
    """

    page: Page
    told: Mapping[UUID, Row]
    facets: Mapping[str, Sequence[tuple[Any, int]]]
    titles: Mapping[UUID, str]
    complete: bool
    wanted: Pattern[str]
    meant: Meant


async def search(
    tx: Transaction, actor: Actor, asked: str, filters: Mapping[str, Any], page: PageRequest
) -> Result:
    """What the actor may see that says what is asked for; Malformed when it asks for nothing.

    Where nothing says it, words that differ by a letter or two are tried: only then, so that what
    is found never depends on a word in a text that the actor may not see.
    """
    terms = parse(asked)
    if all(term.excluded for term in terms):
        detail = "Name a word to look for: one letter or digit at the least."
        fault = FieldError(detail, "empty", parameter="q")
        raise Malformed(detail, code="empty", errors=[fault])
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("search", given | {"q": asked})
    after = _after(decode(bound, page.cursor, 2))
    rows = await find(tx, actor, query(terms), contained(terms), given)
    meant: Meant = {}
    if not rows:
        rows, meant = await _meant(tx, actor, terms, given)
    return await _result(tx, actor, terms, meant, rows, cut_after(rows, after, page.limit, bound))


async def _meant(
    tx: Transaction, actor: Actor, terms: Sequence[Term], given: Mapping[str, Any]
) -> tuple[Sequence[Row], Meant]:
    """The same with the words that may have been meant; none are known where nothing is alike."""
    words = [term.text for term in terms if correctable(term)][:CORRECTED]
    meant = await search_words.alike(tx, actor.organization_id, words)
    if not meant:
        return (), {}
    rows = await find(tx, actor, query(terms, meant), contained(terms, meant), given)
    return rows, meant


async def _result(
    tx: Transaction,
    actor: Actor,
    terms: Sequence[Term],
    meant: Meant,
    rows: Sequence[Row],
    page: Page,
) -> Result:
    told = await shown(tx, actor, page.rows) if page.rows else {}
    seen = Page([row for row in page.rows if row["id"] in told], page.next_cursor)
    said = " ".join(" ".join([one["title"], *one["texts"]]) for one in told.values())
    used = {word: _used(others, said) for word, others in meant.items()}
    once = list({row["id"]: row for row in rows}.values())
    per_arm = Counter((row["kind"], row["reply_id"] is None) for row in rows)
    return Result(
        page=seen,
        told=told,
        facets=facets(once),
        titles={row["journey_id"]: row["journey_title"] for row in once},
        complete=all(count < MOST for count in per_arm.values()),
        wanted=pattern(terms, [word for others in meant.values() for word in others]),
        meant={word: others for word, others in used.items() if others},
    )


def _used(others: Sequence[str], said: str) -> list[str]:
    """Those that the reader has before their eyes; of the others nobody learns that they exist."""
    whole = pattern((), others)
    found = {one.lower() for one in whole.findall(said)}
    return [one for one in others if one in found][:MEANT]


def facets(rows: Sequence[Row]) -> Mapping[str, Sequence[tuple[Any, int]]]:
    """How much there is of each, most first."""
    counted = {name: Counter(row[name] for row in rows) for name in FACETS}
    return {
        name: sorted(
            ((value, count) for value, count in counts.items() if value is not None),
            key=lambda one: (-one[1], str(one[0])),
        )[:JOURNEYS]
        for name, counts in counted.items()
    }


def cut_after(
    rows: Sequence[Row], after: tuple[float, UUID] | None, limit: int, bound: str
) -> Page:
    """The rows after a place, a thread only where it stands first."""
    best: dict[UUID, Row] = {}
    for row in rows:
        best.setdefault(row["id"], row)
    following = [row for row in best.values() if after is None or (row["score"], row["id"]) < after]
    return cut(following[: limit + 1], limit, bound, lambda r: [repr(r["score"]), str(r["id"])])


def _after(keys: Sequence[str] | None) -> tuple[float, UUID] | None:
    if keys is None:
        return None
    try:
        score, last = float(keys[0]), UUID(keys[1])
    except ValueError:
        raise refused() from None
    if not isfinite(score):
        raise refused()
    return score, last
