"""What members ask moderators to look at."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.talk import FlagOutcome, FlagReason
from domain.words import SubjectKind


class Flag(Recorded, Base, kw_only=True):
    """One member's flag on an annotation or a reply (`target_id`), until a moderator settles it."""

    __tablename__ = "flags"
    subject_kind = SubjectKind.FLAG
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("annotation_id", "annotations"),
        link("target_id", "subjects"),
        link("member_id", "members"),
        link("settled_by", "members"),
        one_of("reason", FlagReason),
        one_of("outcome", FlagOutcome),
        Index(
            "uq_flags_open",
            "organization_id",
            "target_id",
            "member_id",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_flags_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    annotation_id: Mapped[UUID]
    target_id: Mapped[UUID]
    member_id: Mapped[UUID]
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str | None] = mapped_column(default=None)
    settled_by: Mapped[UUID | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
