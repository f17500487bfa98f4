"""Moments as a member sees them, within a journey and across journeys."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.policy import allowed
from domain.queries.accountability.answering import my_accountable, not_own
from domain.queries.listing import newest
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.maps.places import ROLES, place_from
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.roles import May
from domain.words import MomentStatus

_LIVING = (May.STATE_STAKES, May.RETIRE_MOMENT, May.ASSIGN_RESPONSIBILITY)
_IN = {
    MomentStatus.NOMINATED: (May.CONFIRM_MOMENT, *_LIVING),
    MomentStatus.CONFIRMED: _LIVING,
    MomentStatus.RETIRED: (),
}


def visible_moments() -> Select[Any]:
    """The one way to select moments: of touchpoints that stand on a map the reader may see."""
    return (
        select(
            *Moment.__table__.c,
            Touchpoint.name.label("touchpoint_name"),
            Touchpoint.stage_id,
            Journey.title.label("journey_title"),
            Journey.owner_id,
            Journey.status.label("journey_status"),
            Journey.locked_at,
            ROLES.label("roles"),
            my_accountable(Moment.id).label("my_accountable"),
        )
        .join(
            Journey,
            (Journey.organization_id == Moment.organization_id) & (Journey.id == Moment.journey_id),
        )
        .join(
            Touchpoint,
            (Touchpoint.organization_id == Moment.organization_id)
            & (Touchpoint.id == Moment.touchpoint_id),
        )
        .join(Stage, ITS_STAGE)
        .where(Moment.organization_id == ORGANIZATION, journey_visible(), *ON_THE_MAP)
    )


FILTERS: Mapping[str, Any] = {
    "journey": Moment.journey_id == bindparam("journey", type_=Uuid()),
    "touchpoint": Moment.touchpoint_id == bindparam("touchpoint", type_=Uuid()),
    "status": Moment.status == bindparam("status", type_=ARRAY(Text())).any_(),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = visible_moments().where(*(FILTERS[name] for name in sorted(filters)))
    if "status" not in filters:
        statement = statement.where(Moment.status != MomentStatus.RETIRED.value)
    if paged:
        statement = statement.where(Moment.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Moment.id.desc()).limit(bindparam("limit")))


_ONE = hot(visible_moments().where(Moment.id == bindparam("id", type_=Uuid())))


async def list_moments(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of moments, newest first; without `status` those that are not retired."""
    return await newest(tx, actor, "moments", _list, filters, page)


async def moment(tx: Transaction, actor: Actor, moment_id: UUID) -> Row:
    """One moment on a map the actor may see, retired ones too; else NotFound."""
    row = await tx.row(_ONE, id=moment_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a moment in the state it is in."""
    place = place_from(
        {
            "id": row["journey_id"],
            "owner_id": row["owner_id"],
            "status": row["journey_status"],
            "locked_at": row["locked_at"],
            "roles": row["roles"],
        },
        actor,
    )
    standing = place.standing(actor, conditions=not_own(row["my_accountable"]))
    return allowed(actor, _IN[MomentStatus(row["status"])], standing)
