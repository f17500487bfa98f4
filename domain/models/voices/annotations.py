"""What members say about subjects."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import SECRET, Base, Recorded, link, of_organization, one_of, spoken_by
from domain.models.records.searched import searched
from domain.roles import Group
from domain.talk import Voice, WorkStatus
from domain.words import AnnotationKind, Resolution, SubjectKind, Visibility


class Annotation(Recorded, Base, kw_only=True):
    """What a member says about a subject, and the thread that hangs on it.

    `author_group` and `author_department_id` are where the author stood when writing. With the
    voice of the group `author_id` is null and `hidden_author_id`, which no entry and no reply ever
    carries, knows who may still change it. `author_salt` opens the commitments of its entries.
    `touchpoint_id` is the touchpoint the subject belongs to; `anchored_from_id` the subject it was
    said about before an editor moved it to this one. `attributed_to` names whose words an import
    carried.
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
        link("hidden_author_id", "members"),
        link("assignee_id", "members"),
        link("duplicate_of_id", "annotations"),
        link("anchored_from_id", "subjects"),
        one_of("author_group", Group),
        one_of("kind", AnnotationKind),
        one_of("visibility", Visibility),
        one_of("resolution", Resolution),
        one_of("work_status", WorkStatus),
        spoken_by(),
        Index("ix_annotations_journey", "organization_id", "journey_id", "id"),
        Index("ix_annotations_subject", "organization_id", "subject_id", "id"),
        Index("ix_annotations_touchpoint", "organization_id", "touchpoint_id", "id"),
        Index("ix_annotations_author", "organization_id", "author_id", "id"),
        Index(
            "ix_annotations_hidden_author",
            "organization_id",
            "hidden_author_id",
            "id",
            postgresql_where=text("hidden_author_id IS NOT NULL"),
        ),
        Index("ix_annotations_assignee", "organization_id", "assignee_id", "id"),
        Index(
            "ix_annotations_duplicate",
            "organization_id",
            "duplicate_of_id",
            "id",
            postgresql_where=text("duplicate_of_id IS NOT NULL"),
        ),
        searched("annotations", "coalesce(body, '')"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    kind: Mapped[str]
    body: Mapped[str | None]
    visibility: Mapped[str] = mapped_column(default=Visibility.EVERYONE)
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
    anchored_from_id: Mapped[UUID | None] = mapped_column(default=None)
    assignee_id: Mapped[UUID | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    work_status: Mapped[str] = mapped_column(default=WorkStatus.TO_DO)
    resolution: Mapped[str | None] = mapped_column(default=None)
    resolution_note: Mapped[str] = mapped_column(default="")
    duplicate_of_id: Mapped[UUID | None] = mapped_column(default=None)
    resolved_by: Mapped[UUID | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden_at: Mapped[datetime | None] = mapped_column(default=None)
    hidden_by: Mapped[UUID | None] = mapped_column(default=None)
    hidden_reason: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by: Mapped[UUID | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)
