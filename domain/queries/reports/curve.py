"""The recorded emotions of every touchpoint of a journey, in map order, in one statement."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import FieldError, Malformed
from domain.models.maps.personas import Persona
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.queries.maps.drawn import JOURNEY, drawn, in_map_order
from domain.queries.maps.places import place
from domain.queries.readers import ORGANIZATION, reader

_PERSONA = bindparam("persona_id", type_=Uuid())
# What is recorded for nobody in particular is felt by every persona.
_THEIRS = or_(_PERSONA.is_(None), Emotion.persona_id.is_(None), Emotion.persona_id == _PERSONA)
_FELT = (
    select(
        Emotion.touchpoint_id,
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(Emotion.valence, Emotion.intensity, Emotion.label),
                Emotion.id.asc(),
            )
        ).label("feelings"),
    )
    .where(
        Emotion.organization_id == ORGANIZATION,
        Emotion.journey_id == JOURNEY,
        Emotion.removed_at.is_(None),
        _THEIRS,
    )
    .group_by(Emotion.touchpoint_id)
    .subquery("felt")
)
_DRAWN = hot(
    in_map_order(drawn(_FELT.c.feelings).outerjoin(_FELT, _FELT.c.touchpoint_id == Touchpoint.id))
)
_KNOWN = hot(
    select(Persona.id).where(Persona.organization_id == ORGANIZATION, Persona.id == _PERSONA)
)


async def feelings(
    tx: Transaction, actor: Actor, journey_id: UUID, persona_id: UUID | None
) -> Sequence[Row]:
    """The touchpoints on the map with what is felt there; NotFound when the journey is not seen.

    With a persona: what is recorded for them, or for nobody in particular.
    """
    await place(tx, actor, journey_id)
    if persona_id is not None:
        await _check(tx, actor, persona_id)
    return await tx.rows(_DRAWN, journey_id=journey_id, persona_id=persona_id, **reader(actor))


async def _check(tx: Transaction, actor: Actor, persona_id: UUID) -> None:
    found = await tx.value(_KNOWN, persona_id=persona_id, organization_id=actor.organization_id)
    if found is None:
        detail = "There is no such persona in your organization: see listPersonas."
        error = FieldError(detail, "unknown_persona", parameter="persona")
        raise Malformed(detail, code="unknown_persona", errors=[error])
