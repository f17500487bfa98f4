"""What an annotation may be about: a subject as a journey sees it."""

from uuid import UUID

from sqlalchemy import bindparam, exists, select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.maps.journeys import JourneyPersona
from domain.models.records.subjects import Subject

_SUBJECT = hot(
    select(
        Subject.kind,
        Subject.journey_id,
        Subject.removed_at,
        exists(
            select(JourneyPersona.id).where(
                JourneyPersona.organization_id == Subject.organization_id,
                JourneyPersona.id == bindparam("journey_id"),
                JourneyPersona.persona_id == Subject.id,
            )
        ).label("on_journey"),
    ).where(
        Subject.organization_id == bindparam("organization_id"),
        Subject.id == bindparam("subject_id"),
    )
)


async def subject_beside(
    tx: Transaction, actor: Actor, subject_id: UUID, journey_id: UUID | None
) -> Row | None:
    """A subject of the organization, and whether it is a persona of that journey."""
    return await tx.row(
        _SUBJECT,
        organization_id=actor.organization_id,
        subject_id=subject_id,
        journey_id=journey_id,
    )
