"""What hangs on something that is merged into another: all of it goes along."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import or_, select, text

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.base import Recorded
from domain.models.findings.evidence import Attachment, Evidence
from domain.models.findings.findings import Finding, Source, Vote
from domain.models.voices.annotations import Annotation

T = TypeVar("T", bound=Recorded)

_WATCHERS = hot(
    text(
        """
        INSERT INTO watches (organization_id, member_id, subject_id, level, updated_at)
        SELECT organization_id, member_id, CAST(:into_id AS uuid), level, updated_at FROM watches
        WHERE organization_id = CAST(:organization_id AS uuid)
          AND subject_id = CAST(:merged_id AS uuid)
        ON CONFLICT (organization_id, member_id, subject_id) DO NOTHING
        """
    )
)


async def about(
    tx: Transaction,
    actor: Actor,
    model: type[Annotation] | type[Vote] | type[Evidence] | type[Attachment],
    subject_id: UUID,
) -> list[Any]:
    """The rows of a model that are about something, removed ones too, for changing them."""
    return await _entities(
        tx,
        select(model).where(
            model.organization_id == actor.organization_id, model.subject_id == subject_id
        ),
    )


async def links(tx: Transaction, actor: Actor, *ids: UUID) -> list[Source]:
    """The links from and to any of these, also those taken away, for changing them."""
    either = or_(Source.subject_id.in_(ids), Source.from_id.in_(ids))
    return await _entities(
        tx, select(Source).where(Source.organization_id == actor.organization_id, either)
    )


async def caused_by(tx: Transaction, actor: Actor, finding_id: UUID) -> list[Finding]:
    """The drop-offs that a finding is said to cause, for changing them."""
    found = select(Finding).where(
        Finding.organization_id == actor.organization_id, Finding.caused_by_id == finding_id
    )
    return await _entities(tx, found)


async def _entities(tx: Transaction, statement: Any) -> list[Any]:
    session = await tx.session()
    return list(await session.scalars(statement))


async def carry_watchers(tx: Transaction, actor: Actor, merged_id: UUID, into_id: UUID) -> None:
    """Who watched the one watches the other; what they chose for that already stays."""
    given = {"merged_id": merged_id, "into_id": into_id}
    await tx.run(_WATCHERS, organization_id=actor.organization_id, **given)
