"""What members are told, made from the ledger; none of it is in the ledger."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, Tenant, link, of_organization, one_of
from domain.talk import NotificationReason


class Notification(Tenant, Base, kw_only=True):
    """One line of a member's inbox: one subject, one reason, however often it happened.

    `subject_id` is the thread, or what else it is about. `revision` is the latest entry of the
    journey that it tells of, `happened` how many there were since it was last read. `actor_id` is
    null for the system and for whoever the ledger does not name, `journey_id` for what happened in
    the organization, outside its journeys. `mailed_at`: a letter has told it.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("actor_id", "members"),
        one_of("reason", NotificationReason),
        Index(
            "uq_notifications_line",
            "organization_id",
            "member_id",
            "subject_id",
            "reason",
            unique=True,
        ),
        Index("ix_notifications_newest", "organization_id", "member_id", "last_at", "id"),
        Index(
            "ix_notifications_unread",
            "organization_id",
            "member_id",
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    member_id: Mapped[UUID]
    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    subject_id: Mapped[UUID]
    reason: Mapped[str]
    verb: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(BigInteger)
    happened: Mapped[int] = mapped_column(default=1)
    last_at: Mapped[datetime]
    read_at: Mapped[datetime | None] = mapped_column(default=None)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)
    mailed_at: Mapped[datetime | None] = mapped_column(default=None)


class FeedPosition(Base, kw_only=True):
    """How far a consumer of the ledger has come in a stream; moved with what it made of it."""

    __tablename__ = "feed_positions"
    __table_args__ = (of_organization(),)

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
