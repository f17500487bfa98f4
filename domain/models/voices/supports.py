"""How members back and react to what others say."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.roles import Group
from domain.talk import ReactionKind
from domain.words import SubjectKind


class Support(Recorded, Base, kw_only=True):
    """One member's "me too" on an annotation."""

    __tablename__ = "supports"
    subject_kind = SubjectKind.SUPPORT
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("annotation_id", "annotations"),
        link("member_id", "members"),
        one_of("member_group", Group),
        Index("uq_supports_member", "organization_id", "annotation_id", "member_id", unique=True),
    )

    journey_id: Mapped[UUID]
    annotation_id: Mapped[UUID]
    member_id: Mapped[UUID]
    member_group: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Reaction(Recorded, Base, kw_only=True):
    """One member's reaction to an annotation or a reply (`target_id`); one of each kind."""

    __tablename__ = "reactions"
    subject_kind = SubjectKind.REACTION
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("annotation_id", "annotations"),
        link("target_id", "subjects"),
        link("member_id", "members"),
        one_of("kind", ReactionKind),
        Index(
            "uq_reactions_member", "organization_id", "target_id", "member_id", "kind", unique=True
        ),
    )

    journey_id: Mapped[UUID]
    annotation_id: Mapped[UUID]
    target_id: Mapped[UUID]
    member_id: Mapped[UUID]
    kind: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
