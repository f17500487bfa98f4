"""What was found at a touchpoint, and who else says so."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of, within
from domain.models.records.searched import searched
from domain.results import (
    ExperienceKind,
    FindingKind,
    FindingStatus,
    InformationFault,
    Lacking,
    PainKind,
    Side,
)
from domain.roles import Group
from domain.words import ContactContext, SubjectKind


class Finding(Recorded, Base, kw_only=True):
    """One finding at a touchpoint. `kind` says which of the fields below it has.

    pain_point: `pain`, `side`, `severity`, `frequency`. requirement: `side`, `met` (null: unknown).
    information_gap: `fault`, `lacking`, `department_id` (supplies it). experience: `experience`.
    obstacle: `department_id` (has it), `blocks`. drop_off: `entered`, `left_count`, `went_to`,
    `source`, `measured_from`, `measured_to`, `caused_by_id` (a finding); its `text` is the reason.
    promise: `department_id` (created the expectation), `met` (is it kept). Severity and frequency
    are 1 (least) to 5. `merged_into_id`: the finding it is now part of.
    """

    __tablename__ = "findings"
    subject_kind = SubjectKind.FINDING
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("department_id", "departments"),
        link("caused_by_id", "findings"),
        link("merged_into_id", "findings"),
        link("author_id", "members"),
        link("closed_by", "members"),
        one_of("kind", FindingKind),
        one_of("status", FindingStatus),
        one_of("contact_context", ContactContext),
        one_of("pain", PainKind),
        one_of("side", Side),
        one_of("fault", InformationFault),
        one_of("lacking", Lacking),
        one_of("experience", ExperienceKind),
        one_of("author_group", Group),
        within("severity", 1, 5),
        within("frequency", 1, 5),
        CheckConstraint("entered >= left_count AND left_count >= 0", name="counts"),
        CheckConstraint("measured_from <= measured_to", name="measured"),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        Index("ix_findings_journey", "organization_id", "journey_id", "id"),
        Index("ix_findings_touchpoint", "organization_id", "touchpoint_id", "id"),
        Index("ix_findings_merged_into", "organization_id", "merged_into_id"),
        Index("ix_findings_author", "organization_id", "author_id"),
        searched("findings", "text", "blocks", "went_to", "source"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    kind: Mapped[str]
    text: Mapped[str]
    status: Mapped[str] = mapped_column(default=FindingStatus.OPEN)
    status_note: Mapped[str] = mapped_column(default="")
    contact_context: Mapped[str] = mapped_column(default=ContactContext.ANY)
    pain: Mapped[str | None] = mapped_column(default=None)
    side: Mapped[str | None] = mapped_column(default=None)
    severity: Mapped[int | None] = mapped_column(default=None)
    frequency: Mapped[int | None] = mapped_column(default=None)
    met: Mapped[bool | None] = mapped_column(default=None)
    fault: Mapped[str | None] = mapped_column(default=None)
    lacking: Mapped[str | None] = mapped_column(default=None)
    experience: Mapped[str | None] = mapped_column(default=None)
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    blocks: Mapped[str] = mapped_column(default="")
    entered: Mapped[int | None] = mapped_column(BigInteger, default=None)
    left_count: Mapped[int | None] = mapped_column(BigInteger, default=None)
    went_to: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    measured_from: Mapped[date | None] = mapped_column(default=None)
    measured_to: Mapped[date | None] = mapped_column(default=None)
    caused_by_id: Mapped[UUID | None] = mapped_column(default=None)
    merged_into_id: Mapped[UUID | None] = mapped_column(default=None)
    author_id: Mapped[UUID]
    author_group: Mapped[str]
    closed_by: Mapped[UUID | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Vote(Recorded, Base, kw_only=True):
    """One member's vote for a finding or an opportunity (`subject_id`)."""

    __tablename__ = "votes"
    subject_kind = SubjectKind.VOTE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("member_id", "members"),
        one_of("member_group", Group),
        Index("uq_votes_member", "organization_id", "subject_id", "member_id", unique=True),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    member_id: Mapped[UUID]
    member_group: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Source(Recorded, Base, kw_only=True):
    """What something follows from: a finding from a thread, an opportunity from findings.

    `subject_id` is the finding, opportunity or action; `from_id` the annotation, finding,
    opportunity, moment or touchpoint of the same journey.
    """

    __tablename__ = "sources"
    subject_kind = SubjectKind.SOURCE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("from_id", "subjects"),
        link("created_by", "members"),
        CheckConstraint("subject_id <> from_id", name="another"),
        Index("uq_sources_link", "organization_id", "subject_id", "from_id", unique=True),
        Index("ix_sources_from", "organization_id", "from_id"),
        Index("ix_sources_journey", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    from_id: Mapped[UUID]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
