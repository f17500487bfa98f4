"""What happened lately: in a journey, by a member, by those of a department; newest first.

What the reader may not know of is left out, and so is, of a member, what the ledger tells of nobody
by name: an entry with a hidden actor has no member to be found by.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    column,
    lateral,
    or_,
    select,
    true,
    tuple_,
)

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Entry
from domain.policy import permits
from domain.queries.identity.departments import department
from domain.queries.identity.members import member
from domain.queries.maps.journeys import journey
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.planning import plan_once
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.records.known import known
from domain.queries.reports.department_touchpoints import in_department
from domain.queries.reports.entries import COLUMNS, told_with_places
from domain.roles import May

_LIMIT = bindparam("limit", type_=BigInteger())
_REVISION = bindparam("reached_revision", type_=BigInteger())
_AT = bindparam("reached_at", type_=BigInteger())
_STREAM = bindparam("reached_stream", type_=Uuid())
_READS_LEDGER = bindparam("reads_ledger", type_=Boolean())
_ORDER = (Entry.at.desc(), Entry.stream_id.desc(), Entry.revision.desc())

FILTERS: Final[Mapping[str, ColumnElement[bool]]] = {
    "verb": Entry.verb == bindparam("verb", type_=ARRAY(Text())).any_(),
    "kind": Entry.subject_kind == bindparam("kind", type_=ARRAY(Text())).any_(),
    "actor": Entry.actor_id == bindparam("actor", type_=Uuid()),
}


@cache
def _of_journey(filters: frozenset[str], paged: bool) -> Hot:
    entries = (
        select(*COLUMNS)
        .select_from(Journey)
        .join(Entry, _ITS_STREAM)
        .where(journey_visible(), Journey.id == bindparam("journey_id", type_=Uuid()), _known())
        .where(*(FILTERS[name] for name in sorted(filters)))
    )
    if paged:
        entries = entries.where(Entry.revision < _REVISION)
    entry = entries.order_by(Entry.revision.desc()).limit(_LIMIT).subquery("entry")
    return hot(told_with_places(entry).order_by(column("revision").desc()))


@cache
def _of_member(paged: bool) -> Hot:
    did = bindparam("member_id", type_=Uuid())
    return _newest(_done_by(did, paged).order_by(*_ORDER).limit(_LIMIT).subquery("entry"))


@cache
def _of_department(paged: bool) -> Hot:
    """The newest of each member, of which the newest are kept: none can come from further back."""
    done = lateral(_done_by(Member.id, paged).order_by(*_ORDER).limit(_LIMIT), name="done")
    entry = (
        select(*done.c)
        .select_from(Member)
        .join(done, true())
        .where(Member.organization_id == ORGANIZATION, in_department(Member.department_id))
        .order_by(done.c.at.desc(), done.c.stream_id.desc(), done.c.revision.desc())
        .limit(_LIMIT)
        .subquery("entry")
    )
    return _newest(entry)


def _newest(entry: Subquery) -> Hot:
    newest: tuple[Any, ...] = ("at", "stream_id", "revision")
    return hot(told_with_places(entry).order_by(*(column(name).desc() for name in newest)))


_ITS_STREAM = and_(Entry.organization_id == Journey.organization_id, Entry.stream_id == Journey.id)


def _known() -> ColumnElement[bool]:
    return known(Entry.subject_kind, Entry.subject_id)


def _done_by(member_id: Any, paged: bool) -> Select[Any]:
    """What a member did in journeys that the reader sees, and to the organization."""
    in_journey = and_(Journey.id.is_not(None), journey_visible(), _known())
    of_organization = and_(Entry.stream_id == ORGANIZATION, _READS_LEDGER, _known())
    found = (
        select(*COLUMNS)
        .select_from(Entry)
        .outerjoin(Journey, _ITS_STREAM)
        .where(Entry.organization_id == ORGANIZATION, Entry.actor_id == member_id)
        .where(or_(in_journey, of_organization))
    )
    if not paged:
        return found
    place = tuple_(Entry.at, Entry.stream_id, Entry.revision)
    return found.where(Entry.at <= _AT, place < tuple_(_AT, _STREAM, _REVISION))


async def journey_activity(
    tx: Transaction, actor: Actor, journey_id: UUID, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of what happened in a journey; NotFound when the actor may not see it."""
    await journey(tx, actor, journey_id)
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("journey_activity", given | {"journey": journey_id})
    reached = _number(decode(bound, page.cursor, 1))
    statement = _of_journey(frozenset(given), bool(reached))
    asked = given | reached | {"journey_id": journey_id, "limit": page.limit + 1}
    rows = await tx.rows(statement, **reader(actor), **asked)
    return cut(rows, page.limit, bound, lambda row: [str(row["revision"])])


async def member_activity(
    tx: Transaction, actor: Actor, member_id: UUID, page: PageRequest
) -> Page:
    """A page of what a member did; NotFound without the member."""
    await member(tx, actor, member_id)
    bound = binding("member_activity", {"member": member_id})
    return await _done(tx, actor, _of_member, bound, page, {"member_id": member_id})


async def department_activity(
    tx: Transaction, actor: Actor, department_id: UUID, below: bool, page: PageRequest
) -> Page:
    """A page of what those of a department did; NotFound without it."""
    await department(tx, actor, department_id)
    asked = {"department_id": department_id, "below": below}
    await plan_once(tx)
    return await _done(
        tx, actor, _of_department, binding("department_activity", asked), page, asked
    )


async def _done(
    tx: Transaction, actor: Actor, statement: Any, bound: str, page: PageRequest, asked: Any
) -> Page:
    reached = _place(decode(bound, page.cursor, 3))
    reads_ledger = permits(actor, May.READ_ORGANIZATION_LEDGER, actor.standing())
    given = asked | reached | {"reads_ledger": reads_ledger, "limit": page.limit + 1}
    rows = await tx.rows(statement(bool(reached)), **reader(actor), **given)
    return cut(
        rows,
        page.limit,
        bound,
        lambda row: [str(row["at"]), str(row["stream_id"]), str(row["revision"])],
    )


def _place(keys: list[str] | None) -> dict[str, Any]:
    if keys is None:
        return {}
    try:
        stream = UUID(keys[1])
    except ValueError:
        raise refused() from None
    return {"reached_at": _whole(keys[0]), "reached_stream": stream} | _number(keys[2:])


def _number(keys: list[str] | None) -> dict[str, Any]:
    return {} if keys is None else {"reached_revision": _whole(keys[0])}


def _whole(told: str) -> int:
    if not told.isdecimal() or len(told) > 18:
        raise refused()
    return int(told)
