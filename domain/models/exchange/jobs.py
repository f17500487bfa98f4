"""Work that takes longer than a request should."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Tenant, link, of_organization, one_of
from domain.results import JobKind, JobStatus


class Job(Tenant, Base, kw_only=True):
    """A piece of long work that a member asked for; it is done as them, with the rights they have.

    `request` is canonical JSON, what was asked; what is to be imported lies in the storage under
    `input_key`. `done` of `total` steps tell how far it is. The result is a file under
    `result_key`, or a journey. `problem` is canonical JSON of the refusal. `beat_at` is when
    whoever does it last said so: after a while of silence another takes it up.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("member_id", "members"),
        one_of("kind", JobKind),
        one_of("status", JobStatus),
        CheckConstraint("done BETWEEN 0 AND total", name="progress"),
        Index("ix_jobs_member", "organization_id", "member_id", "id"),
        Index("ix_jobs_waiting", "id", postgresql_where=text("status IN ('queued', 'running')")),
    )

    kind: Mapped[str]
    member_id: Mapped[UUID]
    journey_id: Mapped[UUID | None] = mapped_column(default=None)
    request: Mapped[str]
    input_key: Mapped[str | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default=JobStatus.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=1)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(default=None)
    result_key: Mapped[str | None] = mapped_column(default=None)
    result_name: Mapped[str | None] = mapped_column(default=None)
    result_type: Mapped[str | None] = mapped_column(default=None)
    result_size: Mapped[int | None] = mapped_column(BigInteger, default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    beat_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
