"""Which sources a reader knows of: those whose other end they may see."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select

from domain.models.findings.findings import Source
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.outcomes.drafts import unseen_draft
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.visibility import annotation_visible
from domain.words import SubjectKind

ITS_SUBJECT = (Subject.organization_id == Source.organization_id) & (Subject.id == Source.from_id)
ITS_ANNOTATION = (Annotation.organization_id == Source.organization_id) & (
    Annotation.id == Source.from_id
)
_A_THREAD: ColumnElement[str] = literal_column(f"'{SubjectKind.ANNOTATION}'")


def source_shown() -> ColumnElement[bool]:
    """Whether the reader may see what a source follows from: of annotations only their own view.

    The journey is joined, seen itself, and the annotation of the source, if any.
    """
    return and_(or_(Subject.kind != _A_THREAD, annotation_visible()), ~unseen_draft(Subject.id))


def source_count(subject_id: Any, *tables: Any) -> ColumnElement[int]:
    """How many sources of something the reader sees; `tables` are of the surrounding statement."""
    return (
        select(func.count())
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
        .correlate(*tables)
        .scalar_subquery()
    )
