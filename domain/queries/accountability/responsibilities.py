"""Responsibilities as a member sees them: who answers for which moment, and who did."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, ColumnElement, Select, Text, Uuid, and_, bindparam, select

from domain.actor import Actor, Standing
from domain.database import Hot, Row, Transaction, hot
from domain.duties import ResponsibilityStatus
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.accountability.responsibilities import Responsibility
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.policy import allowed
from domain.queries.accountability.answering import (
    DEPARTMENT,
    HELD_BY,
    ITS_DEPARTMENT,
    ITS_HEAD,
    ITS_MEMBER,
    LIVE,
    MEMBER,
    ORPHANED,
)
from domain.queries.held import held, hold
from domain.queries.identity.chains import managed_by_me
from domain.queries.listing import newest
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.maps.places import Place, place_from
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.roles import May, Relation

MAY_IN = {
    ResponsibilityStatus.ASSIGNED: (May.ANSWER_RESPONSIBILITY, May.ASSIGN_RESPONSIBILITY),
    ResponsibilityStatus.ACCEPTED: (May.ASSIGN_RESPONSIBILITY,),
    ResponsibilityStatus.DECLINED: (),
    ResponsibilityStatus.ENDED: (),
}
"""What its status allows at all; who may assign one may end it."""

_STANDING = (
    Journey.title.label("journey_title"),
    Journey.owner_id,
    Journey.status.label("journey_status"),
    Journey.locked_at,
    Touchpoint.stage_id,
    Touchpoint.name.label("touchpoint_name"),
    HELD_BY.label("held_by"),
    managed_by_me(HELD_BY, Responsibility, DEPARTMENT).label("managed"),
    ORPHANED.label("orphaned"),
)


def visible_responsibilities() -> Select[Any]:
    """The one way to select them: for touchpoints that stand on a map the reader may see."""
    return (
        select(*Responsibility.__table__.c, *_STANDING)
        .join(
            Journey,
            (Journey.organization_id == Responsibility.organization_id)
            & (Journey.id == Responsibility.journey_id),
        )
        .join(
            Touchpoint,
            (Touchpoint.organization_id == Responsibility.organization_id)
            & (Touchpoint.id == Responsibility.touchpoint_id),
        )
        .join(Stage, ITS_STAGE)
        .outerjoin(DEPARTMENT, ITS_DEPARTMENT)
        .outerjoin(MEMBER, ITS_MEMBER)
        .outerjoin(*ITS_HEAD)
        .where(Responsibility.organization_id == ORGANIZATION, journey_visible(), *ON_THE_MAP)
    )


def _of_moment() -> ColumnElement[bool]:
    wanted = bindparam("moment", type_=Uuid())
    # The journey is what the index leads with.
    journey = select(Moment.journey_id).where(
        Moment.organization_id == ORGANIZATION, Moment.id == wanted
    )
    return and_(
        Responsibility.moment_id == wanted, Responsibility.journey_id == journey.scalar_subquery()
    )


def _is(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == bindparam(name, type_=Uuid())
    return found


FILTERS: Mapping[str, ColumnElement[bool]] = {
    "journey": _is(Responsibility.journey_id, "journey"),
    "moment": _of_moment(),
    "member": _is(Responsibility.member_id, "member"),
    "department": _is(Responsibility.department_id, "department"),
    "role": Responsibility.role == bindparam("role", type_=ARRAY(Text())).any_(),
    "status": Responsibility.status == bindparam("status", type_=ARRAY(Text())).any_(),
    "orphaned": ORPHANED == bindparam("orphaned", type_=Boolean()),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = visible_responsibilities().where(*(FILTERS[name] for name in sorted(filters)))
    if "status" not in filters:
        statement = statement.where(LIVE)
    if paged:
        statement = statement.where(Responsibility.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Responsibility.id.desc()).limit(bindparam("limit")))


_WITH_ID = visible_responsibilities().where(_is(Responsibility.id, "id"))
_ONE = hot(_WITH_ID)
_HOLD = held(_WITH_ID, Responsibility.organization_id, Responsibility.journey_id)


async def list_responsibilities(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of responsibilities, newest first; without `status` only assigned and accepted."""
    return await newest(tx, actor, "responsibilities", _list, filters, page)


async def responsibility(tx: Transaction, actor: Actor, responsibility_id: UUID) -> Row:
    """One responsibility, whatever its status; NotFound when the actor may not see it."""
    row = await tx.row(_ONE, id=responsibility_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def hold_responsibility(
    tx: Transaction, actor: Actor, responsibility_id: UUID
) -> tuple[Locked, Row]:
    """Hold its journey and find it; NotFound when the actor may not see it."""
    return await hold(tx, _HOLD, _ONE, id=responsibility_id, **reader(actor))


def standing(row: Row, actor: Actor, *more: Relation) -> Standing:
    """How the actor stands towards a responsibility."""
    return place_in(row, actor).standing(actor, *ties(row, actor), *more)


def ties(row: Row, actor: Actor) -> list[Relation]:
    """What a responsibility ties the actor with, beside what its journey does."""
    found = [Relation.MANAGER_OF_ASSIGNEE] if row["managed"] else []
    if row["held_by"] == actor.member_id:
        found.append(Relation.ASSIGNEE if row["member_id"] else Relation.HEAD)
    return found


def place_in(row: Row, actor: Actor) -> Place:
    """Where a responsibility is, from a row of visible_responsibilities()."""
    journey = {
        "id": row["journey_id"],
        "owner_id": row["owner_id"],
        "status": row["journey_status"],
        "locked_at": row["locked_at"],
        "roles": (),
    }
    return place_from(journey, actor)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a responsibility now: the `may` of its reply."""
    return allowed(actor, MAY_IN[ResponsibilityStatus(row["status"])], standing(row, actor))
