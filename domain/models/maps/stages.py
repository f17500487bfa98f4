"""The columns of a journey."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization
from domain.words import SubjectKind


class Stage(Recorded, Base, kw_only=True):
    """A period of the journey. `position` is a fractional key: stages stand in its byte order.

    `lineage_id`: the stage it was first copied from.
    """

    __tablename__ = "stages"
    subject_kind = SubjectKind.STAGE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("created_by", "members"),
        link("lineage_id", "subjects"),
        Index("ix_stages_journey_id", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    customer_goal: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(Text(collation="C"))
    lineage_id: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
