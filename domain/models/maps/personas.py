"""The customer whose point of view a journey takes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization
from domain.models.records.searched import searched
from domain.words import EvidenceGrade, SubjectKind


class Persona(Recorded, Base, kw_only=True):
    """A customer as the organization knows them; lists are short statements, one per item."""

    __tablename__ = "personas"
    subject_kind = SubjectKind.PERSONA
    __table_args__ = (
        of_organization(),
        link("created_by", "members"),
        searched(
            "personas",
            "name",
            "summary",
            "quote",
            "segment",
            "profession",
            "prior_knowledge",
            lists=(
                "goals",
                "motivations",
                "problems",
                "resources_used",
                "narrowing_steps",
                "preferences",
                "behaviors",
                "evidence",
            ),
        ),
    )

    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    segment: Mapped[str] = mapped_column(default="")
    age: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    education: Mapped[str] = mapped_column(default="")
    profession: Mapped[str] = mapped_column(default="")
    income: Mapped[str] = mapped_column(default="")
    family_status: Mapped[str] = mapped_column(default="")
    prior_knowledge: Mapped[str] = mapped_column(default="")
    goals: Mapped[list[str]] = mapped_column(default_factory=list)
    motivations: Mapped[list[str]] = mapped_column(default_factory=list)
    problems: Mapped[list[str]] = mapped_column(default_factory=list)
    resources_used: Mapped[list[str]] = mapped_column(default_factory=list)
    narrowing_steps: Mapped[list[str]] = mapped_column(default_factory=list)
    preferences: Mapped[list[str]] = mapped_column(default_factory=list)
    behaviors: Mapped[list[str]] = mapped_column(default_factory=list)
    evidence: Mapped[list[str]] = mapped_column(default_factory=list)
    evidence_grade: Mapped[str] = mapped_column(default=EvidenceGrade.ASSUMED)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
