"""What follows from a map is somebody's: who may change it by a document, and what is settled."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from domain.duties import PlaybookStatus
from domain.errors import FieldError
from domain.models.outcomes.actions import Action, Outcome
from domain.policy import permits
from domain.results import ActionStatus
from domain.roles import May, Relation
from domain.rules.actions import MEASURED
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.fill import FILLINGS
from domain.services.maps.imports.rights import Case
from domain.words import SubjectKind

Kind = SubjectKind
NOT_YOURS = "You may not change this: restore what it said."
DONE = "Its action is done with the outcome it has: move the action back to delivered first."
NOT_BEGUN = "Nothing can have moved after what was not begun: move the action to in_progress."


def their_faults(case: Case, draft: Draft) -> Iterator[FieldError]:
    """Every change in the draft that is not for the importer to make."""
    for kind, may_change in THEIRS.items():
        changed = {one.entity.id: one.entity for one in draft.changes[FILLINGS[kind].model]}
        for node in draft.document.of(kind) if changed else ():
            entity = changed.get(draft.of(node))
            if entity is not None and not may_change(case, entity):
                yield node.fault(NOT_YOURS, "not_allowed")
    yield from _outcomes(case, draft)


def _outcomes(case: Case, draft: Draft) -> Iterator[FieldError]:
    """An outcome that is new or says something else, of an action that was here before."""
    said = {one.entity.id: one.entity for one in draft.changes[Outcome]}
    said |= {entity.id: entity for entity, _ in draft.made[Outcome]}
    for node in draft.document.of(Kind.OUTCOME) if said else ():
        outcome: Any = said.get(draft.of(node))
        action: Any = draft.there.entities.get(outcome.action_id) if outcome else None
        if action is None:
            continue
        if not _may_update(case, action):
            yield node.fault(NOT_YOURS, "not_allowed")
        elif action.status == ActionStatus.DONE:
            yield node.fault(DONE, "action_done")
        elif action.status not in MEASURED:
            yield node.fault(NOT_BEGUN, "action_not_begun")


def _may_update(case: Case, action: Action) -> bool:
    owns = action.owner_id == case.actor.member_id
    stands = case.also(Relation.ACTION_OWNER) if owns else case.stands
    return permits(case.actor, May.UPDATE_ACTION, stands)


THEIRS: Mapping[Kind, Callable[[Case, Any], bool]] = {
    Kind.PLAYBOOK: lambda case, one: (
        one.created_by == case.actor.member_id and one.status == PlaybookStatus.DRAFT
    ),
    Kind.EVIDENCE: lambda case, one: one.author_id == case.actor.member_id,
    Kind.ACTION: _may_update,
}
