"""Asking a person to join the organization."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import SECRET, Base, Recorded, link, of_organization, one_of
from domain.roles import Group
from domain.words import InvitationStatus, SubjectKind


class Invitation(Recorded, Base, kw_only=True):
    """An offer of membership by mail, once, expiring; only a keyed hash of its secret is kept."""

    __tablename__ = "invitations"
    subject_kind = SubjectKind.INVITATION
    __table_args__ = (
        of_organization(),
        link("department_id", "departments"),
        link("manager_id", "members"),
        link("invited_by", "members"),
        link("member_id", "members"),
        one_of("group", Group),
        one_of("status", InvitationStatus),
        Index(
            "uq_invitations_pending_email",
            "organization_id",
            "email",
            unique=True,
            postgresql_where=text("status = 'pending'"),
        ),
    )

    email: Mapped[str]
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    group: Mapped[str]
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    manager_id: Mapped[UUID | None] = mapped_column(default=None)
    administrator: Mapped[bool] = mapped_column(default=False)
    may_create_journeys: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default=InvitationStatus.PENDING)
    invited_by: Mapped[UUID]
    member_id: Mapped[UUID | None] = mapped_column(default=None)
    secret_hash: Mapped[bytes] = mapped_column(info=SECRET)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
