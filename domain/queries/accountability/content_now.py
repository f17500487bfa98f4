"""The hash of the content of one moment or journey as it is now."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.errors import NotFound
from domain.queries.accountability.content import hashes

_JOURNEY = bindparam("journey_id", type_=Uuid())
_SUBJECT = bindparam("subject_id", type_=Uuid())
_FOUND = hashes(lambda column: column == _JOURNEY, only=lambda column: column == _SUBJECT)
_HASH = hot(select(_FOUND.c.content_hash))


async def content_hash(tx: Transaction, actor: Actor, journey_id: UUID, subject_id: UUID) -> str:
    """What a sign-off of the subject would be bound to; NotFound when it is off the map."""
    given = {"journey_id": journey_id, "subject_id": subject_id}
    found: str | None = await tx.value(_HASH, organization_id=actor.organization_id, **given)
    if found is None:
        raise NotFound
    return found
