"""What was measured: components, not figures, so that periods can be put together."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, Tenant, link, of_organization
from domain.words import SubjectKind


class Recording(Recorded, Base, kw_only=True):
    """One delivery of data points; `digest` is the SHA-256 of them all, as canonical JSON lines."""

    __tablename__ = "recordings"
    subject_kind = SubjectKind.RECORDING
    __table_args__ = (
        of_organization(),
        link("metric_id", "metrics"),
        link("recorded_by", "members"),
        Index("ix_recordings_metric", "organization_id", "metric_id", "id"),
    )

    metric_id: Mapped[UUID]
    points: Mapped[int]
    digest: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class DataPoint(Tenant, Base, kw_only=True):
    """One measurement over a period. `dimensions` is canonical JSON, {name: value}, "{}" for none.

    nps: `promoters`, `passives`, `detractors`. csat: `ones` to `fives`, how many gave 1 to 5.
    ces: `score_sum` of `respondents`. ratio: `numerator` of `denominator`. number: `number`, with
    `respondents` where it is a mean.
    """

    __tablename__ = "data_points"
    __table_args__ = (
        of_organization(),
        link("metric_id", "metrics"),
        link("recording_id", "recordings"),
        CheckConstraint("period_from <= period_to", name="period"),
        CheckConstraint(
            "least(promoters, passives, detractors, ones, twos, threes, fours, fives, score_sum,"
            " respondents, numerator, denominator) >= 0",
            name="components",
        ),
        Index(
            "uq_data_points_place",
            "organization_id",
            "metric_id",
            "period_to",
            "period_from",
            "dimensions",
            unique=True,
        ),
    )

    metric_id: Mapped[UUID]
    recording_id: Mapped[UUID]
    period_from: Mapped[date]
    period_to: Mapped[date]
    dimensions: Mapped[str] = mapped_column(default="{}")
    promoters: Mapped[int | None] = mapped_column(BigInteger, default=None)
    passives: Mapped[int | None] = mapped_column(BigInteger, default=None)
    detractors: Mapped[int | None] = mapped_column(BigInteger, default=None)
    ones: Mapped[int | None] = mapped_column(BigInteger, default=None)
    twos: Mapped[int | None] = mapped_column(BigInteger, default=None)
    threes: Mapped[int | None] = mapped_column(BigInteger, default=None)
    fours: Mapped[int | None] = mapped_column(BigInteger, default=None)
    fives: Mapped[int | None] = mapped_column(BigInteger, default=None)
    score_sum: Mapped[int | None] = mapped_column(BigInteger, default=None)
    respondents: Mapped[int | None] = mapped_column(BigInteger, default=None)
    numerator: Mapped[int | None] = mapped_column(BigInteger, default=None)
    denominator: Mapped[int | None] = mapped_column(BigInteger, default=None)
    number: Mapped[Decimal | None] = mapped_column(default=None)
    recorded_at: Mapped[datetime] = mapped_column(default_factory=now)
