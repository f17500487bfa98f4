"""The rows of a journey, each asked as a question."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.words import LaneKind, SubjectKind


class Lane(Recorded, Base, kw_only=True):
    """A row: its question, and whether a touchpoint's field answers it or cells (`custom`).

    `lineage_id`: the lane it was first copied from.
    """

    __tablename__ = "lanes"
    subject_kind = SubjectKind.LANE
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("created_by", "members"),
        one_of("kind", LaneKind),
        link("lineage_id", "subjects"),
        Index("ix_lanes_journey_id", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID]
    question: Mapped[str]
    kind: Mapped[str]
    position: Mapped[str] = mapped_column(Text(collation="C"))
    lineage_id: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Cell(Recorded, Base, kw_only=True):
    """The answer of a custom lane at a stage or at a touchpoint."""

    __tablename__ = "cells"
    subject_kind = SubjectKind.CELL
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("lane_id", "lanes"),
        link("stage_id", "stages"),
        link("touchpoint_id", "touchpoints"),
        link("created_by", "members"),
        CheckConstraint("num_nonnulls(stage_id, touchpoint_id) = 1", name="one_place"),
        Index(
            "uq_cells_place",
            "organization_id",
            "lane_id",
            "stage_id",
            "touchpoint_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_cells_journey_id", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID]
    lane_id: Mapped[UUID]
    stage_id: Mapped[UUID | None] = mapped_column(default=None)
    touchpoint_id: Mapped[UUID | None] = mapped_column(default=None)
    body: Mapped[str]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
