"""What went up the chain of command, and when the clock looks again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.duties import DeadlineKind, EscalationCause, EscalationLevel
from domain.models.base import Base, Recorded, Tenant, link, of_organization, one_of
from domain.words import SubjectKind


class Escalation(Recorded, Base, kw_only=True):
    """One step up the chain about one subject: an annotation, a responsibility, an input ask.

    `step` counts the steps of this cause from 1, each of which is taken once. `about_id` is the
    member whose silence it is about, `to_id` the one it reached. `raised_by` is null when it was
    the clock.
    """

    __tablename__ = "escalations"
    subject_kind = SubjectKind.ESCALATION
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("about_id", "members"),
        link("to_id", "members"),
        link("raised_by", "members"),
        one_of("cause", EscalationCause),
        one_of("level", EscalationLevel),
        Index("uq_escalations_step", "organization_id", "subject_id", "cause", "step", unique=True),
        Index("ix_escalations_journey", "organization_id", "journey_id", "id"),
        Index("ix_escalations_to", "organization_id", "to_id", "id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    cause: Mapped[str]
    step: Mapped[int] = mapped_column(SmallInteger)
    level: Mapped[str]
    about_id: Mapped[UUID | None] = mapped_column(default=None)
    to_id: Mapped[UUID]
    raised_by: Mapped[UUID | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class Deadline(Tenant, Base, kw_only=True):
    """When the clock is to look at a subject again; a queue, not a record.

    `step` is the step of the chain that is taken then. `done_at`: it has been looked at, or there
    is nothing left to wait for.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        one_of("kind", DeadlineKind),
        one_of("cause", EscalationCause),
        Index("ix_deadlines_due", "due_at", postgresql_where=text("done_at IS NULL")),
        Index("ix_deadlines_subject", "organization_id", "subject_id"),
    )

    journey_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    kind: Mapped[str]
    cause: Mapped[str | None] = mapped_column(default=None)
    step: Mapped[int] = mapped_column(SmallInteger, default=0)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
