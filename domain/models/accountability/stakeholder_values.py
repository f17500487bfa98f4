"""What each group brings to customers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.roles import Group
from domain.words import SubjectKind


class StakeholderValue(Recorded, Base, kw_only=True):
    """What a group, perhaps of one department, brings to customers on a journey or touchpoint."""

    __tablename__ = "stakeholder_values"
    subject_kind = SubjectKind.STAKEHOLDER_VALUE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("department_id", "departments"),
        link("created_by", "members"),
        one_of("group", Group),
        Index(
            "uq_stakeholder_values_place",
            "organization_id",
            "journey_id",
            "group",
            "department_id",
            "touchpoint_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    group: Mapped[str]
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    value: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
