"""Replies kept for a day, so that a repeated request has one effect."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, of_organization


class IdempotencyKey(Base, kw_only=True):
    """The reply that a request with an Idempotency-Key got, in the transaction of its effect."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        of_organization(),
        Index("ix_idempotency_keys_created_at", "organization_id", "created_at"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    status: Mapped[int | None]
    headers: Mapped[str | None]
    body: Mapped[bytes | None]
    created_at: Mapped[datetime]
