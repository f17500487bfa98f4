"""Changes that members suggest."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.roles import Group
from domain.talk import Proposable, ProposalStatus
from domain.words import SubjectKind


class Proposal(Recorded, Base, kw_only=True):
    """A change to one subject, on the version its author saw, until an editor decides.

    `changes` is canonical JSON, {field: proposed value}, or empty once its author was erased.
    `subject_id` is the touchpoint, stage or moment; for a cell it is the lane, and `stage_id` or
    `touchpoint_id` say where in it, since an empty cell (version 0) has no id yet. Otherwise
    `touchpoint_id` is the touchpoint it belongs to, if any. `applied_version` is the version of the
    subject that says what was accepted.
    """

    __tablename__ = "proposals"
    subject_kind = SubjectKind.PROPOSAL
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("stage_id", "stages"),
        link("author_id", "members"),
        link("decided_by", "members"),
        one_of("about", Proposable),
        one_of("status", ProposalStatus),
        one_of("author_group", Group),
        CheckConstraint(
            "about <> 'cell' OR num_nonnulls(stage_id, touchpoint_id) = 1", name="one_place"
        ),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(status = 'accepted') = (applied_version IS NOT NULL)", name="applied"),
        Index("ix_proposals_journey", "organization_id", "journey_id", "id"),
        Index("ix_proposals_subject", "organization_id", "subject_id", "id"),
        Index("ix_proposals_author", "organization_id", "author_id", "id"),
        Index(
            "ix_proposals_open",
            "organization_id",
            "journey_id",
            "touchpoint_id",
            postgresql_where=text("status = 'open'"),
        ),
    )

    journey_id: Mapped[UUID]
    about: Mapped[str]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    stage_id: Mapped[UUID | None] = mapped_column(default=None)
    base_version: Mapped[int]
    changes: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=ProposalStatus.OPEN)
    author_id: Mapped[UUID]
    author_group: Mapped[str]
    decided_by: Mapped[UUID | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decision_reason: Mapped[str] = mapped_column(default="")
    applied_version: Mapped[int | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
