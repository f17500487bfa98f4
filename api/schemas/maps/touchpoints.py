"""Touchpoints on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from api.schemas.base import Body, Count, Instant, Name, Reply, Statements, Text, Version
from api.schemas.order import After
from domain.words import ContactContext, EvidenceGrade, PurchasePhase

Channels = Annotated[list[UUID], Meta(max_length=50)]


class TouchpointNew(Body):
    """A touchpoint to add to a stage; without `after` it goes to the end."""

    name: Name
    description: Text = ""
    purchase_phase: PurchasePhase = PurchasePhase.DURING
    contact_context: ContactContext = ContactContext.ANY
    optional: bool = False
    channel_ids: Channels = field(default_factory=list)
    customer_actions: Text = ""
    business_actions: Text = ""
    interaction: Text = ""
    thoughts: Text = ""
    perspective: Text = ""
    quote: Text = ""
    expectation: Text = ""
    reality: Text = ""
    first_expectation: Text = ""
    repeat_expectation: Text = ""
    process: Text = ""
    monthly_volume: Count | None = None
    responsible_department_id: UUID | None = None
    evidence_grade: EvidenceGrade = EvidenceGrade.ASSUMED
    evidence: Statements = field(default_factory=list)
    after: After | UnsetType = UNSET


class TouchpointPatch(Body):
    """What to change of a touchpoint."""

    name: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    purchase_phase: PurchasePhase | UnsetType = UNSET
    contact_context: ContactContext | UnsetType = UNSET
    optional: bool | UnsetType = UNSET
    channel_ids: Channels | UnsetType = UNSET
    customer_actions: Text | UnsetType = UNSET
    business_actions: Text | UnsetType = UNSET
    interaction: Text | UnsetType = UNSET
    thoughts: Text | UnsetType = UNSET
    perspective: Text | UnsetType = UNSET
    quote: Text | UnsetType = UNSET
    expectation: Text | UnsetType = UNSET
    reality: Text | UnsetType = UNSET
    first_expectation: Text | UnsetType = UNSET
    repeat_expectation: Text | UnsetType = UNSET
    process: Text | UnsetType = UNSET
    monthly_volume: Count | UnsetType | None = UNSET
    responsible_department_id: UUID | UnsetType | None = UNSET
    evidence_grade: EvidenceGrade | UnsetType = UNSET
    evidence: Statements | UnsetType = UNSET


class TouchpointMove(Body):
    """Where to put a touchpoint: in its own stage, or in another of the same journey."""

    after: After
    stage_id: UUID | None = None


class Touchpoint(Reply):
    """One contact, told from both sides; touchpoints stand in the byte order of `position`.

    `position` is a text and means nothing by itself: sort the touchpoints of a stage by it, byte by
    byte and not as a language would, and never make one up: moving gives a new one.
    `first_expectation` and `repeat_expectation`: what is expected of a first contact, and of one
    about a matter still open. `monthly_volume`: contacts a month. `process`: what runs behind it.
    `child_journey_id`: the journey it opens into; the tree tells those who may see it more of it.
    """

    id: UUID
    journey_id: UUID
    stage_id: UUID
    version: Version
    name: str
    description: str
    position: str
    purchase_phase: PurchasePhase
    contact_context: ContactContext
    optional: bool
    channel_ids: list[UUID]
    customer_actions: str
    business_actions: str
    interaction: str
    thoughts: str
    perspective: str
    quote: str
    expectation: str
    reality: str
    first_expectation: str
    repeat_expectation: str
    process: str
    monthly_volume: Count | None
    responsible_department_id: UUID | None
    evidence_grade: EvidenceGrade
    evidence: list[str]
    child_journey_id: UUID | None
    created_by: UUID
    created_at: Instant
    updated_at: Instant
