"""The parts of journeymap/1 from finding to outcome."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from api.schemas.base import Body, Line, Name, Statements, Text
from api.schemas.findings.findings import Grade, People
from api.schemas.maps.import_parts import Key, Ref
from api.schemas.outcomes.actions import DueOn
from api.schemas.outcomes.opportunities import Benefits, OneToFive
from api.schemas.outcomes.outcomes import Sample
from domain.duties import RecoveryKind
from domain.results import (
    ActionKind,
    Better,
    EvidenceKind,
    ExperienceKind,
    FindingKind,
    InformationFault,
    Lacking,
    PainKind,
    Side,
)
from domain.words import ContactContext, EvidenceGrade

Number = Annotated[
    str,
    Meta(
        pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$(?!\n)",
        description="A decimal number as text, so that none of its digits is lost.",
    ),
]
Figure = Annotated[
    str,
    Meta(
        pattern=r"^-?([0-9]{1,9}(\.[0-9]{1,6})?|1000000000(\.0{1,6})?)$(?!\n)",
        description="A decimal number as text, from -1000000000 to 1000000000.",
    ),
]


class ImportPlaybook(Body):
    """How to recover a moment; it arrives as a draft, for somebody else to approve with limits."""

    key: Key
    moment: Key
    title: Name
    recovery_kind: RecoveryKind
    situation: Text = ""
    steps: Statements = field(default_factory=list)


class ImportFinding(Body):
    """What was found at a touchpoint; its kind says which of the fields it has."""

    key: Key
    touchpoint: Key
    kind: FindingKind
    text: Text
    status: Literal["open", "addressed", "dismissed", "merged"] = "open"
    status_note: Line = ""
    contact_context: ContactContext = ContactContext.ANY
    pain: PainKind | None = None
    side: Side | None = None
    severity: Grade | None = None
    frequency: Grade | None = None
    met: bool | None = None
    fault: InformationFault | None = None
    lacking: Lacking | None = None
    experience: ExperienceKind | None = None
    department: Key | None = None
    blocks: Line = ""
    entered: People | None = None
    left_count: People | None = None
    went_to: Line = ""
    source: Line = ""
    measured_from: date | None = None
    measured_to: date | None = None
    caused_by: Key | None = None
    merged_into: Key | None = None
    """The finding it is part of now: named by one that is `merged`, and by no other."""


class ImportEvidence(Body):
    """What a statement rests on. Files do not travel with a document."""

    key: Key
    about: Ref
    kind: EvidenceKind
    grade: EvidenceGrade = EvidenceGrade.ASSUMED
    excerpt: Text = ""
    source: Line = ""
    url: Annotated[str, Meta(max_length=2_000, pattern=r"^(https?://[^\s/]\S*)?$(?!\n)")] = ""
    captured_on: date | None = None


class ImportOpportunity(Body):
    """What could be gained, from 1 (little) to 5, against effort from 1 to 5."""

    key: Key
    title: Name
    touchpoint: Key | None = None
    statement: Text = ""
    success_sign: Text = ""
    benefits: Benefits = field(default_factory=list)
    customer_value: OneToFive | None = None
    business_value: OneToFive | None = None
    effort: OneToFive | None = None
    status: Literal["draft", "open", "chosen", "in_progress", "achieved", "declined", "merged"] = (
        "open"
    )
    status_note: Line = ""
    merged_into: Key | None = None


class ImportAction(Body):
    """Work that somebody answers for: whoever imports it, until they hand it over.

    One that was done arrives as delivered: that it is done is for somebody there to say.
    """

    key: Key
    title: Name
    kind: ActionKind
    touchpoint: Key | None = None
    opportunity: Key | None = None
    moment: Key | None = None
    department: Key | None = None
    description: Text = ""
    process: Line = ""
    due_on: DueOn | None = None
    status: Literal["planned", "in_progress", "blocked", "delivered", "dropped"] = "planned"
    status_note: Line = ""


class ImportOutcome(Body):
    """What moved after an action, before and after. It arrives recorded, for others to verify."""

    action: Key
    measure: Name
    better: Better
    baseline: Figure
    baseline_from: date
    baseline_to: date
    actual: Figure
    actual_from: date
    actual_to: date
    metric: Key | None = None
    unit: Annotated[str, Meta(max_length=50)] = ""
    baseline_n: Sample | None = None
    target: Figure | None = None
    actual_n: Sample | None = None
    note: Text = ""


class ImportRelation(Body):
    """What something follows from: `of` is a finding, an opportunity or an action."""

    of: Ref
    follows: Ref
    """The annotation, finding, opportunity, moment or touchpoint it follows from."""
