"""The closed vocabularies from finding to outcome, of measuring, and of a map's life."""

from enum import StrEnum


class FindingKind(StrEnum):
    """What was found at a touchpoint."""

    PAIN_POINT = "pain_point"
    REQUIREMENT = "requirement"
    INFORMATION_GAP = "information_gap"
    EXPERIENCE = "experience"
    OBSTACLE = "obstacle"
    DROP_OFF = "drop_off"
    PROMISE = "promise"


class PainKind(StrEnum):
    STRUGGLE = "struggle"
    ABANDONMENT = "abandonment"
    FRUSTRATION = "frustration"
    ROADBLOCK = "roadblock"
    ISSUE = "issue"


class Side(StrEnum):
    """Whose it is: the customer's, or the organization's."""

    CUSTOMER = "customer"
    BUSINESS = "business"


class InformationFault(StrEnum):
    INACCURATE = "inaccurate"
    MISSING = "missing"


class Lacking(StrEnum):
    """Who lacks information: the customer, or one of the four groups."""

    CUSTOMER = "customer"
    FRONTLINE_STAFF = "frontline_staff"
    SUPPORT_STAFF = "support_staff"
    DECISION_MAKER = "decision_maker"
    EXECUTIVE = "executive"


class ExperienceKind(StrEnum):
    """How customers experience something; `valued` is what they value, met or not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    VALUED = "valued"


class FindingStatus(StrEnum):
    OPEN = "open"
    ADDRESSED = "addressed"
    DISMISSED = "dismissed"
    MERGED = "merged"


class EvidenceKind(StrEnum):
    QUOTE = "quote"
    INTERVIEW = "interview"
    SURVEY = "survey"
    TICKET = "ticket"
    ANALYTICS = "analytics"
    LINK = "link"


class Benefit(StrEnum):
    """What an opportunity is good for."""

    RETENTION = "retention"
    ACQUISITION = "acquisition"
    TESTIMONIALS = "testimonials"
    UPSELLING = "upselling"
    REVENUE = "revenue"
    COST = "cost"
    LOYALTY = "loyalty"


class OpportunityStatus(StrEnum):
    """A draft is for its author, the journey's owner and editors; an open one is voted on."""

    DRAFT = "draft"
    OPEN = "open"
    CHOSEN = "chosen"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"
    DECLINED = "declined"
    MERGED = "merged"


class ScoringModel(StrEnum):
    """How opportunities are put in order."""

    VALUE_FOR_EFFORT = "value_for_effort"
    CUSTOMER_FIRST = "customer_first"
    VOTES = "votes"


class Quadrant(StrEnum):
    """Where an opportunity stands between value and effort."""

    QUICK_WIN = "quick_win"
    BIG_BET = "big_bet"
    MAYBE = "maybe"
    TIME_SINK = "time_sink"


class ActionKind(StrEnum):
    PROCESS_UPDATE = "process_update"
    STRATEGY = "strategy"
    TECHNOLOGY = "technology"
    TRAINING = "training"
    FEEDBACK = "feedback"
    COMMUNICATION = "communication"
    EXPECTATION_MANAGEMENT = "expectation_management"
    POLICY = "policy"


class ActionStatus(StrEnum):
    """Delivered is carried out; done needs a verified outcome, or a waiver by name."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DELIVERED = "delivered"
    DONE = "done"
    DROPPED = "dropped"


class OutcomeStatus(StrEnum):
    RECORDED = "recorded"
    VERIFIED = "verified"
    DISPUTED = "disputed"


class MetricKind(StrEnum):
    """What is counted: each kind has components of its own, from which its figure is computed."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    RATIO = "ratio"
    NUMBER = "number"


class Better(StrEnum):
    """Which way a figure should move."""

    HIGHER = "higher"
    LOWER = "lower"


class MetricAspect(StrEnum):
    """What a linked metric says of its subject; importance and satisfaction feed `ulwick`."""

    GENERAL = "general"
    IMPORTANCE = "importance"
    SATISFACTION = "satisfaction"


class EditionKind(StrEnum):
    """Published by somebody under a name, or kept before another one was restored."""

    PUBLISHED = "published"
    SAFETY = "safety"


class RevisitOutcome(StrEnum):
    """What was found when a map was looked at again."""

    STILL_TRUE = "still_true"
    UPDATED = "updated"
    NEEDS_WORK = "needs_work"
    RETIRE = "retire"


class MappingStatus(StrEnum):
    """How far a journey is mapped, as the atlas tells it."""

    UNMAPPED = "unmapped"
    DRAFT = "draft"
    LIVE = "live"
    PROTOTYPE = "prototype"
    RETIRED = "retired"


class JobKind(StrEnum):
    """Work that takes longer than a request should."""

    EXPORT = "export"
    IMPORT = "import"


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ExportFormat(StrEnum):
    """As what a journey can be taken along."""

    JSON = "json"
    SVG = "svg"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"


class ExportTable(StrEnum):
    """The tables of a journey."""

    TOUCHPOINTS = "touchpoints"
    ANNOTATIONS = "annotations"
    RATINGS = "ratings"
    ACTIONS = "actions"
    DATA_POINTS = "data_points"


class CsvTable(StrEnum):
    """What can be imported row by row."""

    TOUCHPOINTS = "touchpoints"
    DATA_POINTS = "data_points"
