"""The closed vocabularies of answering for moments, asking for input, and going up the chain."""

from enum import StrEnum


class ResponsibilityRole(StrEnum):
    """How somebody answers for a moment; accountable is one person at most."""

    RESPONSIBLE = "responsible"
    ACCOUNTABLE = "accountable"
    CONSULTED = "consulted"
    INFORMED = "informed"


class ResponsibilityStatus(StrEnum):
    """Assigned is not accepted; declined and ended ones are history."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


class SignOffDecision(StrEnum):
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"


class RecoveryKind(StrEnum):
    """What a playbook offers when the exact wish cannot be met."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    FIX = "fix"
    COMPENSATION = "compensation"
    FOLLOW_UP = "follow_up"


class PlaybookStatus(StrEnum):
    """A draft is approved by somebody else; an approved one is superseded by its next draft."""

    DRAFT = "draft"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class PlaybookResult(StrEnum):
    """What became of the customer's matter."""

    PENDING = "pending"
    RECOVERED = "recovered"
    PARTLY_RECOVERED = "partly_recovered"
    NOT_RECOVERED = "not_recovered"


class InputRequestStatus(StrEnum):
    """Open until its date or until it is called off; then closed."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class InputAskStatus(StrEnum):
    """What became of asking one member; silence is recorded after the date."""

    ASKED = "asked"
    ANSWERED = "answered"
    ABSTAINED = "abstained"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"


class EscalationCause(StrEnum):
    """Why something went up the chain: by hand, or by the clock."""

    BY_HAND = "by_hand"
    NOT_ACCEPTED = "not_accepted"
    NO_INPUT = "no_input"
    THREAD_OVERDUE = "thread_overdue"
    ACTION_OVERDUE = "action_overdue"


class EscalationLevel(StrEnum):
    """The levels of the chain of command, nearest first."""

    MANAGER = "manager"
    HEAD_OF_DEPARTMENT = "head_of_department"
    DECISION_MAKER = "decision_maker"
    EXECUTIVE = "executive"


class DeadlineKind(StrEnum):
    """What the clock is to do when a moment in time has come."""

    REMIND = "remind"
    CLOSE_INPUT = "close_input"
    ESCALATE = "escalate"


class WorkKind(StrEnum):
    """What can be asked of a member, as their list of work tells it."""

    ACCEPT_RESPONSIBILITY = "accept_responsibility"
    ANSWER_INPUT = "answer_input"
    SIGN_OFF = "sign_off"
    SIGN_AGAIN = "sign_again"
    THREAD = "thread"
    ESCALATION = "escalation"
    DECLINED_RESPONSIBILITY = "declined_responsibility"
    APPROVE_PLAYBOOK = "approve_playbook"
    DECIDE_PROPOSAL = "decide_proposal"
    ACCOUNTABILITY_GAP = "accountability_gap"
    ACTION = "action"
    VERIFY_OUTCOME = "verify_outcome"
    ACKNOWLEDGE = "acknowledge"
    REVISIT = "revisit"


class DutyKind(StrEnum):
    """What can wait for a member, and for nobody once they are gone."""

    JOURNEY = "journey"
    RESPONSIBILITY = "responsibility"
    THREAD = "thread"
    INPUT = "input"
    ACTION = "action"
