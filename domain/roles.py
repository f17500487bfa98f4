"""The vocabulary of permission: where members stand, what ties them to a thing, what they may do.

`domain/policy` puts these words together into the one table of who may do what.
"""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A name for the wire together with its meaning in words."""

    says: str

    def __new__(cls, value: str, says: str = "") -> Self:
        """Keep the words beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member


class Group(Word):
    """The vantage point of a member: where in the organization they stand."""

    FRONTLINE_STAFF = "frontline_staff", "frontline staff"
    SUPPORT_STAFF = "support_staff", "support staff"
    DECISION_MAKER = "decision_maker", "decision-makers"
    EXECUTIVE = "executive", "executives"


LEADERS = (Group.DECISION_MAKER, Group.EXECUTIVE)
"""Who leads, and answers with a name unless the organization decides otherwise."""
SHIELDED = (Group.FRONTLINE_STAFF, Group.SUPPORT_STAFF)
"""Whose ratings never carry a name."""


class Scope(Word):
    """What an access token may be used for, within what its member may."""

    READ = "read", "read journeys and the organization"
    VOICE = "voice", "annotate, reply, react, propose and moderate"
    JUDGE = "judge", "rate, support, vote, decide, sign off and verify, as the person themself"
    MAPS = "maps", "create and edit journeys and personas, and move them through their life"
    ACCOUNTABILITY = "accountability", "assign, ask for input, set rules, draft and use playbooks"
    RESULTS = "results", "record findings, opportunities, actions and their outcomes"
    METRICS = "metrics", "create metrics and record data points"
    ACCOUNT = (
        "account",
        "read and settle the member's own inbox and preferences, their jobs and stream tickets",
    )
    ADMINISTRATION = "administration", "manage the organization, its members and its webhooks"
    LEDGER = "ledger", "read the audit ledger of the organization"


class Relation(Word):
    """What ties a member to the very thing acted on; never a matter of their group."""

    ADMINISTRATOR = "administrator", "an administrator"
    ALLOWED_TO_CREATE = "allowed_to_create", "a member an administrator has allowed to create"
    CREATOR = "creator", "its creator"
    AUTHOR = "author", "its author"
    ASKED = "asked", "those who were asked, by name or through their group or department"
    ASSIGNEE = "assignee", "its assignee"
    HEAD = "head", "the head of the department it is assigned to"
    MANAGER_OF_ASSIGNEE = "manager_of_assignee", "a manager of the assignee"
    RESPONSIBLE = "responsible", "whoever is responsible for its moment"
    ACCOUNTABLE = "accountable", "whoever is accountable for its moment"
    ACTION_OWNER = "action_owner", "whoever owns the action"
    METRIC_OWNER = "metric_owner", "whoever owns the metric"
    RECORDER = "recorder", "a recorder named by the metric"
    MAY_MAKE_CHANGE = "may_make_change", "whoever may make that change directly"
    MODERATOR = "moderator", "a moderator"
    OWNER = "owner", "the owner"
    EDITOR = "editor", "an editor"
    ONESELF = "oneself", "anyone for themselves"


class Condition(StrEnum):
    """What must hold whoever asks; `missing` tells a refused member what stands in the way."""

    says: str
    missing: str

    def __new__(cls, value: str, says: str = "", missing: str = "") -> Self:
        """Keep both sentences beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        member.missing = missing
        return member

    OPEN = (
        "open",
        "while the journey is open",
        "The journey is locked or archived. Ask its owner to unlock or unarchive it.",
    )
    NOT_AUTHOR = (
        "not_author",
        "unless they wrote it",
        "You wrote it yourself. Ask somebody else to approve it.",
    )
    NOT_OWN_ACCOUNTABLE = (
        "not_own_accountable",
        "unless they are accountable for it",
        "You are accountable for this moment. Ask somebody else to retire it.",
    )
    WITHIN_LIMIT = (
        "within_limit",
        "within the limit of their group",
        "This goes beyond the limit of your group. Ask somebody with more authority.",
    )
    NOT_OWN_LAST_EDIT = (
        "not_own_last_edit",
        "provided the last edit is not their own",
        "You made the last edit yourself.",
    )
    SOLE_ELIGIBLE = (
        "sole_eligible",
        "nobody else is eligible, which is then recorded",
        "Ask one of the others who are eligible to sign off.",
    )
    RULES_SATISFIED = (
        "rules_satisfied",
        "once the sign-off rules are satisfied",
        "The sign-off rules of the journey are not satisfied yet.",
    )
    OVERRIDE_WITH_REASON = (
        "override_with_reason",
        "an executive overrides them with a reason",
        "An executive may override them with a reason.",
    )
    NOT_ACTION_OWNER = (
        "not_action_owner",
        "unless they own the action",
        "You own this action, or did when its outcome was recorded: somebody else must judge it.",
    )
    NOT_OUTCOME_RECORDER = (
        "not_outcome_recorder",
        "unless they recorded the outcome",
        "You recorded this outcome. Somebody else must verify it.",
    )
    NOT_LAST_ADMINISTRATOR = (
        "not_last_administrator",
        "unless this is the last administrator",
        "This is the last administrator. Make somebody else an administrator first.",
    )
    OWNS_NO_JOURNEY = (
        "owns_no_journey",
        "unless the member owns a journey",
        "The member still owns a journey. Hand it over first.",
    )


class May(Word):
    """Everything that can be permitted; `says` completes "may ..."."""

    READ_JOURNEY = "read_journey", "read a visible journey, its map, feed and reports"
    READ_ORGANIZATION = (
        "read_organization",
        "read the names of members, departments, personas, channels and metrics",
    )
    USE_OWN_ACCOUNT = (
        "use_own_account",
        "use their own account, sessions, tokens and preferences",
    )
    FLAG_ANNOTATION = "flag_annotation", "flag an annotation or a reply"
    CREATE_JOURNEY = "create_journey", "create a journey"
    CREATE_PERSONA = "create_persona", "create a persona"
    EDIT_PERSONA = "edit_persona", "update and remove a persona"
    EDIT_JOURNEY = "edit_journey", "edit structure and content and undo removals"
    GRANT_ACCESS = "grant_access", "grant and revoke editor, moderator and participant"
    TRANSFER_JOURNEY = "transfer_journey", "hand over the ownership of a journey"
    LIST_ORPHANED_JOURNEYS = (
        "list_orphaned_journeys",
        "list restricted journeys and drafts whose owner is suspended",
    )
    PROPOSE_CHANGE = "propose_change", "propose a change"
    DECIDE_PROPOSAL = "decide_proposal", "accept and reject a proposal"
    WITHDRAW_PROPOSAL = "withdraw_proposal", "withdraw a proposal"
    ANNOTATE = "annotate", "annotate"
    REPLY = "reply", "reply to an annotation"
    REACT = "react", "react to an annotation or a reply"
    SUPPORT = "support", "support an annotation"
    VOTE = "vote", "vote for an opportunity"
    RATE = "rate", "rate a touchpoint or abstain"
    EDIT_ANNOTATION = "edit_annotation", "edit an annotation or a reply"
    WITHDRAW_ANNOTATION = "withdraw_annotation", "withdraw an annotation or a reply"
    RESTORE_ANNOTATION = "restore_annotation", "restore a withdrawn annotation or reply"
    RESOLVE_THREAD = "resolve_thread", "resolve a thread and say how far the work on it is"
    REOPEN_THREAD = "reopen_thread", "reopen a thread"
    ASSIGN_THREAD = "assign_thread", "assign a thread"
    HIDE_ANNOTATION = (
        "hide_annotation",
        "hide annotations and replies of others, show them again and approve what was flagged",
    )
    ESCALATE = "escalate", "escalate"
    NOMINATE_MOMENT = "nominate_moment", "nominate a moment"
    CONFIRM_MOMENT = "confirm_moment", "confirm a moment"
    STATE_STAKES = "state_stakes", "state the stakes of a moment"
    RETIRE_MOMENT = "retire_moment", "retire a moment"
    DRAFT_PLAYBOOK = "draft_playbook", "draft a playbook, anew or from an approved one"
    UPDATE_PLAYBOOK = "update_playbook", "update the draft of a playbook"
    APPROVE_PLAYBOOK = "approve_playbook", "approve a playbook and set authority limits"
    USE_PLAYBOOK = "use_playbook", "use a playbook"
    ASSIGN_RESPONSIBILITY = "assign_responsibility", "assign and end a responsibility"
    ANSWER_RESPONSIBILITY = "answer_responsibility", "accept and decline a responsibility"
    REQUEST_INPUT = "request_input", "request input"
    SET_SIGN_OFF_RULES = "set_sign_off_rules", "set sign-off rules"
    ANSWER_INPUT = "answer_input", "answer an input request"
    SIGN_OFF = "sign_off", "sign off"
    SET_STAKEHOLDER_VALUE = "set_stakeholder_value", "set stakeholder values"
    MOVE_TO_REVIEW = "move_to_review", "move a journey to review"
    APPROVE_JOURNEY = "approve_journey", "approve a journey"
    PUBLISH_JOURNEY = "publish_journey", "publish a journey"
    RETURN_TO_DRAFT = "return_to_draft", "move a journey back to draft"
    ARCHIVE_JOURNEY = "archive_journey", "archive a journey"
    UNARCHIVE_JOURNEY = "unarchive_journey", "unarchive a journey"
    LOCK_JOURNEY = "lock_journey", "lock a journey"
    UNLOCK_JOURNEY = "unlock_journey", "unlock a journey"
    PUBLISH_EDITION = "publish_edition", "publish and restore an edition"
    CREATE_OPPORTUNITY = "create_opportunity", "create an opportunity"
    CREATE_FINDING = "create_finding", "create a finding"
    EDIT_OPPORTUNITY = "edit_opportunity", "edit, close and merge an opportunity"
    EDIT_FINDING = "edit_finding", "edit, close and merge a finding"
    CREATE_ACTION = "create_action", "create an action"
    UPDATE_ACTION = "update_action", "update and move an action and record its outcome"
    VERIFY_OUTCOME = "verify_outcome", "verify an outcome"
    WAIVE_OUTCOME = "waive_outcome", "waive an outcome"
    CREATE_METRIC = "create_metric", "create and link a metric"
    RECORD_DATA_POINTS = "record_data_points", "record data points of a metric"
    MANAGE_MEMBERS = "manage_members", "manage members"
    MANAGE_DEPARTMENTS = "manage_departments", "manage departments"
    MANAGE_CHANNELS = "manage_channels", "manage channels"
    MANAGE_INVITATIONS = "manage_invitations", "manage invitations"
    MANAGE_ORGANIZATION = "manage_organization", "manage the settings of the organization"
    MANAGE_WEBHOOKS = "manage_webhooks", "manage webhooks"
    MANAGE_TOKENS = "manage_tokens", "manage access tokens of others"
    ERASE_MEMBER = "erase_member", "erase a member"
    READ_ORGANIZATION_LEDGER = (
        "read_organization_ledger",
        "read the audit ledger of the organization",
    )
