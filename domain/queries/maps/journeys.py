"""One journey as a member sees it, and what they may do with it."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, literal_column, select

from domain.actor import Actor, Standing
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Grant, Journey, JourneyPersona
from domain.policy import allowed
from domain.queries.accountability.satisfaction import journey_satisfied
from domain.queries.maps.places import ROLES, place_from
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.roles import Condition, May
from domain.rules.status import moves
from domain.words import JourneyStatus

PERSONA_IDS = (
    select(
        func.coalesce(
            func.array_agg(JourneyPersona.persona_id.distinct()), literal_column("'{}'::uuid[]")
        )
    )
    .where(
        JourneyPersona.organization_id == Journey.organization_id,
        JourneyPersona.id == Journey.id,
    )
    .correlate(Journey)
    .scalar_subquery()
)
_GRANTS = (
    select(func.count())
    .where(
        Grant.organization_id == Journey.organization_id,
        Grant.journey_id == Journey.id,
        Grant.removed_at.is_(None),
    )
    .correlate(Journey)
    .scalar_subquery()
)
_ID = bindparam("id", type_=Uuid())
# Not of the journey at hand but of others, so nothing is taken from the statement around it.
_FUTURES = (
    select(func.coalesce(func.array_agg(Journey.id), literal_column("'{}'::uuid[]")))
    .where(journey_visible(), Journey.future_of_id == _ID)
    .correlate(None)
    .scalar_subquery()
)


def _journey() -> Select[Any]:
    return select(
        *Journey.__table__.c,
        PERSONA_IDS.label("persona_ids"),
        _GRANTS.label("grant_count"),
        _FUTURES.label("future_ids"),
        ROLES.label("roles"),
        journey_satisfied(_ID).label("rules_satisfied"),
    ).where(Journey.organization_id == ORGANIZATION, Journey.id == _ID)


_VISIBLE = hot(_journey().where(journey_visible()))
_CHANGED = hot(_journey())


async def journey(tx: Transaction, actor: Actor, journey_id: UUID) -> Row:
    """One journey; NotFound when the actor may not see it."""
    row = await tx.row(_VISIBLE, id=journey_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def changed(tx: Transaction, actor: Actor, journey_id: UUID) -> Row:
    """A journey that the actor has just changed, even if that was the last they see of it."""
    given = {name: value for name, value in reader(actor).items() if name in _CHANGED.names}
    row = await tx.row(_CHANGED, id=journey_id, **given)
    if row is None:
        raise NotFound
    return row


_ALWAYS = (
    May.EDIT_JOURNEY,
    May.GRANT_ACCESS,
    May.TRANSFER_JOURNEY,
    May.ANNOTATE,
    May.RATE,
    May.NOMINATE_MOMENT,
    May.CONFIRM_MOMENT,
    May.SET_SIGN_OFF_RULES,
    May.SET_STAKEHOLDER_VALUE,
)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a journey in the state it is in: the `may` of its reply.

    An executive can always give a reason; what is not satisfied stops everybody else.
    """
    place = place_from(row, actor)
    met = [Condition.RULES_SATISFIED] if row["rules_satisfied"] else []
    standing = place.standing(actor, conditions=(Condition.OVERRIDE_WITH_REASON, *met))
    return _may(actor, place.status, place.status_before, place.locked, standing)


@lru_cache(maxsize=4096)
def _may(
    actor: Actor, status: str, before: str | None, locked: bool, standing: Standing
) -> list[str]:
    ways = moves(JourneyStatus(status), JourneyStatus(before) if before else None)
    door = May.UNLOCK_JOURNEY if locked else May.LOCK_JOURNEY
    return allowed(actor, (*_ALWAYS, *(way.may for way in ways), door), standing)
