"""Concrete work with an owner, and what moved after it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.models.records.searched import searched
from domain.results import ActionKind, ActionStatus, Better, OutcomeStatus
from domain.words import SubjectKind


class Action(Recorded, Base, kw_only=True):
    """Work somebody answers for. `process`: the process it touches. `due_on`: a day, at its end.

    It is done with a verified outcome, or once somebody who does not own it waived one by name
    (`waived_by`, `waiver_reason`). `status_note` holds the words of whoever moved it last
    (`moved_by`).
    """

    __tablename__ = "actions"
    subject_kind = SubjectKind.ACTION
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("opportunity_id", "opportunities"),
        link("moment_id", "moments"),
        link("owner_id", "members"),
        link("department_id", "departments"),
        link("moved_by", "members"),
        link("waived_by", "members"),
        link("created_by", "members"),
        one_of("kind", ActionKind),
        one_of("status", ActionStatus),
        CheckConstraint("(waived_by IS NULL) = (waived_at IS NULL)", name="waived"),
        Index("ix_actions_journey", "organization_id", "journey_id", "id"),
        Index("ix_actions_newest", "organization_id", "id"),
        Index("ix_actions_touchpoint", "organization_id", "touchpoint_id"),
        Index("ix_actions_opportunity", "organization_id", "opportunity_id"),
        Index("ix_actions_moment", "organization_id", "moment_id"),
        Index(
            "ix_actions_owner",
            "organization_id",
            "owner_id",
            "due_on",
            postgresql_where=text("status NOT IN ('done', 'dropped')"),
        ),
        searched("actions", "title", "description", "process"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    opportunity_id: Mapped[UUID | None] = mapped_column(default=None)
    moment_id: Mapped[UUID | None] = mapped_column(default=None)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    process: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID]
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default=ActionStatus.PLANNED)
    status_note: Mapped[str] = mapped_column(default="")
    moved_by: Mapped[UUID | None] = mapped_column(default=None)
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    waived_by: Mapped[UUID | None] = mapped_column(default=None)
    waived_at: Mapped[datetime | None] = mapped_column(default=None)
    waiver_reason: Mapped[str] = mapped_column(default="")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Outcome(Recorded, Base, kw_only=True):
    """What moved after an action: before and after, each over its period and from its n.

    It claims no cause. `unit` is the metric's, or its own where no metric is named.
    `owner_id`: who owned the action when this was recorded; they do not judge it either.
    """

    __tablename__ = "outcomes"
    subject_kind = SubjectKind.OUTCOME
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("action_id", "actions"),
        link("metric_id", "metrics"),
        link("recorded_by", "members"),
        link("owner_id", "members"),
        link("judged_by", "members"),
        one_of("better", Better),
        one_of("status", OutcomeStatus),
        CheckConstraint("baseline_from <= baseline_to", name="baseline_period"),
        CheckConstraint("actual_from <= actual_to", name="actual_period"),
        CheckConstraint("least(baseline_n, actual_n) > 0", name="n"),
        CheckConstraint("(status = 'recorded') = (judged_by IS NULL)", name="judged"),
        Index("uq_outcomes_action", "organization_id", "action_id", unique=True),
        Index("ix_outcomes_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    action_id: Mapped[UUID]
    metric_id: Mapped[UUID | None] = mapped_column(default=None)
    measure: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    better: Mapped[str]
    baseline: Mapped[Decimal]
    baseline_from: Mapped[date]
    baseline_to: Mapped[date]
    baseline_n: Mapped[int | None] = mapped_column(BigInteger, default=None)
    target: Mapped[Decimal | None] = mapped_column(default=None)
    actual: Mapped[Decimal]
    actual_from: Mapped[date]
    actual_to: Mapped[date]
    actual_n: Mapped[int | None] = mapped_column(BigInteger, default=None)
    note: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=OutcomeStatus.RECORDED)
    recorded_by: Mapped[UUID]
    owner_id: Mapped[UUID]
    judged_by: Mapped[UUID | None] = mapped_column(default=None)
    judged_at: Mapped[datetime | None] = mapped_column(default=None)
    judgment_note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
