"""Using playbooks, within the limit of one's group, and telling what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.duties import PlaybookStatus
from domain.errors import Conflict, FieldError, Forbidden, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.accountability.playbooks import Playbook, PlaybookUse
from domain.policy import permits
from domain.policy.rule import either
from domain.queries.accountability.superiors import superiors
from domain.roles import Condition, Group, May
from domain.rules.limits import Limits, groups_within, within
from domain.services.steps.changing import change
from domain.services.steps.playbooks import found, still_decisive
from domain.services.steps.subjects import subject

NAMED = 5
"""How many of those above are named to whoever may not spend so much."""


async def use(
    tx: Transaction, actor: Actor, playbook_id: UUID, fields: Mapping[str, Any]
) -> PlaybookUse:
    """Log one use, also while the journey is locked: customers do not wait for that."""
    head, place, playbook = await found(tx, actor, playbook_id)
    # Before the limit: a draft has none yet, and an old playbook's are no longer true.
    await still_decisive(tx, actor, playbook.moment_id)
    _usable(playbook)
    limits: Limits = {group: getattr(playbook, f"limit_{group.value}") for group in Group}
    amount: int = fields["amount"]
    held = (Condition.WITHIN_LIMIT,) if within(limits, actor.group, amount) else ()
    if not permits(actor, May.USE_PLAYBOOK, place.standing(actor, conditions=held)):
        raise await _refusal(tx, actor, playbook, limits, amount)
    made = PlaybookUse(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        touchpoint_id=playbook.touchpoint_id,
        moment_id=playbook.moment_id,
        playbook_id=playbook_id,
        member_id=actor.member_id,
        currency=playbook.currency,
        **fields,
    )
    await tx.add(made)
    await ledger.record(tx, actor, head, Fact(Verb.PLAYBOOK_USED, made))
    return made


async def record_result(
    tx: Transaction, actor: Actor, use_id: UUID, changes: Mapping[str, Any]
) -> PlaybookUse:
    """Say what came of one's own use, whatever has become of the playbook since."""
    head, place, made = await subject(tx, actor, PlaybookUse, use_id)
    if place.subject_removed:
        raise NotFound
    if made.member_id != actor.member_id:
        detail = "Only whoever used the playbook may say what came of it: ask them to."
        raise Forbidden(detail, may=May.USE_PLAYBOOK.value)
    if change(made, changes):
        await ledger.record(tx, actor, head, Fact(Verb.PLAYBOOK_USE_RESULT, made))
    return made


def _usable(playbook: Playbook) -> None:
    if playbook.status == PlaybookStatus.DRAFT:
        detail = (
            "This playbook is a draft: ask a decision-maker or an executive other than its author"
            " to approve it first."
        )
        raise Conflict(detail, code="playbook_draft")
    if playbook.status == PlaybookStatus.SUPERSEDED:
        detail = "This playbook was replaced: use the approved one of the same moment."
        raise Conflict(detail, code="playbook_superseded")


async def _refusal(
    tx: Transaction, actor: Actor, playbook: Playbook, limits: Limits, amount: int
) -> Forbidden:
    """Who may instead: the groups, and by name the nearest of the actor's managers in them."""
    groups = groups_within(limits, amount)
    above = await superiors(tx, actor, playbook.journey_id, groups, NAMED) if groups else []
    own = f"{limits[actor.group] or 0} in minor units of {playbook.currency}"
    detail = (
        f"This goes beyond the limit of your group ({own})."
        f" {_who_may(limits, groups)}{_by_name(above)}"
    )
    error = FieldError(detail, "beyond_limit", pointer="#/amount")
    return Forbidden(detail, may=May.USE_PLAYBOOK.value, errors=(error,))


def _who_may(limits: Limits, groups: Sequence[Group]) -> str:
    if not groups:
        return "No group may spend as much: draft the playbook anew to have its limits raised."
    told = either([f"{group.says} (up to {limits[group]})" for group in groups])
    return f"Ask {told}."


def _by_name(above: Sequence[Row]) -> str:
    if not above:
        return ""
    names = either([row["name"] for row in above])
    return f" Above you, who may: {names}."
