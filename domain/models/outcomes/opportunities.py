"""The problem restated as something to gain."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of, within
from domain.models.records.searched import searched
from domain.results import OpportunityStatus
from domain.roles import Group
from domain.words import SubjectKind


class Opportunity(Recorded, Base, kw_only=True):
    """What could be gained, from 1 (little) to 5 for customers and business, against effort 1 to 5.

    `benefits` are words of `Benefit`. `merged_into_id`: the opportunity it is now part of, which is
    itself part of none. `status_note` holds the words of whoever moved it last (`moved_by`).
    """

    __tablename__ = "opportunities"
    subject_kind = SubjectKind.OPPORTUNITY
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("merged_into_id", "opportunities"),
        link("author_id", "members"),
        link("moved_by", "members"),
        one_of("status", OpportunityStatus),
        one_of("author_group", Group),
        within("customer_value", 1, 5),
        within("business_value", 1, 5),
        within("effort", 1, 5),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        Index("ix_opportunities_journey", "organization_id", "journey_id", "id"),
        Index("ix_opportunities_touchpoint", "organization_id", "touchpoint_id"),
        Index("ix_opportunities_newest", "organization_id", "id"),
        Index("ix_opportunities_merged_into", "organization_id", "merged_into_id"),
        Index("ix_opportunities_author", "organization_id", "author_id"),
        searched("opportunities", "title", "statement", "success_sign"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    title: Mapped[str]
    statement: Mapped[str] = mapped_column(default="")
    success_sign: Mapped[str] = mapped_column(default="")
    benefits: Mapped[list[str]] = mapped_column(default_factory=list)
    customer_value: Mapped[int | None] = mapped_column(default=None)
    business_value: Mapped[int | None] = mapped_column(default=None)
    effort: Mapped[int | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default=OpportunityStatus.OPEN)
    status_note: Mapped[str] = mapped_column(default="")
    moved_by: Mapped[UUID | None] = mapped_column(default=None)
    merged_into_id: Mapped[UUID | None] = mapped_column(default=None)
    author_id: Mapped[UUID]
    author_group: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
