"""Playbooks of moments as a member sees them."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.duties import PlaybookStatus
from domain.errors import NotFound
from domain.models.accountability.playbooks import Playbook
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.policy import allowed
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.maps.places import ROLES, place_from
from domain.queries.moments.moments import moment
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.roles import Condition, May, Relation
from domain.words import MomentStatus

_IN = {
    PlaybookStatus.DRAFT: (May.UPDATE_PLAYBOOK, May.APPROVE_PLAYBOOK),
    PlaybookStatus.APPROVED: (May.DRAFT_PLAYBOOK, May.USE_PLAYBOOK),
    PlaybookStatus.SUPERSEDED: (),
}


def visible_playbooks(*columns: Any) -> Select[Any]:
    """The one way to select playbooks: of touchpoints that stand on a map the reader may see."""
    return (
        select(*columns)
        .select_from(Playbook)
        .join(
            Journey,
            (Journey.organization_id == Playbook.organization_id)
            & (Journey.id == Playbook.journey_id),
        )
        .join(
            Moment,
            (Moment.organization_id == Playbook.organization_id)
            & (Moment.id == Playbook.moment_id),
        )
        .join(
            Touchpoint,
            (Touchpoint.organization_id == Playbook.organization_id)
            & (Touchpoint.id == Playbook.touchpoint_id),
        )
        .join(Stage, ITS_STAGE)
        .where(Playbook.organization_id == ORGANIZATION, journey_visible(), *ON_THE_MAP)
    )


_PLAYBOOKS = visible_playbooks(
    *Playbook.__table__.c,
    Touchpoint.name.label("touchpoint_name"),
    Moment.status.label("moment_status"),
    Journey.owner_id,
    Journey.status.label("journey_status"),
    Journey.locked_at,
    ROLES.label("roles"),
)
_ONE = hot(_PLAYBOOKS.where(Playbook.id == bindparam("id", type_=Uuid())))


@cache
def _list(by_status: bool, paged: bool) -> Hot:
    statement = _PLAYBOOKS.where(Playbook.moment_id == bindparam("moment_id", type_=Uuid()))
    if by_status:
        wanted = bindparam("status", type_=ARRAY(Text()))
        statement = statement.where(Playbook.status == wanted.any_())
    if paged:
        statement = statement.where(Playbook.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Playbook.id.desc()).limit(bindparam("limit")))


async def list_playbooks(
    tx: Transaction,
    actor: Actor,
    moment_id: UUID,
    status: Sequence[PlaybookStatus] | None,
    page: PageRequest,
) -> Page:
    """A page of a moment's playbooks, newest first; NotFound when the moment is not to be seen."""
    bound = binding("playbooks", {"moment": moment_id, "status": status})
    before = decode_id(bound, page.cursor)
    given: dict[str, Any] = {"moment_id": moment_id, "limit": page.limit + 1}
    if status:
        given["status"] = [one.value for one in status]
    if before is not None:
        given["before"] = before
    rows = await tx.rows(_list(bool(status), before is not None), **reader(actor), **given)
    if not rows:
        await moment(tx, actor, moment_id)
    return cut_by_id(rows, page.limit, bound)


async def playbook(tx: Transaction, actor: Actor, playbook_id: UUID) -> Row:
    """One playbook on a map the actor may see; else NotFound."""
    row = await tx.row(_ONE, id=playbook_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a playbook in the state it is in; to use it up to their limit."""
    if row["moment_status"] == MomentStatus.RETIRED:
        return []
    place = place_from({**row, "id": row["journey_id"], "status": row["journey_status"]}, actor)
    wrote = row["created_by"] == actor.member_id
    ties = (Relation.AUTHOR,) if wrote else ()
    held = (Condition.WITHIN_LIMIT,) if wrote else (Condition.WITHIN_LIMIT, Condition.NOT_AUTHOR)
    standing = place.standing(actor, *ties, conditions=held)
    return allowed(actor, _IN[PlaybookStatus(row["status"])], standing)
