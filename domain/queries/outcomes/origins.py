"""What something follows from: annotations, findings, opportunities, moments, touchpoints."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.selectable import LateralFromClause

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.findings.findings import Source
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.findings.seen_sources import ITS_ANNOTATION, ITS_SUBJECT, source_shown
from domain.queries.readers import ORGANIZATION


def sources_of(subject_id: Any) -> LateralFromClause:
    """The columns `from_ids` and `from_kinds`, oldest first, of what the reader may know of.

    The journey must be joined, and seen itself.
    """
    told = (
        func.array_agg(aggregate_order_by(column, Source.id)).label(name)
        for column, name in ((Source.from_id, "from_ids"), (Subject.kind, "from_kinds"))
    )
    return (
        select(*told)
        .select_from(Source)
        .join(Subject, ITS_SUBJECT)
        .outerjoin(Annotation, ITS_ANNOTATION)
        .where(
            Source.organization_id == ORGANIZATION,
            Source.subject_id == subject_id,
            Source.removed_at.is_(None),
            Subject.removed_at.is_(None),
            source_shown(),
        )
        .lateral("sources")
    )


_LINKS = hot(
    select(*Source.__table__.c).where(
        Source.organization_id == ORGANIZATION,
        or_(
            Source.subject_id == bindparam("id", type_=Uuid()),
            Source.from_id == bindparam("id", type_=Uuid()),
        ),
    )
)


async def links_of(tx: Transaction, actor: Actor, subject_id: UUID) -> Sequence[Row]:
    """Every link from or to a subject, also those undone, whoever may know of them."""
    return await tx.rows(_LINKS, organization_id=actor.organization_id, id=subject_id)
