"""The one table of everything that can be spoken about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Tenant, of_organization, one_of
from domain.words import SubjectKind


class Subject(Tenant, Base, kw_only=True):
    """An id and what it is: an annotation may point at anything and the foreign key holds.

    `touchpoint_id` is the touchpoint it belongs to, if any (its own id for a touchpoint).
    """

    __tablename__ = "subjects"
    __table_args__ = (
        of_organization(),
        one_of("kind", SubjectKind),
        Index("ix_subjects_journey_id", "organization_id", "journey_id"),
        Index("ix_subjects_touchpoint", "organization_id", "touchpoint_id"),
    )

    kind: Mapped[str]
    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
