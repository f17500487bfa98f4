"""How to recover a moment when the exact wish cannot be met, and how that went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.duties import PlaybookResult, PlaybookStatus, RecoveryKind
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.words import SubjectKind


class Playbook(Recorded, Base, kw_only=True):
    """Steps for a situation, and how much each group may spend on a use without asking.

    `limit_*`: in minor units of `currency` (ISO 4217), null when the group may spend nothing.
    `replaces_id`: the approved playbook that this draft is to supersede.
    """

    __tablename__ = "playbooks"
    subject_kind = SubjectKind.PLAYBOOK
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("moment_id", "moments"),
        link("replaces_id", "playbooks"),
        link("created_by", "members"),
        link("approved_by", "members"),
        one_of("recovery_kind", RecoveryKind),
        one_of("status", PlaybookStatus),
        CheckConstraint(
            "least(limit_frontline_staff, limit_support_staff, limit_decision_maker,"
            " limit_executive) >= 0",
            name="limits",
        ),
        Index("ix_playbooks_moment", "organization_id", "moment_id", "id"),
        Index("ix_playbooks_journey", "organization_id", "journey_id", "id"),
        Index(
            "uq_playbooks_draft",
            "organization_id",
            "replaces_id",
            unique=True,
            postgresql_where=text("status = 'draft'"),
        ),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    moment_id: Mapped[UUID]
    title: Mapped[str]
    situation: Mapped[str] = mapped_column(default="")
    steps: Mapped[list[str]] = mapped_column(default_factory=list)
    recovery_kind: Mapped[str]
    status: Mapped[str] = mapped_column(default=PlaybookStatus.DRAFT)
    currency: Mapped[str] = mapped_column(default="USD")
    limit_frontline_staff: Mapped[int | None] = mapped_column(BigInteger, default=None)
    limit_support_staff: Mapped[int | None] = mapped_column(BigInteger, default=None)
    limit_decision_maker: Mapped[int | None] = mapped_column(BigInteger, default=None)
    limit_executive: Mapped[int | None] = mapped_column(BigInteger, default=None)
    replaces_id: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    approved_by: Mapped[UUID | None] = mapped_column(default=None)
    approved_at: Mapped[datetime | None] = mapped_column(default=None)


class PlaybookUse(Recorded, Base, kw_only=True):
    """One use of a playbook: what it cost in minor units of `currency`, and what came of it."""

    __tablename__ = "playbook_uses"
    subject_kind = SubjectKind.PLAYBOOK_USE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("moment_id", "moments"),
        link("playbook_id", "playbooks"),
        link("member_id", "members"),
        one_of("result", PlaybookResult),
        CheckConstraint("amount >= 0", name="amount"),
        Index("ix_playbook_uses_playbook", "organization_id", "playbook_id", "id"),
        Index("ix_playbook_uses_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    moment_id: Mapped[UUID]
    playbook_id: Mapped[UUID]
    member_id: Mapped[UUID]
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str]
    situation: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default=PlaybookResult.PENDING)
    result_note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
