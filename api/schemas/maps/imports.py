"""The document of an import, `journeymap/1`, and what came of it."""

from typing import Annotated, Literal

from msgspec import Meta, field

from api.schemas.accountability.playbooks import Currency
from api.schemas.base import Body, Count, Line, Name, Statements, Text
from api.schemas.exchange.metrics import ImportMetric
from api.schemas.exchange.observed import Exported, Told
from api.schemas.exchange.results import (
    ImportAction,
    ImportEvidence,
    ImportFinding,
    ImportOpportunity,
    ImportOutcome,
    ImportPlaybook,
    ImportRelation,
)
from api.schemas.maps.channels import Key as ChannelKey
from api.schemas.maps.import_parts import (
    Annotations,
    ImportChannel,
    ImportDepartment,
    ImportElsewhere,
    ImportEmotion,
    ImportPersona,
    ImportSource,
    Key,
)
from api.schemas.maps.journeys import Days
from api.schemas.maps.lanes import Question
from api.schemas.moments.moments import Labels, ValueAtRisk
from domain.words import (
    ContactContext,
    EvidenceGrade,
    Focus,
    JourneyState,
    LaneKind,
    PurchasePhase,
    Scale,
)

Keys = Annotated[list[ChannelKey], Meta(max_length=50)]


class ImportTouchpoint(Body):
    """One contact between customer and organization, told from both sides."""

    key: Key
    name: Name
    description: Text = ""
    purchase_phase: PurchasePhase = PurchasePhase.DURING
    contact_context: ContactContext = ContactContext.ANY
    optional: bool = False
    channels: Keys = field(default_factory=list)
    """Keys of channels, of the document or of the organization."""
    responsible_department: Key | None = None
    """The key of a department of the document."""
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
    evidence_grade: EvidenceGrade = EvidenceGrade.ASSUMED
    evidence: Statements = field(default_factory=list)
    emotions: Annotated[list[ImportEmotion], Meta(max_length=50)] = field(default_factory=list)
    annotations: Annotations = field(default_factory=list)


class ImportStage(Body):
    """A period of the journey with its touchpoints, in their order."""

    key: Key
    name: Name
    description: Text = ""
    customer_goal: Text = ""
    touchpoints: Annotated[list[ImportTouchpoint], Meta(max_length=1_000)] = field(
        default_factory=list
    )
    annotations: Annotations = field(default_factory=list)


class ImportCell(Body):
    """The answer of a custom lane at one place: name a stage or a touchpoint."""

    body: Text
    stage: Key | None = None
    touchpoint: Key | None = None


class ImportLane(Body):
    """A row, asked as a question; only a `custom` one has cells."""

    key: Key
    question: Question
    kind: LaneKind
    cells: Annotated[list[ImportCell], Meta(max_length=2_000)] = field(default_factory=list)


class ImportMoment(Body):
    """A touchpoint declared decisive; it arrives nominated unless the importer may confirm it."""

    key: Key
    touchpoint: Key
    status: Literal["nominated", "confirmed"] = "nominated"
    rationale: Text = ""
    stakes: Text = ""
    customers_per_month: Count | None = None
    value_at_risk: ValueAtRisk | None = None
    value_currency: Currency = "USD"
    likely_emotions: Labels = field(default_factory=list)
    triggers: Labels = field(default_factory=list)


class ImportJourney(Body):
    """What the map is of. Its key says which journey a later import of the document updates."""

    key: Key
    title: Name
    description: Text = ""
    state: JourneyState = JourneyState.CURRENT
    focus: Focus = Focus.OVERALL
    scope_start: Line = ""
    scope_end: Line = ""
    scale: Scale = Scale.MACRO
    sector: Line = ""
    customer_type: Line = ""
    objective: Text = ""
    success_criteria: Statements = field(default_factory=list)
    department: Key | None = None
    """The key of a department of the document."""
    review_every_days: Days | None = None
    attribution: Annotated[str, Meta(max_length=30_000)] = ""
    """Whom the facts come from, where the document has no `source`, which would say so instead."""
    group_voice: bool = False
    """Whether members may speak for their group instead of by name."""
    annotations: Annotations = field(default_factory=list)


class ImportDocument(Body):
    """A whole journey map. Keys are unique in the document for their kind, unless said otherwise.

    It holds 2,000 objects at most beside `observed`, more when it is imported as a job.
    A field that is absent keeps what the map says already. What an earlier document brought and
    this one does not name stays on the map: remove it there.
    """

    format: Literal["journeymap/1", "touchstone-journey/1"]
    """The second is its older name."""
    journey: ImportJourney
    source: ImportSource | None = None
    exported: Exported | None = None
    personas: Annotated[list[ImportPersona], Meta(max_length=50)] = field(default_factory=list)
    departments: Annotated[list[ImportDepartment], Meta(max_length=200)] = field(
        default_factory=list
    )
    channels: Annotated[list[ImportChannel], Meta(max_length=100)] = field(default_factory=list)
    stages: Annotated[list[ImportStage], Meta(max_length=100)] = field(default_factory=list)
    lanes: Annotated[list[ImportLane], Meta(max_length=50)] = field(default_factory=list)
    moments: Annotated[list[ImportMoment], Meta(max_length=1_000)] = field(default_factory=list)
    playbooks: Annotated[list[ImportPlaybook], Meta(max_length=1_000)] = field(default_factory=list)
    findings: Annotated[list[ImportFinding], Meta(max_length=5_000)] = field(default_factory=list)
    opportunities: Annotated[list[ImportOpportunity], Meta(max_length=2_000)] = field(
        default_factory=list
    )
    actions: Annotated[list[ImportAction], Meta(max_length=2_000)] = field(default_factory=list)
    metrics: Annotated[list[ImportMetric], Meta(max_length=200)] = field(default_factory=list)
    outcomes: Annotated[list[ImportOutcome], Meta(max_length=2_000)] = field(default_factory=list)
    annotations: Annotated[list[ImportElsewhere], Meta(max_length=5_000)] = field(
        default_factory=list
    )
    evidence: Annotated[list[ImportEvidence], Meta(max_length=5_000)] = field(default_factory=list)
    relations: Annotated[list[ImportRelation], Meta(max_length=5_000)] = field(default_factory=list)
    observed: Told | None = None
