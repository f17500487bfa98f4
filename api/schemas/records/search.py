"""What was found, on the wire."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from api.schemas.base import Count, Instant, Reply
from domain.database import Row
from domain.queries.records.search import Result
from domain.roles import Group
from domain.rules import highlighting
from domain.words import AnnotationKind, SubjectKind


class SearchKind(StrEnum):
    """What can be found."""

    JOURNEY = SubjectKind.JOURNEY.value
    TOUCHPOINT = SubjectKind.TOUCHPOINT.value
    MOMENT = SubjectKind.MOMENT.value
    PERSONA = SubjectKind.PERSONA.value
    ANNOTATION = SubjectKind.ANNOTATION.value
    FINDING = SubjectKind.FINDING.value
    OPPORTUNITY = SubjectKind.OPPORTUNITY.value
    ACTION = SubjectKind.ACTION.value
    EVIDENCE = SubjectKind.EVIDENCE.value


class Piece(Reply):
    """Some of a text: plain, to be escaped like any other; `marked` is what was looked for."""

    text: str
    marked: bool


class SearchItem(Reply):
    """Something that says what was looked for.

    `title` is its own, or that of the touchpoint, journey or persona it is about;
    `snippet` the place that says it. `reply_id` names the reply when it is one that says it best.
    `status` is that of what has one. An annotation that its author made as
    one of their group has no `author_id`. `at` is when it was said, or changed last.
    """

    kind: SearchKind
    id: UUID
    journey_id: UUID | None
    journey_title: str | None
    touchpoint_id: UUID | None
    reply_id: UUID | None
    title: list[Piece]
    snippet: list[Piece]
    status: str | None
    annotation_kind: AnnotationKind | None
    author_id: UUID | None
    author_group: Group | None
    author_department_id: UUID | None
    at: Instant


class KindFacet(Reply):
    """How much of a kind was found."""

    kind: SearchKind
    count: Count


class JourneyFacet(Reply):
    """How much was found in a journey, itself included."""

    journey_id: UUID
    title: str
    count: Count


class AnnotationKindFacet(Reply):
    """How many annotations of a kind were found."""

    annotation_kind: AnnotationKind
    count: Count


class GroupFacet(Reply):
    """How many annotations of a group's members were found."""

    group: Group
    count: Count


class StatusFacet(Reply):
    """How much was found in a status, of what has one."""

    status: str
    count: Count


class SearchFacets(Reply):
    """How much was found of each, most first, with the filters that are set; 20 journeys at most.

    `complete` is false where there may be more: of each kind the newest 300 are looked at.
    """

    complete: bool
    kinds: list[KindFacet]
    journeys: list[JourneyFacet]
    annotation_kinds: list[AnnotationKindFacet]
    groups: list[GroupFacet]
    statuses: list[StatusFacet]


class Correction(Reply):
    """A word nothing was found with, and the words on this page that were taken for it."""

    word: str
    to: list[str]


class SearchPage(Reply):
    """What was found, best first, and what there is in all."""

    items: list[SearchItem]
    next_cursor: str | None
    corrected: list[Correction]
    facets: SearchFacets


def search_page(result: Result) -> SearchPage:
    """A page of what was found."""
    return SearchPage(
        items=[_item(row, result) for row in result.page.rows],
        next_cursor=result.page.next_cursor,
        corrected=[Correction(word=word, to=list(to)) for word, to in result.meant.items()],
        facets=_facets(result),
    )


def _item(row: Row, result: Result) -> SearchItem:
    told = result.told[row["id"]]
    return SearchItem(
        kind=SearchKind(row["kind"]),
        id=row["id"],
        journey_id=row["journey_id"],
        journey_title=row["journey_title"],
        touchpoint_id=row["touchpoint_id"],
        reply_id=row["reply_id"],
        title=_pieces(highlighting.marked(told["title"], result.wanted)),
        snippet=_pieces(highlighting.snippet(told["texts"], result.wanted)),
        status=row["status"],
        annotation_kind=AnnotationKind(row["annotation_kind"]) if row["annotation_kind"] else None,
        author_id=told["author_id"],
        author_group=Group(row["author_group"]) if row["author_group"] else None,
        author_department_id=told["author_department_id"],
        at=row["at"],
    )


def _pieces(pieces: Sequence[highlighting.Piece]) -> list[Piece]:
    return [Piece(text=one.text, marked=one.marked) for one in pieces]


def _facets(result: Result) -> SearchFacets:
    told: Any = result.facets
    return SearchFacets(
        complete=result.complete,
        kinds=[KindFacet(kind=SearchKind(kind), count=n) for kind, n in told["kind"]],
        journeys=[
            JourneyFacet(journey_id=key, title=result.titles[key], count=n)
            for key, n in told["journey_id"]
        ],
        annotation_kinds=[
            AnnotationKindFacet(annotation_kind=AnnotationKind(kind), count=n)
            for kind, n in told["annotation_kind"]
        ],
        groups=[GroupFacet(group=Group(group), count=n) for group, n in told["author_group"]],
        statuses=[StatusFacet(status=status, count=n) for status, n in told["status"]],
    )
