"""Touchpoints declared decisive."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.models.records.searched import searched
from domain.words import MomentStatus, SubjectKind


class Moment(Recorded, Base, kw_only=True):
    """A moment of truth: what is at stake, which emotions are likely, what sets them off.

    `customers_per_month` go through it, null for the touchpoint's own volume. `value_at_risk` is
    per month, in minor units of `value_currency` (ISO 4217).
    """

    __tablename__ = "moments"
    subject_kind = SubjectKind.MOMENT
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("created_by", "members"),
        one_of("status", MomentStatus),
        Index(
            "uq_moments_touchpoint",
            "organization_id",
            "touchpoint_id",
            unique=True,
            postgresql_where=text("status <> 'retired'"),
        ),
        Index("ix_moments_journey", "organization_id", "journey_id"),
        searched("moments", "rationale", "stakes", lists=("likely_emotions", "triggers")),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(default=MomentStatus.NOMINATED)
    rationale: Mapped[str] = mapped_column(default="")
    stakes: Mapped[str] = mapped_column(default="")
    customers_per_month: Mapped[int | None] = mapped_column(BigInteger, default=None)
    value_at_risk: Mapped[int | None] = mapped_column(BigInteger, default=None)
    value_currency: Mapped[str] = mapped_column(default="USD")
    likely_emotions: Mapped[list[str]] = mapped_column(default_factory=list)
    triggers: Mapped[list[str]] = mapped_column(default_factory=list)
    confirmed_by: Mapped[UUID | None] = mapped_column(default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    retired_by: Mapped[UUID | None] = mapped_column(default=None)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    retirement_reason: Mapped[str] = mapped_column(default="")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
