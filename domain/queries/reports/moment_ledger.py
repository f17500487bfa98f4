"""The story of a moment, a page of entries with what their revisions say."""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Subquery, Uuid, and_, bindparam, column, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry
from domain.models.records.subjects import Subject
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import journey_visible, reader
from domain.queries.reports.entries import COLUMNS, told
from domain.queries.reports.story import in_story

_JOURNEY = bindparam("journey_id", type_=Uuid())


class StoryOrder(StrEnum):
    """Which end of the story comes first."""

    ASC = "asc"
    DESC = "desc"


def _entries(order: StoryOrder, paged: bool) -> Subquery:
    """The entries of a page, before anything else is looked up for them."""
    reached = bindparam("reached", type_=BigInteger())
    statement = (
        select(*COLUMNS)
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
            and_(Entry.organization_id == Subject.organization_id, Entry.subject_id == Subject.id),
        )
        .where(journey_visible(), Journey.id == _JOURNEY, in_story())
        .limit(bindparam("limit"))
    )
    down = order is StoryOrder.DESC
    if paged:
        statement = statement.where(Entry.revision < reached if down else Entry.revision > reached)
    return statement.order_by(_ordered(Entry.revision, order)).subquery("entry")


def _ordered(column: Any, order: StoryOrder) -> Any:
    return column.desc() if order is StoryOrder.DESC else column.asc()


@cache
def _page(order: StoryOrder, paged: bool) -> Hot:
    entry = _entries(order, paged)
    return hot(told(entry).order_by(_ordered(column("revision"), order)))


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
