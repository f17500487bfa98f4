"""What a new journey may start from: stages, and the five questions as lanes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.words import Focus, LaneKind, PurchasePhase


class Template(StrEnum):
    """The built-in templates; a journey's id serves as one too."""

    EIGHT_STAGE = "eight_stage"
    """From awareness to advocacy: the whole relationship."""
    THREE_STAGE = "three_stage"
    """Awareness, purchase, engagement."""
    SUPPORT = "support"
    """A customer needs help and gets it."""
    BLANK = "blank"
    """Neither stages nor lanes."""


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """A stage to begin with; `purchase_phase` is a hint for the touchpoints put there."""

    name: str
    customer_goal: str
    purchase_phase: PurchasePhase


@dataclass(frozen=True, slots=True)
class LaneTemplate:
    """A row, asked as a question; answered by a touchpoint's field, or by cells when custom."""

    question: str
    kind: LaneKind


@dataclass(frozen=True, slots=True)
class JourneyTemplate:
    """Stages and lanes in their order, and the focus they suit."""

    stages: tuple[StageTemplate, ...]
    lanes: tuple[LaneTemplate, ...]
    focus: Focus


_BEFORE: Final = PurchasePhase.BEFORE
_DURING: Final = PurchasePhase.DURING
_AFTER: Final = PurchasePhase.AFTER

FOUNDING_LANES: Final = (
    LaneTemplate("What does the customer do?", LaneKind.CUSTOMER_ACTIONS),
    LaneTemplate("What does the business do?", LaneKind.BUSINESS_ACTIONS),
    LaneTemplate("How do they interact?", LaneKind.INTERACTION),
    LaneTemplate("What does the customer experience, good and bad?", LaneKind.EMOTIONS),
    LaneTemplate("How can we improve?", LaneKind.CUSTOM),
)

_EIGHT: Final = (
    StageTemplate("Awareness", "Notice that there is a need, and who might meet it.", _BEFORE),
    StageTemplate("Consideration", "Compare what is on offer.", _BEFORE),
    StageTemplate("Decision", "Choose, and commit to it.", _DURING),
    StageTemplate("Delivery", "Receive what was chosen.", _DURING),
    StageTemplate("Use", "Get done what it was chosen for.", _AFTER),
    StageTemplate("Monitoring", "See that it keeps its promise.", _AFTER),
    StageTemplate("Loyalty", "Come back without looking elsewhere.", _AFTER),
    StageTemplate("Advocacy", "Tell others about it.", _AFTER),
)

_THREE: Final = (
    StageTemplate("Awareness", "Notice that there is a need, and who might meet it.", _BEFORE),
    StageTemplate("Purchase", "Choose, pay and receive.", _DURING),
    StageTemplate("Engagement", "Use it, get help, come back.", _AFTER),
)

_SUPPORT: Final = (
    StageTemplate("Problem", "Understand what went wrong.", _AFTER),
    StageTemplate("Reaching help", "Find someone who can help.", _AFTER),
    StageTemplate("Explaining", "Be understood, and only once.", _AFTER),
    StageTemplate("Resolution", "Have it put right.", _AFTER),
    StageTemplate("Follow-up", "Be sure that it stays right.", _AFTER),
)

TEMPLATES: Final[Mapping[Template, JourneyTemplate]] = MappingProxyType(
    {
        Template.EIGHT_STAGE: JourneyTemplate(_EIGHT, FOUNDING_LANES, Focus.OVERALL),
        Template.THREE_STAGE: JourneyTemplate(_THREE, FOUNDING_LANES, Focus.BUYING),
        Template.SUPPORT: JourneyTemplate(_SUPPORT, FOUNDING_LANES, Focus.SUPPORT),
        Template.BLANK: JourneyTemplate((), (), Focus.OVERALL),
    }
)
"""Every built-in template by name."""
