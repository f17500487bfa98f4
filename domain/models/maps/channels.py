"""The organization's list of ways to meet a customer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization
from domain.words import SubjectKind


class Channel(Recorded, Base, kw_only=True):
    """A medium of contact (phone, website, in person); `key` is its stable short name."""

    __tablename__ = "channels"
    subject_kind = SubjectKind.CHANNEL
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "key"),
        link("created_by", "members"),
    )

    key: Mapped[str]
    name: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
