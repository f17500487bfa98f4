"""One contact between customer and organization."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import Base, Recorded, link, of_organization, one_of, within
from domain.models.records.searched import searched
from domain.words import ContactContext, EmotionSource, EvidenceGrade, PurchasePhase, SubjectKind


class Touchpoint(Recorded, Base, kw_only=True):
    """A contact, told from both sides: what each does, what the customer expects, thinks and gets.

    `first_expectation`, `repeat_expectation`: what is expected of a first contact, and of one
    about a matter still open. `child_journey_id`: the journey it opens into. `lineage_id`: the
    touchpoint it was first copied from. `monthly_volume`: contacts a month. `process`: what runs
    behind it.
    """

    __tablename__ = "touchpoints"
    subject_kind = SubjectKind.TOUCHPOINT
    links: ClassVar = {"channel_ids": ("touchpoint_channels", "channel_id")}
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("stage_id", "stages"),
        link("responsible_department_id", "departments"),
        link("child_journey_id", "journeys"),
        link("lineage_id", "subjects"),
        link("created_by", "members"),
        one_of("purchase_phase", PurchasePhase),
        one_of("contact_context", ContactContext),
        one_of("evidence_grade", EvidenceGrade),
        Index("ix_touchpoints_journey_id", "organization_id", "journey_id"),
        Index("ix_touchpoints_stage_id", "organization_id", "stage_id"),
        Index("ix_touchpoints_child", "organization_id", "child_journey_id"),
        searched(
            "touchpoints",
            "name",
            "description",
            "customer_actions",
            "business_actions",
            "interaction",
            "thoughts",
            "perspective",
            "quote",
            "expectation",
            "reality",
            "first_expectation",
            "repeat_expectation",
            "process",
            lists=("evidence",),
        ),
    )

    journey_id: Mapped[UUID]
    stage_id: Mapped[UUID]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(Text(collation="C"))
    purchase_phase: Mapped[str] = mapped_column(default=PurchasePhase.DURING)
    contact_context: Mapped[str] = mapped_column(default=ContactContext.ANY)
    optional: Mapped[bool] = mapped_column(default=False)
    customer_actions: Mapped[str] = mapped_column(default="")
    business_actions: Mapped[str] = mapped_column(default="")
    interaction: Mapped[str] = mapped_column(default="")
    thoughts: Mapped[str] = mapped_column(default="")
    perspective: Mapped[str] = mapped_column(default="")
    quote: Mapped[str] = mapped_column(default="")
    expectation: Mapped[str] = mapped_column(default="")
    reality: Mapped[str] = mapped_column(default="")
    first_expectation: Mapped[str] = mapped_column(default="")
    repeat_expectation: Mapped[str] = mapped_column(default="")
    process: Mapped[str] = mapped_column(default="")
    monthly_volume: Mapped[int | None] = mapped_column(BigInteger, default=None)
    responsible_department_id: Mapped[UUID | None] = mapped_column(default=None)
    evidence_grade: Mapped[str] = mapped_column(default=EvidenceGrade.ASSUMED)
    evidence: Mapped[list[str]] = mapped_column(default_factory=list)
    child_journey_id: Mapped[UUID | None] = mapped_column(default=None)
    lineage_id: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class TouchpointChannel(Base, kw_only=True):
    """Where the contact happens."""

    __tablename__ = "touchpoint_channels"
    __table_args__ = (of_organization(), link("id", "touchpoints"), link("channel_id", "channels"))

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(primary_key=True)


class Emotion(Recorded, Base, kw_only=True):
    """What the customer feels: valence -2 (very negative) to 2, intensity 1 to 5, its trigger.

    `lineage_id`: the emotion it was first copied from.
    """

    __tablename__ = "emotions"
    subject_kind = SubjectKind.EMOTION
    __table_args__ = (
        of_organization(),
        link("journey_id", "journeys"),
        link("touchpoint_id", "touchpoints"),
        link("persona_id", "personas"),
        link("lineage_id", "subjects"),
        link("created_by", "members"),
        within("valence", -2, 2),
        within("intensity", 1, 5),
        one_of("contact_context", ContactContext),
        one_of("source", EmotionSource),
        Index("ix_emotions_journey_id", "organization_id", "journey_id"),
    )

    journey_id: Mapped[UUID]
    touchpoint_id: Mapped[UUID]
    label: Mapped[str]
    valence: Mapped[int]
    intensity: Mapped[int]
    trigger: Mapped[str] = mapped_column(default="")
    persona_id: Mapped[UUID | None] = mapped_column(default=None)
    contact_context: Mapped[str] = mapped_column(default=ContactContext.ANY)
    source: Mapped[str] = mapped_column(default=EmotionSource.ASSUMED)
    lineage_id: Mapped[UUID | None] = mapped_column(default=None)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
