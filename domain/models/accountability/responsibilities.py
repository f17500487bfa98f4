"""Who answers for a moment of truth."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.duties import ResponsibilityRole, ResponsibilityStatus
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.words import SubjectKind

LIVE = "status IN ('assigned', 'accepted')"


class Responsibility(Recorded, Base, kw_only=True):
    """One role of one member or department for one moment; accountable is always a member.

    `answer_by`: until when it is to be accepted or declined. `reason`: why it was declined or
    ended. `handed_over_from`: the responsibility this one goes on with.
    """

    __tablename__ = "responsibilities"
    subject_kind = SubjectKind.RESPONSIBILITY
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("moment_id", "moments"),
        link("member_id", "members"),
        link("department_id", "departments"),
        link("handed_over_from", "responsibilities"),
        link("created_by", "members"),
        one_of("role", ResponsibilityRole),
        one_of("status", ResponsibilityStatus),
        CheckConstraint("num_nonnulls(member_id, department_id) = 1", name="one_assignee"),
        CheckConstraint("role <> 'accountable' OR member_id IS NOT NULL", name="person"),
        Index(
            "uq_responsibilities_accountable",
            "organization_id",
            "moment_id",
            unique=True,
            postgresql_where=text(f"role = 'accountable' AND {LIVE}"),
        ),
        Index(
            "uq_responsibilities_assignee",
            "organization_id",
            "moment_id",
            "role",
            "member_id",
            "department_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text(LIVE),
        ),
        Index("ix_responsibilities_journey", "organization_id", "journey_id", "id"),
        Index("ix_responsibilities_member", "organization_id", "member_id", "id"),
        Index("ix_responsibilities_department", "organization_id", "department_id", "id"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    moment_id: Mapped[UUID]
    role: Mapped[str]
    member_id: Mapped[UUID | None] = mapped_column(default=None)
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default=ResponsibilityStatus.ASSIGNED)
    note: Mapped[str] = mapped_column(default="")
    answer_by: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[UUID | None] = mapped_column(default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[UUID | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    handed_over_from: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
