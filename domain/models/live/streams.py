"""Who listens and who is there; none of it is in the ledger."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Tenant, link, of_organization


class StreamTicket(Tenant, Base, kw_only=True):
    """Lets one stream be opened once, within a minute, by a client that cannot send a header."""

    __tablename__ = "stream_tickets"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        UniqueConstraint("organization_id", "secret_hash"),
        Index("ix_stream_tickets_expires_at", "organization_id", "expires_at"),
    )

    member_id: Mapped[UUID]
    session_id: Mapped[UUID]
    secret_hash: Mapped[bytes]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class Presence(Tenant, Base, kw_only=True):
    """One open stream of a member on a journey, and when it last said it is there."""

    __tablename__ = "presences"
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("member_id", "members"),
        Index("ix_presences_journey", "organization_id", "journey_id", "seen_at"),
    )

    journey_id: Mapped[UUID]
    member_id: Mapped[UUID]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
