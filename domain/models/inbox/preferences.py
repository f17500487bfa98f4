"""What a member wants to hear of, and how."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, link, of_organization, one_of
from domain.talk import Digest, WatchLevel


class Watch(Base, kw_only=True):
    """How closely a member follows a journey or a thread."""

    __tablename__ = "watches"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        link("subject_id", "subjects"),
        one_of("level", WatchLevel),
        Index("ix_watches_subject", "organization_id", "subject_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    level: Mapped[str]
    updated_at: Mapped[datetime]


class Preference(Base, kw_only=True):
    """A member's preferences; `digest_due_at` is when the next letter is to be made."""

    __tablename__ = "preferences"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        one_of("digest", Digest),
        Index(
            "ix_preferences_digest_due_at",
            "digest_due_at",
            postgresql_where=text("digest_due_at IS NOT NULL"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[str]
    muted_reasons: Mapped[list[str]]
    digest_due_at: Mapped[datetime | None] = mapped_column(default=None)
    digest_sent_at: Mapped[datetime | None] = mapped_column(default=None)
    updated_at: Mapped[datetime]
