"""One journey map, and who may do what on it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.models.records.searched import searched
from domain.roles import Group
from domain.words import Focus, GrantRole, JourneyState, JourneyStatus, Scale, SubjectKind


class Journey(Recorded, Base, kw_only=True):
    """A journey map: from where to where, what for, how far along, owned by one member.

    `status_before` remembers where an archived journey came from. `attribution` credits a
    published source. `group_voice` lets members speak for their group instead of by name.
    `future_of_id`: the current journey that this one, a future one, was drawn from.
    """

    __tablename__ = "journeys"
    subject_kind = SubjectKind.JOURNEY
    links: ClassVar = {"persona_ids": ("journey_personas", "persona_id")}
    __table_args__ = (
        of_organization(),
        link("owner_id", "members"),
        link("department_id", "departments"),
        link("created_by", "members"),
        link("future_of_id", "journeys"),
        one_of("state", JourneyState),
        one_of("focus", Focus),
        one_of("scale", Scale),
        one_of("status", JourneyStatus),
        Index("ix_journeys_updated_at", "organization_id", "updated_at", "id"),
        Index("ix_journeys_owner_id", "organization_id", "owner_id"),
        Index("ix_journeys_future_of", "organization_id", "future_of_id"),
        searched(
            "journeys",
            "title",
            "description",
            "objective",
            "scope_start",
            "scope_end",
            "sector",
            "customer_type",
            "attribution",
            lists=("success_criteria",),
        ),
    )

    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=JourneyState.CURRENT)
    focus: Mapped[str] = mapped_column(default=Focus.OVERALL)
    scope_start: Mapped[str] = mapped_column(default="")
    scope_end: Mapped[str] = mapped_column(default="")
    scale: Mapped[str] = mapped_column(default=Scale.MACRO)
    sector: Mapped[str] = mapped_column(default="")
    customer_type: Mapped[str] = mapped_column(default="")
    objective: Mapped[str] = mapped_column(default="")
    success_criteria: Mapped[list[str]] = mapped_column(default_factory=list)
    attribution: Mapped[str] = mapped_column(default="")
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default=JourneyStatus.DRAFT)
    status_before: Mapped[str | None] = mapped_column(default=None)
    status_reason: Mapped[str] = mapped_column(default="")
    restricted: Mapped[bool] = mapped_column(default=False)
    group_voice: Mapped[bool] = mapped_column(default=False)
    locked_at: Mapped[datetime | None] = mapped_column(default=None)
    locked_by: Mapped[UUID | None] = mapped_column(default=None)
    owner_id: Mapped[UUID]
    review_every_days: Mapped[int | None] = mapped_column(default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    future_of_id: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)


class JourneyPersona(Base, kw_only=True):
    """Whose journey it is."""

    __tablename__ = "journey_personas"
    __table_args__ = (
        of_organization(),
        link("id", "journeys"),
        link("persona_id", "personas"),
        Index("ix_journey_personas_persona_id", "organization_id", "persona_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    persona_id: Mapped[UUID] = mapped_column(primary_key=True)


class Grant(Recorded, Base, kw_only=True):
    """A right on one journey, for a member, a department (and all below it) or a group."""

    __tablename__ = "grants"
    subject_kind = SubjectKind.GRANT
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("member_id", "members"),
        link("department_id", "departments"),
        link("created_by", "members"),
        one_of("role", GrantRole),
        one_of("group", Group),
        CheckConstraint('num_nonnulls(member_id, department_id, "group") = 1', name="one_grantee"),
        Index(
            "uq_grants_grantee",
            "organization_id",
            "journey_id",
            "role",
            "member_id",
            "department_id",
            "group",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    journey_id: Mapped[UUID]
    role: Mapped[str]
    member_id: Mapped[UUID | None] = mapped_column(default=None)
    department_id: Mapped[UUID | None] = mapped_column(default=None)
    group: Mapped[str | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class ImportKey(Base, kw_only=True):
    """Which row an import made from which key, so that a second import updates it."""

    __tablename__ = "import_keys"
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("subject_id", "subjects"),
        Index(
            "uq_import_keys_journey",
            "organization_id",
            "key",
            unique=True,
            postgresql_where=text("kind = 'journey'"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    journey_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID]
