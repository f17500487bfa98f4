"""THE TABLE. A rule names groups and relations side by side: any one of them is enough.

What a member may see at all is not decided here: the queries leave it out, and what one may not
see does not exist.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.policy.rule import Rule, rule
from domain.roles import LEADERS, Condition, Group, May, Relation

D, X = LEADERS
ALL = tuple(Group)
OWNER, EDITOR, ONESELF = Relation.OWNER, Relation.EDITOR, Relation.ONESELF
AUTHOR, ASSIGNEE, ASKED = Relation.AUTHOR, Relation.ASSIGNEE, Relation.ASKED
RESPONSIBLE, ACCOUNTABLE = Relation.RESPONSIBLE, Relation.ACCOUNTABLE
ADMINISTRATOR, ALLOWED_TO_CREATE = Relation.ADMINISTRATOR, Relation.ALLOWED_TO_CREATE
RESOLVERS = (ASSIGNEE, RESPONSIBLE, ACCOUNTABLE, OWNER)
OPEN = (Condition.OPEN,)
APPROVED = (frozenset({Condition.RULES_SATISFIED, Condition.OVERRIDE_WITH_REASON}),)
SECOND_PAIR_OF_EYES = (frozenset({Condition.NOT_OWN_LAST_EDIT, Condition.SOLE_ELIGIBLE}),)
INDEPENDENT = (Condition.NOT_ACTION_OWNER, Condition.NOT_OUTCOME_RECORDER)
LEAVES_NO_GAP = (Condition.NOT_LAST_ADMINISTRATOR, Condition.OWNS_NO_JOURNEY)

POLICY: Mapping[May, Rule] = MappingProxyType(
    {
        May.READ_JOURNEY: rule(*ALL),
        May.READ_ORGANIZATION: rule(*ALL),
        May.USE_OWN_ACCOUNT: rule(*ALL),
        May.FLAG_ANNOTATION: rule(*ALL),
        May.CREATE_JOURNEY: rule(*LEADERS, ALLOWED_TO_CREATE),
        May.CREATE_PERSONA: rule(*LEADERS, ALLOWED_TO_CREATE),
        May.EDIT_PERSONA: rule(*LEADERS, Relation.CREATOR),
        May.EDIT_JOURNEY: rule(OWNER, EDITOR, only_if=OPEN),
        May.GRANT_ACCESS: rule(X, OWNER),
        May.TRANSFER_JOURNEY: rule(X, OWNER),
        May.LIST_ORPHANED_JOURNEYS: rule(X),
        May.PROPOSE_CHANGE: rule(*ALL, only_if=OPEN),
        May.DECIDE_PROPOSAL: rule(Relation.MAY_MAKE_CHANGE, only_if=OPEN),
        May.WITHDRAW_PROPOSAL: rule(AUTHOR),
        May.ANNOTATE: rule(*ALL, only_if=OPEN),
        May.REPLY: rule(*ALL, only_if=OPEN),
        May.REACT: rule(*ALL, only_if=OPEN),
        May.SUPPORT: rule(*ALL, only_if=OPEN),
        May.VOTE: rule(*ALL, only_if=OPEN),
        May.RATE: rule(*ALL, only_if=OPEN),
        May.EDIT_ANNOTATION: rule(AUTHOR, only_if=OPEN),
        May.WITHDRAW_ANNOTATION: rule(AUTHOR, only_if=OPEN),
        May.RESTORE_ANNOTATION: rule(AUTHOR, only_if=OPEN),
        May.RESOLVE_THREAD: rule(*RESOLVERS, only_if=OPEN),
        May.REOPEN_THREAD: rule(AUTHOR, *RESOLVERS, only_if=OPEN),
        May.ASSIGN_THREAD: rule(ONESELF, ASSIGNEE, ACCOUNTABLE, OWNER, only_if=OPEN),
        May.HIDE_ANNOTATION: rule(Relation.MODERATOR, OWNER),
        May.ESCALATE: rule(D, AUTHOR, ASSIGNEE, RESPONSIBLE, ACCOUNTABLE, only_if=OPEN),
        May.NOMINATE_MOMENT: rule(*ALL, only_if=OPEN),
        May.CONFIRM_MOMENT: rule(*LEADERS, OWNER, only_if=OPEN),
        May.STATE_STAKES: rule(*LEADERS, OWNER, only_if=OPEN),
        May.RETIRE_MOMENT: rule(X, OWNER, only_if=[Condition.NOT_OWN_ACCOUNTABLE]),
        May.DRAFT_PLAYBOOK: rule(*ALL, only_if=OPEN),
        May.UPDATE_PLAYBOOK: rule(AUTHOR, only_if=OPEN),
        May.APPROVE_PLAYBOOK: rule(*LEADERS, only_if=[Condition.NOT_AUTHOR]),
        May.USE_PLAYBOOK: rule(*ALL, only_if=[Condition.WITHIN_LIMIT]),
        May.ASSIGN_RESPONSIBILITY: rule(X, OWNER, Relation.MANAGER_OF_ASSIGNEE, only_if=OPEN),
        May.ANSWER_RESPONSIBILITY: rule(ASSIGNEE, Relation.HEAD),
        May.REQUEST_INPUT: rule(X, OWNER, only_if=OPEN),
        May.SET_SIGN_OFF_RULES: rule(X, OWNER, only_if=OPEN),
        May.ANSWER_INPUT: rule(ASKED),
        May.SIGN_OFF: rule(ASKED, only_if=SECOND_PAIR_OF_EYES),
        May.SET_STAKEHOLDER_VALUE: rule(*LEADERS, OWNER, EDITOR, only_if=OPEN),
        May.MOVE_TO_REVIEW: rule(OWNER),
        May.APPROVE_JOURNEY: rule(X, OWNER, only_if=APPROVED),
        May.PUBLISH_JOURNEY: rule(X, OWNER, only_if=APPROVED),
        May.RETURN_TO_DRAFT: rule(X, OWNER),
        May.ARCHIVE_JOURNEY: rule(X, OWNER),
        May.UNARCHIVE_JOURNEY: rule(X, OWNER),
        May.LOCK_JOURNEY: rule(X, OWNER),
        May.UNLOCK_JOURNEY: rule(X, OWNER),
        May.PUBLISH_EDITION: rule(X, OWNER),
        May.CREATE_OPPORTUNITY: rule(*ALL, only_if=OPEN),
        May.CREATE_FINDING: rule(*ALL, only_if=OPEN),
        May.EDIT_OPPORTUNITY: rule(AUTHOR, OWNER, EDITOR, only_if=OPEN),
        May.EDIT_FINDING: rule(AUTHOR, OWNER, EDITOR, only_if=OPEN),
        May.CREATE_ACTION: rule(*LEADERS, ONESELF, OWNER, ACCOUNTABLE, only_if=OPEN),
        May.UPDATE_ACTION: rule(X, Relation.ACTION_OWNER, OWNER),
        May.VERIFY_OUTCOME: rule(*LEADERS, OWNER, only_if=INDEPENDENT),
        May.WAIVE_OUTCOME: rule(X, only_if=[Condition.NOT_ACTION_OWNER]),
        May.CREATE_METRIC: rule(*LEADERS, OWNER, EDITOR),
        May.RECORD_DATA_POINTS: rule(Relation.METRIC_OWNER, Relation.RECORDER),
        May.MANAGE_MEMBERS: rule(ADMINISTRATOR),
        May.MANAGE_DEPARTMENTS: rule(ADMINISTRATOR),
        May.MANAGE_CHANNELS: rule(ADMINISTRATOR),
        May.MANAGE_INVITATIONS: rule(ADMINISTRATOR),
        May.MANAGE_ORGANIZATION: rule(ADMINISTRATOR),
        May.MANAGE_WEBHOOKS: rule(ADMINISTRATOR),
        May.MANAGE_TOKENS: rule(ADMINISTRATOR),
        May.ERASE_MEMBER: rule(ADMINISTRATOR, ONESELF, only_if=LEAVES_NO_GAP),
        May.READ_ORGANIZATION_LEDGER: rule(X, ADMINISTRATOR),
    }
)
