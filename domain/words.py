"""The closed vocabularies of the product: what a field may say, on the wire and in the tables."""

from enum import StrEnum


class MemberStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ERASED = "erased"


class MemberKind(StrEnum):
    """Whether a member is somebody, or a program that an administrator answers for."""

    PERSON = "person"
    SERVICE = "service"


class SessionEnd(StrEnum):
    """Why a session is over, other than by its age."""

    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    REUSED = "reused"
    CREDENTIALS_CHANGED = "password_changed"
    CREDENTIALS_RESET = "password_reset"
    SUSPENDED = "suspended"
    ERASED = "erased"
    PROVIDER_CLOSED = "provider_closed"


class TokenStatus(StrEnum):
    """Whether an access token still opens anything."""

    ACTIVE = "active"
    EXPIRED = "expired"
    ENDED = "ended"


class InvitationStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class JourneyState(StrEnum):
    CURRENT = "current"
    FUTURE = "future"


class JourneyStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Focus(StrEnum):
    """Which part of the relationship a journey looks at."""

    OVERALL = "overall"
    BUYING = "buying"
    SUPPORT = "support"
    SUCCESS = "success"
    ONBOARDING = "onboarding"
    RENEWAL = "renewal"
    OTHER = "other"


class Scale(StrEnum):
    """How much ground a journey covers, from a whole lifecycle to one task."""

    LIFECYCLE = "lifecycle"
    MACRO = "macro"
    MICRO = "micro"


class GrantRole(StrEnum):
    EDITOR = "editor"
    MODERATOR = "moderator"
    PARTICIPANT = "participant"


class PurchasePhase(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class ContactContext(StrEnum):
    """Whether a contact opens a matter or comes back to one that is still open."""

    ANY = "any"
    FIRST = "first"
    REPEAT = "repeat"


class EvidenceGrade(StrEnum):
    """How far a statement rests on data: assumed, partly or fully validated."""

    ASSUMED = "assumed"
    PARTIAL = "partial"
    VALIDATED = "validated"


class LaneKind(StrEnum):
    """What a lane shows: a field of the touchpoint, or cells of its own (custom)."""

    CUSTOMER_ACTIONS = "customer_actions"
    BUSINESS_ACTIONS = "business_actions"
    INTERACTION = "interaction"
    THOUGHTS = "thoughts"
    PERSPECTIVE = "perspective"
    EXPECTATION = "expectation"
    REALITY = "reality"
    EMOTIONS = "emotions"
    CUSTOM = "custom"


class EmotionSource(StrEnum):
    """Where a recorded emotion comes from."""

    RESEARCH = "research"
    STAFF = "staff"
    ASSUMED = "assumed"


class SubjectKind(StrEnum):
    """What can be annotated, watched and searched, and what the ledger names."""

    ORGANIZATION = "organization"
    DEPARTMENT = "department"
    MEMBER = "member"
    INVITATION = "invitation"
    PERSONA = "persona"
    CHANNEL = "channel"
    JOURNEY = "journey"
    GRANT = "grant"
    STAGE = "stage"
    LANE = "lane"
    CELL = "cell"
    TOUCHPOINT = "touchpoint"
    EMOTION = "emotion"
    ANNOTATION = "annotation"
    REPLY = "reply"
    SUPPORT = "support"
    RATING = "rating"
    MOMENT = "moment"
    RESPONSIBILITY = "responsibility"
    SIGN_OFF_RULE = "sign_off_rule"
    SIGN_OFF = "sign_off"
    STAKEHOLDER_VALUE = "stakeholder_value"
    PLAYBOOK = "playbook"
    PLAYBOOK_USE = "playbook_use"
    INPUT_REQUEST = "input_request"
    INPUT_ASK = "input_ask"
    ESCALATION = "escalation"
    REACTION = "reaction"
    FLAG = "flag"
    PROPOSAL = "proposal"
    FINDING = "finding"
    VOTE = "vote"
    SOURCE = "source"
    EVIDENCE = "evidence"
    ATTACHMENT = "attachment"
    OPPORTUNITY = "opportunity"
    ACTION = "action"
    OUTCOME = "outcome"
    METRIC = "metric"
    METRIC_LINK = "metric_link"
    RECORDING = "recording"
    EDITION = "edition"
    PUBLICATION = "publication"
    RECEIPT = "receipt"
    REVISIT = "revisit"
    WEBHOOK = "webhook"
    IDENTITY_PROVIDER = "identity_provider"


class AnnotationKind(StrEnum):
    COMMENT = "comment"
    QUESTION = "question"
    ISSUE = "issue"
    IDEA = "idea"
    PRAISE = "praise"
    EVIDENCE = "evidence"
    OBSTACLE = "obstacle"


class AnnotationStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class ReplyStatus(StrEnum):
    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class Visibility(StrEnum):
    """Who may see an annotation; its author always does."""

    EVERYONE = "everyone"
    MY_GROUP = "my_group"
    LEADERSHIP = "leadership"
    PRIVATE = "private"


class Resolution(StrEnum):
    FIXED = "fixed"
    ANSWERED = "answered"
    ACTION_CREATED = "action_created"
    WONT_DO = "wont_do"
    DUPLICATE = "duplicate"


class MomentStatus(StrEnum):
    NOMINATED = "nominated"
    CONFIRMED = "confirmed"
    RETIRED = "retired"


class RankingModel(StrEnum):
    EMOTIONAL_IMPACT = "emotional_impact"
    IMPACT_GAP = "impact_gap"
    IMPORTANCE_GAP = "importance_gap"
    EMOTION_INTENSITY = "emotion_intensity"
    CUSTOMER_METRIC = "customer_metric"
    ULWICK = "ulwick"


class Axis(StrEnum):
    """The four questions a rating answers, each from 1 to 5 or "don't know"."""

    EMOTIONAL = "emotional"
    BUSINESS = "business"
    IMPORTANCE = "importance"
    PERFORMANCE = "performance"
