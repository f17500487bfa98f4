"""One member's view of one touchpoint."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of, within
from domain.roles import Group
from domain.words import SubjectKind


class Rating(Recorded, Base, kw_only=True):
    """Four answers from 1 to 5, each null for "don't know", or an abstention with its reason.

    `member_group` is where the member stood when rating.
    """

    __tablename__ = "ratings"
    subject_kind = SubjectKind.RATING
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("member_id", "members"),
        one_of("member_group", Group),
        UniqueConstraint("organization_id", "touchpoint_id", "member_id"),
        within("emotional", 1, 5),
        within("business", 1, 5),
        within("importance", 1, 5),
        within("performance", 1, 5),
        CheckConstraint(
            "NOT abstained OR num_nonnulls(emotional, business, importance, performance) = 0",
            name="abstained",
        ),
        Index("ix_ratings_journey", "organization_id", "journey_id", "touchpoint_id"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    member_id: Mapped[UUID]
    member_group: Mapped[str]
    emotional: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    business: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    importance: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    performance: Mapped[int | None] = mapped_column(SmallInteger, default=None)
    abstained: Mapped[bool] = mapped_column(default=False)
    abstention_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
