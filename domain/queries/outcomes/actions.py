"""Actions as a member sees them: with what they follow from, their outcome, what one may do.

An action belongs to its journey: it stays when its touchpoint is taken off the map.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Select, Text, Uuid, bindparam, select, true

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.actions import Action, Outcome
from domain.policy import allowed
from domain.queries.accountability.answering import answering, i_answer_for
from domain.queries.maps.places import ROLES, Place, place_from
from domain.queries.outcomes.due import ACTION_LATE, ACTION_LIVE
from domain.queries.outcomes.origins import sources_of
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.results import OutcomeStatus
from domain.roles import Condition, May, Relation

ITS_JOURNEY = (Journey.organization_id == Action.organization_id) & (
    Journey.id == Action.journey_id
)
ITS_TOUCHPOINT = (Touchpoint.organization_id == Action.organization_id) & (
    Touchpoint.id == Action.touchpoint_id
)
ITS_OUTCOME = (Outcome.organization_id == Action.organization_id) & (Outcome.action_id == Action.id)


_OF_OUTCOME = (
    Outcome.id.label("outcome_id"),
    Outcome.status.label("outcome_status"),
    Outcome.recorded_by,
    Outcome.owner_id.label("outcome_owner_id"),
)


def visible_actions() -> Select[Any]:
    """The one way to select actions: those of journeys the reader may see."""
    sources = sources_of(Action.id)
    return (
        select(
            *Action.__table__.c,
            Touchpoint.name.label("touchpoint_name"),
            Journey.title.label("journey_title"),
            Journey.owner_id.label("journey_owner_id"),
            Journey.status.label("journey_status"),
            Journey.locked_at,
            ROLES.label("roles"),
            *i_answer_for(Action.touchpoint_id),
            *sources.c,
            ACTION_LATE.label("overdue"),
            *_OF_OUTCOME,
        )
        .select_from(Action)
        .join(Journey, ITS_JOURNEY)
        .outerjoin(Touchpoint, ITS_TOUCHPOINT)
        .outerjoin(Outcome, ITS_OUTCOME)
        .join(sources, true())
        .where(
            Action.organization_id == ORGANIZATION,
            Action.removed_at.is_(None),
            journey_visible(),
        )
    )


def _one_of(column: Any, name: str) -> Any:
    return column == bindparam(name, type_=Uuid())


FILTERS: Mapping[str, Any] = {
    "journey": _one_of(Action.journey_id, "journey"),
    "touchpoint": _one_of(Action.touchpoint_id, "touchpoint"),
    "opportunity": _one_of(Action.opportunity_id, "opportunity"),
    "moment": _one_of(Action.moment_id, "moment"),
    "owner": _one_of(Action.owner_id, "owner"),
    "department": _one_of(Action.department_id, "department"),
    "status": Action.status == bindparam("status", type_=ARRAY(Text())).any_(),
    "kind": Action.kind == bindparam("kind", type_=ARRAY(Text())).any_(),
    "due_before": Action.due_on < bindparam("due_before", type_=Date()),
    "overdue": ACTION_LATE == bindparam("overdue"),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    statement = visible_actions().where(*(FILTERS[name] for name in sorted(filters)))
    if paged:
        statement = statement.where(Action.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Action.id.desc()).limit(bindparam("limit")))


@cache
def _one() -> Hot:
    return hot(visible_actions().where(Action.id == bindparam("id", type_=Uuid())))


async def list_actions(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of actions, newest first."""
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("actions", given)
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    statement = _list(frozenset(given), before is not None)
    at = {"now": now(), "limit": page.limit + 1}
    rows = await tx.rows(statement, **reader(actor), **given, **after, **at)
    return cut_by_id(rows, page.limit, bound)


async def action(tx: Transaction, actor: Actor, action_id: UUID) -> Row:
    """One action of a journey the actor may see; else NotFound."""
    row = await tx.row(_one(), id=action_id, now=now(), **reader(actor))
    if row is None:
        raise NotFound
    return row


@cache
def _owned() -> Hot:
    theirs = Action.owner_id == bindparam("owner", type_=Uuid())
    return hot(visible_actions().where(theirs, ACTION_LIVE).order_by(Action.id))


async def owned_by(tx: Transaction, actor: Actor, member_id: UUID) -> Sequence[Row]:
    """Every action of a member that the actor may see and that is not done with, oldest first."""
    return await tx.rows(_owned(), owner=member_id, now=now(), **reader(actor))


def place_around(row: Row, actor: Actor) -> Place:
    """The journey of an action, as the actor stands in it."""
    its = {"id": row["journey_id"], "status": row["journey_status"]}
    return place_from({**row, **its, "owner_id": row["journey_owner_id"]}, actor)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with an action and with its outcome."""
    place = place_around(row, actor)
    owns, recorded = (row[name] == actor.member_id for name in ("owner_id", "recorded_by"))
    owned = row["outcome_owner_id"] == actor.member_id
    held = [] if owns or owned else [Condition.NOT_ACTION_OWNER]
    held += [] if recorded else [Condition.NOT_OUTCOME_RECORDER]
    ties = (Relation.ACTION_OWNER, *answering(row)) if owns else answering(row)
    mays = [May.UPDATE_ACTION]
    if row["outcome_status"] == OutcomeStatus.RECORDED:
        mays.append(May.VERIFY_OUTCOME)
    if row["waived_by"] is None and row["outcome_status"] != OutcomeStatus.VERIFIED:
        mays.append(May.WAIVE_OUTCOME)
    return allowed(actor, mays, place.standing(actor, *ties, conditions=tuple(held)))


@cache
def _outcome() -> Hot:
    return hot(
        select(*Outcome.__table__.c)
        .join(Action, ITS_OUTCOME & Action.removed_at.is_(None))
        .join(Journey, ITS_JOURNEY)
        .where(
            Outcome.organization_id == ORGANIZATION,
            Outcome.action_id == bindparam("id", type_=Uuid()),
            journey_visible(),
        )
    )


async def outcome(tx: Transaction, actor: Actor, action_id: UUID) -> Row:
    """The outcome of an action the actor may see; NotFound also while there is none."""
    row = await outcome_of(tx, actor, action_id)
    if row is None:
        raise NotFound
    return row


async def outcome_of(tx: Transaction, actor: Actor, action_id: UUID) -> Row | None:
    """The same, or None while there is none."""
    return await tx.row(_outcome(), id=action_id, **reader(actor))


_ID_OF_OUTCOME = hot(
    select(Outcome.id).where(
        Outcome.organization_id == ORGANIZATION,
        Outcome.action_id == bindparam("id", type_=Uuid()),
    )
)


async def outcome_id(tx: Transaction, actor: Actor, action_id: UUID) -> UUID | None:
    """The outcome of an action, for changing it."""
    given = {"organization_id": actor.organization_id, "id": action_id}
    found: UUID | None = await tx.value(_ID_OF_OUTCOME, **given)
    return found
