"""Named states of a journey, whom they were shown to, and when the map was looked at again."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of
from domain.results import EditionKind, RevisitOutcome
from domain.words import SubjectKind


class Edition(Recorded, Base, kw_only=True):
    """A revision of a journey under a name: `number` counts from 1, `revision` is what it shows."""

    __tablename__ = "editions"
    subject_kind = SubjectKind.EDITION
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("published_by", "members"),
        one_of("kind", EditionKind),
        Index("uq_editions_number", "organization_id", "journey_id", "number", unique=True),
        Index("ix_editions_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(default=EditionKind.PUBLISHED)
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(BigInteger)
    published_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    restored_at: Mapped[datetime | None] = mapped_column(default=None)


class Publication(Recorded, Base, kw_only=True):
    """An edition, or the journey as it stood, laid before an audience that is asked to say so."""

    __tablename__ = "publications"
    subject_kind = SubjectKind.PUBLICATION
    links: ClassVar = {"department_ids": ("publication_departments", "department_id")}
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("edition_id", "editions"),
        link("published_by", "members"),
        Index("ix_publications_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    edition_id: Mapped[UUID | None] = mapped_column(default=None)
    revision: Mapped[int] = mapped_column(BigInteger)
    groups: Mapped[list[str]] = mapped_column(default_factory=list)
    note: Mapped[str] = mapped_column(default="")
    published_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)


class PublicationDepartment(Base, kw_only=True):
    """A department, with all below it, in the audience."""

    __tablename__ = "publication_departments"
    __table_args__ = (
        of_organization(),
        link("id", "publications"),
        link("department_id", "departments"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)


class Receipt(Recorded, Base, kw_only=True):
    """One member of the audience, and when they said they had read it."""

    __tablename__ = "receipts"
    subject_kind = SubjectKind.RECEIPT
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("publication_id", "publications"),
        link("member_id", "members"),
        Index("uq_receipts_member", "organization_id", "publication_id", "member_id", unique=True),
        Index(
            "ix_receipts_waiting",
            "organization_id",
            "member_id",
            postgresql_where=text("acknowledged_at IS NULL"),
        ),
    )

    journey_id: Mapped[UUID]
    publication_id: Mapped[UUID]
    member_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    acknowledged_at: Mapped[datetime | None] = mapped_column(default=None)


class Revisit(Recorded, Base, kw_only=True):
    """Somebody looked at the map again and said what they found."""

    __tablename__ = "revisits"
    subject_kind = SubjectKind.REVISIT
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("member_id", "members"),
        one_of("outcome", RevisitOutcome),
        Index("ix_revisits_journey", "organization_id", "journey_id", "id"),
    )

    journey_id: Mapped[UUID]
    outcome: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    member_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
