"""An account in one organization."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.roles import Group
from domain.words import MemberKind, MemberStatus, SubjectKind


class Member(Recorded, Base, kw_only=True):
    """A person in an organization: their group and department, manager, what they administer."""

    __tablename__ = "members"
    subject_kind = SubjectKind.MEMBER
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "account_id"),
        link("department_id", "departments"),
        link("manager_id", "members"),
        one_of("group", Group),
        one_of("status", MemberStatus),
        one_of("kind", MemberKind),
    )

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    group: Mapped[str]
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    manager_id: Mapped[UUID | None] = mapped_column(default=None)
    administrator: Mapped[bool] = mapped_column(default=False)
    may_create_journeys: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default=MemberStatus.ACTIVE)
    kind: Mapped[str] = mapped_column(default=MemberKind.PERSON)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
