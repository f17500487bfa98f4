"""What members say."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.roles import Group
from domain.words import AnnotationKind, Resolution, SubjectKind, Visibility


class Annotation(Recorded, Base, kw_only=True):
    """What a member says about a subject, and the thread that hangs on it.

    `author_group` and `author_department_id` are where the author stood when writing.
    `touchpoint_id` is the touchpoint the subject belongs to. `attributed_to` names whose words an
    import carried.
    `body` is null once its author has been erased.
    """

    __tablename__ = "annotations"
    subject_kind = SubjectKind.ANNOTATION
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("author_id", "members"),
        link("assignee_id", "members"),
        one_of("author_group", Group),
        one_of("kind", AnnotationKind),
        one_of("visibility", Visibility),
        one_of("resolution", Resolution),
        Index("ix_annotations_journey", "organization_id", "journey_id", "id"),
        Index("ix_annotations_subject", "organization_id", "subject_id", "id"),
        Index("ix_annotations_touchpoint", "organization_id", "touchpoint_id", "id"),
        Index("ix_annotations_author", "organization_id", "author_id", "id"),
        Index("ix_annotations_assignee", "organization_id", "assignee_id", "id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    kind: Mapped[str]
    body: Mapped[str | None]
    visibility: Mapped[str] = mapped_column(default=Visibility.EVERYONE)
    author_id: Mapped[UUID]
    author_group: Mapped[str]
    author_department_id: Mapped[UUID | None] = mapped_column(default=None)
    attributed_to: Mapped[str] = mapped_column(default="")
    assignee_id: Mapped[UUID | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    resolution: Mapped[str | None] = mapped_column(default=None)
    resolution_note: Mapped[str] = mapped_column(default="")
    resolved_by: Mapped[UUID | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden_by: Mapped[UUID | None] = mapped_column(default=None)
    hidden_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)


class Reply(Recorded, Base, kw_only=True):
    """An answer in a thread; replies are flat. `body` is null once its author has been erased."""

    __tablename__ = "replies"
    subject_kind = SubjectKind.REPLY
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("annotation_id", "annotations"),
        link("author_id", "members"),
        one_of("author_group", Group),
        Index("ix_replies_annotation", "organization_id", "annotation_id", "id"),
    )

    journey_id: Mapped[UUID]
    annotation_id: Mapped[UUID]
    body: Mapped[str | None]
    author_id: Mapped[UUID]
    author_group: Mapped[str]
    attributed_to: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


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
