"""The story of a moment, a page of entries with what their revisions say."""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry, Revision
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.reports.story import in_story
from domain.queries.voices.visibility import mine

_JOURNEY = bindparam("journey_id", type_=Uuid())
_Before = aliased(Revision, name="before")
_Who = aliased(Member, name="who")
_Whom = aliased(Member, name="whom")
_About = aliased(Member, name="about")


class StoryOrder(StrEnum):
    """Which end of the story comes first."""

    ASC = "asc"
    DESC = "desc"


def _entries(order: StoryOrder, paged: bool) -> Subquery:
    """The entries of a page, before anything else is looked up for them."""
    reached = bindparam("reached", type_=BigInteger())
    statement = (
        select(
            Entry.stream_id, Entry.revision, Entry.at, Entry.actor_kind, Entry.actor_id,
            Entry.verb, Entry.subject_kind, Entry.subject_id, Entry.version,
        )
        .select_from(Journey)
        .join(
            Subject,
            and_(
                Subject.organization_id == Journey.organization_id,
                Subject.journey_id == Journey.id,
            ),
        )
        .join(
            Entry,
            and_(
                Entry.organization_id == Subject.organization_id, Entry.subject_id == Subject.id
            ),
        )
        .where(journey_visible(), Journey.id == _JOURNEY, in_story())
        .limit(bindparam("limit"))
    )  # fmt: skip
    down = order is StoryOrder.DESC
    if paged:
        statement = statement.where(Entry.revision < reached if down else Entry.revision > reached)
    return statement.order_by(_ordered(Entry.revision, order)).subquery("entry")


def _ordered(column: Any, order: StoryOrder) -> Any:
    return column.desc() if order is StoryOrder.DESC else column.asc()


def _named(*fields: str) -> ColumnElement[Any]:
    """The first id among these fields of the revision."""
    content = cast(Revision.content, JSONB)
    found = [func.jsonb_extract_path_text(content, field) for field in fields]
    return cast(func.coalesce(*found), Uuid())


def _of(model: Any, wanted: Any) -> Any:
    return and_(model.organization_id == ORGANIZATION, model.id == wanted)


def _told(entry: Subquery) -> Select[Any]:
    """Those entries with their revisions, the ones before, and the names of all concerned."""
    return (
        select(
            *entry.c,
            Revision.content,
            _Before.content.label("before"),
            _Who.name.label("who"),
            func.coalesce(_Whom.name, Department.name).label("whom"),
            _About.name.label("about"),
            mine(Annotation).label("mine"),
            Annotation.withdrawn_at,
        )
        .select_from(entry)
        .join(Revision, _version(Revision, entry, 0))
        .outerjoin(_Before, _version(_Before, entry, 1))
        .outerjoin(_Who, _of(_Who, entry.c.actor_id))
        .outerjoin(_Whom, _of(_Whom, _named("member_id", "to_id", "assignee_id")))
        .outerjoin(_About, _of(_About, _named("about_id")))
        .outerjoin(Department, _of(Department, _named("department_id")))
        .outerjoin(Annotation, _of(Annotation, entry.c.subject_id))
    )


def _version(model: Any, entry: Subquery, back: int) -> Any:
    return and_(
        model.organization_id == ORGANIZATION,
        model.subject_id == entry.c.subject_id,
        model.version == entry.c.version - back,
    )


@cache
def _page(order: StoryOrder, paged: bool) -> Hot:
    entry = _entries(order, paged)
    return hot(_told(entry).order_by(_ordered(entry.c.revision, order)))


async def moment_ledger(
    tx: Transaction, actor: Actor, moment: Row, order: StoryOrder, page: PageRequest
) -> Page:
    """A page of what happened to a moment that the actor sees."""
    bound = binding("moment_ledger", {"moment": moment["id"], "order": order})
    reached = _reached(decode(bound, page.cursor, 1))
    given = {
        "moment_id": moment["id"],
        "touchpoint_id": moment["touchpoint_id"],
        "journey_id": moment["journey_id"],
        "limit": page.limit + 1,
    }
    statement = _page(order, bool(reached))
    rows = await tx.rows(statement, **reader(actor), **given, **reached)
    return cut(rows, page.limit, bound, lambda row: [str(row["revision"])])


def _reached(keys: list[str] | None) -> dict[str, int]:
    if keys is None:
        return {}
    if not keys[0].isdecimal() or len(keys[0]) > 18:
        raise refused()
    return {"reached": int(keys[0])}
