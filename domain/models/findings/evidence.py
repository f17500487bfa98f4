"""What a statement rests on, and the files that show it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.models.records.searched import searched
from domain.results import EvidenceKind
from domain.words import EvidenceGrade, SubjectKind


class Evidence(Recorded, Base, kw_only=True):
    """What supports a subject, personas included; `journey_id` is null outside journeys."""

    __tablename__ = "evidence"
    subject_kind = SubjectKind.EVIDENCE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("attachment_id", "attachments"),
        link("author_id", "members"),
        one_of("kind", EvidenceKind),
        one_of("grade", EvidenceGrade),
        Index("ix_evidence_subject", "organization_id", "subject_id", "id"),
        Index("ix_evidence_journey", "organization_id", "journey_id", "id"),
        Index("ix_evidence_author", "organization_id", "author_id"),
        searched("evidence", "excerpt", "source"),
    )

    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    kind: Mapped[str]
    grade: Mapped[str] = mapped_column(default=EvidenceGrade.ASSUMED)
    excerpt: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    captured_on: Mapped[date | None] = mapped_column(default=None)
    attachment_id: Mapped[UUID | None] = mapped_column(default=None)
    author_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Attachment(Recorded, Base, kw_only=True):
    """A photo, voice note or document, kept in the storage under `storage_key`.

    `size` in bytes, `sha256` in hex, `width` and `height` in pixels, where it is a picture.
    """

    __tablename__ = "attachments"
    subject_kind = SubjectKind.ATTACHMENT
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("author_id", "members"),
        CheckConstraint("size > 0", name="size"),
        Index("ix_attachments_subject", "organization_id", "subject_id", "id"),
        Index("ix_attachments_author", "organization_id", "author_id"),
    )

    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    storage_key: Mapped[str]
    author_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
