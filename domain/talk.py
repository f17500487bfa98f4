"""The closed vocabularies of talking: who speaks, what is proposed, what one hears of it."""

from enum import StrEnum


class Voice(StrEnum):
    """Who is shown as having said something: the member by name, or only their group."""

    MEMBER = "member"
    GROUP = "group"


class WorkStatus(StrEnum):
    """How far the work on an open thread is."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"


class ReactionKind(StrEnum):
    THUMBS_UP = "thumbs_up"
    HEART = "heart"
    CELEBRATE = "celebrate"
    THINKING = "thinking"
    SURPRISED = "surprised"
    SAD = "sad"
    THANKS = "thanks"
    EYES = "eyes"


class FlagReason(StrEnum):
    """Why a moderator should look at what somebody said."""

    ABUSIVE = "abusive"
    PERSONAL_DATA = "personal_data"
    OFF_TOPIC = "off_topic"
    SPAM = "spam"
    OTHER = "other"


class FlagStatus(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


class FlagOutcome(StrEnum):
    """What a moderator decided about a flag."""

    APPROVED = "approved"
    HIDDEN = "hidden"


class Proposable(StrEnum):
    """What a change may be proposed to."""

    TOUCHPOINT = "touchpoint"
    STAGE = "stage"
    CELL = "cell"
    MOMENT = "moment"


class ProposalStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class WatchLevel(StrEnum):
    """What one hears of a journey or thread: all, what concerns one, or nothing."""

    ALL = "all"
    PARTICIPATING = "participating"
    NONE = "none"


class Digest(StrEnum):
    """How often the inbox is sent as a letter."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


class NotificationReason(StrEnum):
    """Why somebody is told of something."""

    MENTION = "mention"
    REPLY = "reply"
    ASSIGNED = "assigned"
    RESPONSIBILITY = "responsibility"
    INPUT = "input"
    SIGN_OFF = "sign_off"
    STALE = "stale"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    OUTCOME = "outcome"
    PROPOSAL = "proposal"
    WATCHING = "watching"
    PUBLISHED = "published"
    WEBHOOK = "webhook"


class NotificationStatus(StrEnum):
    """Where a line of an inbox is."""

    UNREAD = "unread"
    READ = "read"
    ARCHIVED = "archived"
