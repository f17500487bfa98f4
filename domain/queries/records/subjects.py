"""What an id stands for."""

from uuid import UUID

from sqlalchemy import bindparam, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.errors import NotFound
from domain.models.records.subjects import Subject

_KIND = hot(
    select(Subject.kind).where(
        Subject.organization_id == bindparam("organization_id"),
        Subject.id == bindparam("subject_id"),
    )
)


async def kind_of(tx: Transaction, actor: Actor, subject_id: UUID) -> str:
    """The kind of a subject of the organization; whether the actor may see it is not asked here."""
    kind: str | None = await tx.value(
        _KIND, organization_id=actor.organization_id, subject_id=subject_id
    )
    if kind is None:
        raise NotFound
    return kind
