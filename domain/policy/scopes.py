"""What an access token must allow for each permission: one scope for each, none for two ways.

A token is good for what its scopes allow and its member may at that moment, whichever is less.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.roles import May, Scope

PERSONAL = frozenset({Scope.JUDGE})
"""What a person says of themselves: no program may, so a service member has no token for it."""

_LISTED: Mapping[Scope, tuple[May, ...]] = {
    Scope.READ: (May.READ_JOURNEY, May.READ_ORGANIZATION, May.LIST_ORPHANED_JOURNEYS),
    Scope.VOICE: (
        May.ANNOTATE,
        May.REPLY,
        May.REACT,
        May.FLAG_ANNOTATION,
        May.PROPOSE_CHANGE,
        May.WITHDRAW_PROPOSAL,
        May.EDIT_ANNOTATION,
        May.WITHDRAW_ANNOTATION,
        May.RESTORE_ANNOTATION,
        May.RESOLVE_THREAD,
        May.REOPEN_THREAD,
        May.ASSIGN_THREAD,
        May.HIDE_ANNOTATION,
        May.ESCALATE,
        May.NOMINATE_MOMENT,
    ),
    Scope.JUDGE: (
        May.RATE,
        May.SUPPORT,
        May.VOTE,
        May.DECIDE_PROPOSAL,
        May.CONFIRM_MOMENT,
        May.RETIRE_MOMENT,
        May.APPROVE_PLAYBOOK,
        May.ANSWER_RESPONSIBILITY,
        May.ANSWER_INPUT,
        May.SIGN_OFF,
        May.APPROVE_JOURNEY,
        May.PUBLISH_JOURNEY,
        May.VERIFY_OUTCOME,
        May.WAIVE_OUTCOME,
    ),
    Scope.MAPS: (
        May.CREATE_JOURNEY,
        May.CREATE_PERSONA,
        May.EDIT_PERSONA,
        May.EDIT_JOURNEY,
        May.GRANT_ACCESS,
        May.TRANSFER_JOURNEY,
        May.STATE_STAKES,
        May.SET_STAKEHOLDER_VALUE,
        May.MOVE_TO_REVIEW,
        May.RETURN_TO_DRAFT,
        May.ARCHIVE_JOURNEY,
        May.UNARCHIVE_JOURNEY,
        May.LOCK_JOURNEY,
        May.UNLOCK_JOURNEY,
        May.PUBLISH_EDITION,
    ),
    Scope.ACCOUNTABILITY: (
        May.ASSIGN_RESPONSIBILITY,
        May.REQUEST_INPUT,
        May.SET_SIGN_OFF_RULES,
        May.DRAFT_PLAYBOOK,
        May.UPDATE_PLAYBOOK,
        May.USE_PLAYBOOK,
    ),
    Scope.RESULTS: (
        May.CREATE_FINDING,
        May.EDIT_FINDING,
        May.CREATE_OPPORTUNITY,
        May.EDIT_OPPORTUNITY,
        May.CREATE_ACTION,
        May.UPDATE_ACTION,
    ),
    Scope.METRICS: (May.CREATE_METRIC, May.RECORD_DATA_POINTS),
    Scope.ACCOUNT: (May.USE_OWN_ACCOUNT,),
    Scope.ADMINISTRATION: (
        May.MANAGE_MEMBERS,
        May.MANAGE_DEPARTMENTS,
        May.MANAGE_CHANNELS,
        May.MANAGE_INVITATIONS,
        May.MANAGE_ORGANIZATION,
        May.MANAGE_WEBHOOKS,
        May.MANAGE_TOKENS,
        May.ERASE_MEMBER,
    ),
    Scope.LEDGER: (May.READ_ORGANIZATION_LEDGER,),
}
SCOPES: Mapping[May, Scope] = MappingProxyType(
    {may: scope for scope, mays in _LISTED.items() for may in mays}
)


def scope_of(may: May) -> Scope:
    """The scope that a token needs for a permission."""
    return SCOPES[may]
