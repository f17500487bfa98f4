"""What the reader may do with each thing that is asked of them."""

from collections.abc import Mapping

from domain.actor import Actor
from domain.database import Row
from domain.duties import WorkKind
from domain.policy import allowed
from domain.queries.maps.places import place_from
from domain.roles import Condition, May, Relation
from domain.rules.work import DEPARTMENT
from domain.words import SubjectKind

_THREAD = (May.RESOLVE_THREAD, May.ASSIGN_THREAD, May.REPLY, May.ESCALATE)
_ASSIGN = (May.ASSIGN_RESPONSIBILITY,)
_MAYS: Mapping[str, tuple[May, ...]] = {
    WorkKind.ACCEPT_RESPONSIBILITY: (May.ANSWER_RESPONSIBILITY,),
    WorkKind.ANSWER_INPUT: (May.ANSWER_INPUT,),
    WorkKind.SIGN_OFF: (May.SIGN_OFF,),
    WorkKind.SIGN_AGAIN: (May.SIGN_OFF,),
    WorkKind.THREAD: _THREAD,
    WorkKind.DECLINED_RESPONSIBILITY: _ASSIGN,
    WorkKind.APPROVE_PLAYBOOK: (May.APPROVE_PLAYBOOK,),
    WorkKind.DECIDE_PROPOSAL: (May.DECIDE_PROPOSAL,),
    WorkKind.ACCOUNTABILITY_GAP: _ASSIGN,
    WorkKind.ACTION: (May.UPDATE_ACTION,),
    WorkKind.VERIFY_OUTCOME: (May.VERIFY_OUTCOME,),
    WorkKind.REVISIT: (May.EDIT_JOURNEY,),
    WorkKind.ACKNOWLEDGE: (May.READ_JOURNEY,),
}
_ESCALATED: Mapping[str, tuple[May, ...]] = {
    SubjectKind.ANNOTATION: _THREAD,
    SubjectKind.RESPONSIBILITY: _ASSIGN,
    SubjectKind.INPUT_ASK: (May.REQUEST_INPUT,),
    SubjectKind.ACTION: (May.UPDATE_ACTION,),
}
_TIES: Mapping[str, tuple[Relation, ...]] = {
    WorkKind.ANSWER_INPUT: (Relation.ASKED,),
    WorkKind.SIGN_OFF: (Relation.ASKED,),
    WorkKind.SIGN_AGAIN: (Relation.ASKED,),
    WorkKind.ACTION: (Relation.ACTION_OWNER,),
    WorkKind.THREAD: (Relation.ASSIGNEE, Relation.ONESELF),
    WorkKind.ESCALATION: (Relation.ONESELF,),
    # Only those are asked who could make the change themselves.
    WorkKind.DECIDE_PROPOSAL: (Relation.MAY_MAKE_CHANGE,),
}


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with an item of their work: the `may` of its reply."""
    kind = row["kind"]
    mays = _ESCALATED[row["subject_kind"]] if kind == WorkKind.ESCALATION else _MAYS[kind]
    journey = {
        "id": row["journey_id"],
        "owner_id": row["owner_id"],
        "status": row["journey_status"],
        "locked_at": row["locked_at"],
        "roles": row["roles"],
    }
    standing = place_from(journey, actor).standing(
        actor, *_ties(row, actor), conditions=_conditions(row)
    )
    return allowed(actor, mays, standing)


def _conditions(row: Row) -> tuple[Condition, ...]:
    # Drafts and outcomes of one's own are not asked of one.
    met = {
        Condition.NOT_ACTION_OWNER: True,
        Condition.NOT_OUTCOME_RECORDER: True,
        Condition.NOT_AUTHOR: True,
        Condition.NOT_OWN_LAST_EDIT: not row["own_edit"],
        Condition.SOLE_ELIGIBLE: row["alone"] is True,
    }
    return tuple(condition for condition, holds in met.items() if holds)


def _ties(row: Row, actor: Actor) -> set[Relation]:
    kind = row["kind"]
    ties = set(_TIES.get(kind, ()))
    if kind == WorkKind.ACCEPT_RESPONSIBILITY:
        ties.add(Relation.HEAD if row["detail"].endswith(DEPARTMENT) else Relation.ASSIGNEE)
    if row["managed"]:
        ties.add(Relation.MANAGER_OF_ASSIGNEE)
    if kind == WorkKind.THREAD and row["from_member_id"] == actor.member_id:
        ties.add(Relation.AUTHOR)
    return ties
