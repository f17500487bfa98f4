"""What is measured from customers, of what, and by whom."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.results import Better, MetricAspect, MetricKind
from domain.words import SubjectKind


class Metric(Recorded, Base, kw_only=True):
    """A figure that the organization follows. `journey_id`: the journey it was made for, if any."""

    __tablename__ = "metrics"
    subject_kind = SubjectKind.METRIC
    links: ClassVar = {"recorder_ids": ("metric_recorders", "member_id")}
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("owner_id", "members"),
        link("created_by", "members"),
        one_of("kind", MetricKind),
        one_of("better", Better),
        Index(
            "uq_metrics_name",
            "organization_id",
            "journey_id",
            "name",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("retired_at IS NULL"),
        ),
        Index("ix_metrics_journey", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    better: Mapped[str]
    target: Mapped[Decimal | None] = mapped_column(default=None)
    owner_id: Mapped[UUID]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class MetricRecorder(Base, kw_only=True):
    """Who may record data points beside the owner."""

    __tablename__ = "metric_recorders"
    __table_args__ = (of_organization(), link("id", "metrics"), link("member_id", "members"))

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)


class MetricLink(Recorded, Base, kw_only=True):
    """A metric says something of a subject.

    `dimension` and `value` pick the data points that do; both are empty for all of them.
    """

    __tablename__ = "metric_links"
    subject_kind = SubjectKind.METRIC_LINK
    __table_args__ = (
        of_organization(),
        link("metric_id", "metrics"),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        link("touchpoint_id", "touchpoints"),
        link("created_by", "members"),
        one_of("aspect", MetricAspect),
        CheckConstraint("(dimension = '') = (value = '')", name="dimension"),
        Index(
            "uq_metric_links_link",
            "organization_id",
            "metric_id",
            "subject_id",
            "aspect",
            unique=True,
        ),
        Index("ix_metric_links_subject", "organization_id", "subject_id"),
        Index("ix_metric_links_journey", "organization_id", "journey_id"),
    )

    metric_id: Mapped[UUID]
    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    subject_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    aspect: Mapped[str] = mapped_column(default=MetricAspect.GENERAL)
    dimension: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
