"""Personas, for every member of the organization."""

from functools import cache
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey, JourneyPersona
from domain.models.maps.personas import Persona
from domain.policy import allowed
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.roles import May, Relation

_JOURNEYS = (
    select(func.count())
    .select_from(JourneyPersona)
    .join(
        Journey,
        (Journey.organization_id == JourneyPersona.organization_id)
        & (Journey.id == JourneyPersona.id),
    )
    .where(
        JourneyPersona.organization_id == Persona.organization_id,
        JourneyPersona.persona_id == Persona.id,
        journey_visible(),
    )
    .correlate(Persona)
    .scalar_subquery()
)
_PERSONAS = select(*Persona.__table__.c, _JOURNEYS.label("journey_count")).where(
    Persona.organization_id == ORGANIZATION
)
_ONE = hot(_PERSONAS.where(Persona.id == bindparam("id", type_=Uuid())))


@cache
def _list(paged: bool) -> Hot:
    statement = _PERSONAS.where(Persona.removed_at.is_(None))
    if paged:
        statement = statement.where(Persona.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Persona.id.desc()).limit(bindparam("limit")))


async def list_personas(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of personas, newest first, without the removed."""
    bound = binding("personas", {})
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    rows = await tx.rows(_list(before is not None), **reader(actor), **after, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)


async def persona(tx: Transaction, actor: Actor, persona_id: UUID) -> Row:
    """One persona, also a removed one: journeys go on showing it."""
    row = await tx.row(_ONE, id=persona_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a persona: the `may` of its reply."""
    mine = (Relation.CREATOR,) if row["created_by"] == actor.member_id else ()
    return allowed(actor, (May.EDIT_PERSONA,), actor.standing(*mine))
