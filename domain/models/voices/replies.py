"""What members answer in threads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import SECRET, Base, Recorded, link, of_organization, one_of, spoken_by
from domain.models.records.searched import searched
from domain.roles import Group
from domain.talk import Voice
from domain.words import SubjectKind


class Reply(Recorded, Base, kw_only=True):
    """An answer in a thread; replies are flat. `body` is null once its author has been erased.

    `voice`, `author_id`, `hidden_author_id` and `author_salt` are as those of an annotation.
    """

    __tablename__ = "replies"
    subject_kind = SubjectKind.REPLY
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("annotation_id", "annotations"),
        link("author_id", "members"),
        link("hidden_author_id", "members"),
        one_of("author_group", Group),
        spoken_by(),
        Index("ix_replies_annotation", "organization_id", "annotation_id", "id"),
        Index("ix_replies_journey", "organization_id", "journey_id", "id"),
        searched("replies", "coalesce(body, '')"),
    )

    journey_id: Mapped[UUID]
    annotation_id: Mapped[UUID]
    body: Mapped[str | None]
    voice: Mapped[str] = mapped_column(default=Voice.MEMBER)
    author_id: Mapped[UUID | None]
    hidden_author_id: Mapped[UUID | None] = mapped_column(default=None, info=SECRET)
    author_salt: Mapped[bytes | None] = mapped_column(default=None, info=SECRET)
    author_group: Mapped[str]
    author_department_id: Mapped[UUID | None] = mapped_column(default=None)
    attributed_to: Mapped[str] = mapped_column(default="")
    mentioned_member_ids: Mapped[list[UUID]] = mapped_column(default_factory=list)
    mentioned_department_ids: Mapped[list[UUID]] = mapped_column(default_factory=list)
    mentioned_groups: Mapped[list[str]] = mapped_column(default_factory=list)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden_by: Mapped[UUID | None] = mapped_column(default=None)
    hidden_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by: Mapped[UUID | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)
