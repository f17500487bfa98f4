"""How much evidence and how many files there are about something."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from domain.models.findings.evidence import Attachment, Evidence
from domain.queries.readers import ORGANIZATION


def evidence_count(subject_id: Any, *tables: Any) -> ColumnElement[int]:
    """Evidence about something; `tables` are those of the surrounding statement it is from."""
    return _count(Evidence, subject_id, tables)


def attachment_count(subject_id: Any, *tables: Any) -> ColumnElement[int]:
    """Files attached to something, without those that were erased."""
    return _count(Attachment, subject_id, tables, Attachment.storage_key != "")


def _count(model: Any, subject_id: Any, tables: Any, *which: Any) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(model)
        .where(
            model.organization_id == ORGANIZATION,
            model.subject_id == subject_id,
            model.removed_at.is_(None),
            *which,
        )
        .correlate(*tables)
        .scalar_subquery()
    )
