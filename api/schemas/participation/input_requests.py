"""Requests for input on the wire."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from api.schemas.base import Body, Count, Instant, Reply, Text, Version, present
from domain.actor import Actor
from domain.database import Row
from domain.duties import InputAskStatus, InputRequestStatus
from domain.queries.page import Page
from domain.queries.participation.asked import Asked
from domain.queries.participation.input_requests import may_with, sees_asks
from domain.roles import Group
from domain.services.participation.input_requests import Question
from domain.words import SubjectKind

Questions = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=1_000, pattern=r"\S")]], Meta(max_length=5)
]


class InputRequestNew(Body):
    """What to ask, of whom, by when. Everybody reached in any of the three ways is asked once.

    Without `subject_id` it is about the whole journey; else about a stage, touchpoint or moment
    of it. A department stands for itself and all below it. At most 500 members are asked at once.
    """

    due_at: Instant
    subject_id: UUID | None = None
    message: Text = ""
    questions: Questions = field(default_factory=list)
    departments: Annotated[list[UUID], Meta(max_length=100)] = field(default_factory=list)
    groups: Annotated[list[Group], Meta(max_length=4)] = field(default_factory=list)
    members: Annotated[list[UUID], Meta(max_length=500)] = field(default_factory=list)


class InputCounts(Reply):
    """How many were asked, have looked, and what became of it. Who is called off is not counted.

    `answered` counts who has annotated or rated there since, however they did; others than you
    whose ratings do not say whose they are, and who gave nothing else, only once the request has
    closed. Whoever is in none of the last three is still being waited for.
    """

    asked: Count
    seen: Count
    answered: Count
    abstained: Count
    no_answer: Count


class OwnAsk(Reply):
    """What became of asking you. `via_link`: answered without signing in."""

    id: UUID
    status: InputAskStatus
    answers: list[str]
    abstention_reason: str
    via_link: bool
    answered_at: Instant | None
    reminded_at: Instant | None
    seen_at: Instant | None


class InputAsk(Reply):
    """What became of asking one member; group and department are where they stood when asked.

    An answer of ratings that do not say whose they are shows in `status` once the request has
    closed. `seen_at` is when they last looked; of whoever's ratings do not say whose they are only
    the day. `link_id` is the link sent to them that is good as far as is known here, null without
    one; `link_sent_at` is when the last one was sent.
    """

    id: UUID
    member_id: UUID
    member_group: Group
    member_department_id: UUID | None
    status: InputAskStatus
    answers: list[str]
    abstention_reason: str
    via_link: bool
    answered_at: Instant | None
    reminded_at: Instant | None
    seen_at: Instant | None
    link_id: UUID | None
    link_sent_at: Instant | None


class InputRequestItem(Reply):
    """A request for input, without who was asked. `mine` is null when you were not asked.

    `members`, those asked by name, is for whoever could ask here, and null for others.
    `may` names what you may do with it now; `request_input` stands for sending links and, as
    long as its status is open, for calling it off.
    """

    id: UUID
    journey_id: UUID
    journey_title: str
    subject_id: UUID
    subject_kind: SubjectKind
    touchpoint_id: UUID | None
    version: Version
    message: str
    questions: list[str]
    departments: list[UUID]
    groups: list[Group]
    members: list[UUID] | None
    due_at: Instant
    status: InputRequestStatus
    closed_at: Instant | None
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    counts: InputCounts
    mine: OwnAsk | None
    may: list[str]


class InputRequest(InputRequestItem):
    """A request for input. `asks` tells each answer to whoever could ask here; null for others."""

    asks: list[InputAsk] | None


class InputRequestPage(Reply):
    """Requests for input, newest first."""

    items: list[InputRequestItem]
    next_cursor: str | None


def question_from(body: InputRequestNew) -> Question:
    """What is asked, in the words of the domain; nobody is named twice."""
    asked = Asked(
        list(dict.fromkeys(body.departments)),
        list(dict.fromkeys(body.groups)),
        list(dict.fromkeys(body.members)),
    )
    return Question(body.subject_id, body.message, body.questions, asked, body.due_at)


def _told(row: Row, actor: Actor) -> dict[str, object]:
    counts = {name: row[f"count_{name}"] or 0 for name in InputCounts.__struct_fields__}
    mine = None
    if row["my_id"] is not None:
        mine = OwnAsk(**{name: row[f"my_{name}"] for name in OwnAsk.__struct_fields__})
    asked = {name: row[f"asked_{name}"] for name in ("departments", "groups", "members")}
    if not sees_asks(row, actor):
        asked["members"] = None
    return {"counts": InputCounts(**counts), "mine": mine, "may": may_with(row, actor), **asked}


def _ask(row: Row) -> InputAsk:
    return present(InputAsk, row, seen_at=row["seen_by_others"])


def input_request(row: Row, asks: Sequence[Row] | None, actor: Actor) -> InputRequest:
    """One request as this reader sees it."""
    told = None if asks is None else [_ask(ask) for ask in asks]
    return present(InputRequest, row, asks=told, **_told(row, actor))


def input_request_page(page: Page, actor: Actor) -> InputRequestPage:
    """A page of requests as this reader sees them."""
    items = [present(InputRequestItem, row, **_told(row, actor)) for row in page.rows]
    return InputRequestPage(items=items, next_cursor=page.next_cursor)
