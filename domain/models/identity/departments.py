"""Units of the organization: a tree."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import DERIVED, Base, Recorded, link, of_organization
from domain.words import SubjectKind


class Department(Recorded, Base, kw_only=True):
    """A unit of the organization; `external` for a partner or an outsourced contact center.

    `path` holds its ancestors from the root down to itself, so that "in this department or below"
    is one look-up.
    """

    __tablename__ = "departments"
    subject_kind = SubjectKind.DEPARTMENT
    __table_args__ = (
        of_organization(),
        link("parent_id", "departments"),
        link("head_member_id", "members", use_alter=True),
        Index(
            "uq_departments_name",
            "organization_id",
            text("lower(name)"),
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[UUID | None] = mapped_column(default=None)
    head_member_id: Mapped[UUID | None] = mapped_column(default=None)
    external: Mapped[bool] = mapped_column(default=False)
    path: Mapped[list[UUID]] = mapped_column(info=DERIVED)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
