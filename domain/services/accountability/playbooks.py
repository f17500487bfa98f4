"""Playbooks: draft, improve, approve with limits, draft anew."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.duties import PlaybookStatus
from domain.errors import Conflict, NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.accountability.playbooks import Playbook
from domain.models.moments.moments import Moment
from domain.policy import require
from domain.roles import Condition, Group, May, Relation
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.playbooks import found, still_decisive
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity, subject

_COPIED = (
    "journey_id", "touchpoint_id", "moment_id", "title", "situation", "recovery_kind", "currency",
    *(f"limit_{group.value}" for group in Group),
)  # fmt: skip


async def draft(
    tx: Transaction, actor: Actor, moment_id: UUID, fields: Mapping[str, Any]
) -> Playbook:
    """Write down how to recover a moment; it can be used once somebody else has approved it."""
    head, place, moment = await subject(tx, actor, Moment, moment_id)
    if place.subject_removed:
        raise NotFound
    require(actor, May.DRAFT_PLAYBOOK, place.standing(actor))
    await still_decisive(tx, actor, moment_id)
    made = Playbook(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        touchpoint_id=moment.touchpoint_id,
        moment_id=moment_id,
        created_by=actor.member_id,
        **fields,
    )
    return await _store(tx, actor, head, made)


async def draft_anew(tx: Transaction, actor: Actor, playbook_id: UUID) -> Playbook:
    """Copy an approved playbook into a draft of one's own, which is to replace it."""
    head, place, old = await found(tx, actor, playbook_id)
    require(actor, May.DRAFT_PLAYBOOK, place.standing(actor))
    await still_decisive(tx, actor, old.moment_id)
    if old.status == PlaybookStatus.DRAFT:
        raise Conflict("This is a draft: its author can change it as it is.", code="playbook_draft")
    if old.status == PlaybookStatus.SUPERSEDED:
        raise Conflict(
            "This playbook was replaced: draft the one anew that is approved.",
            code="playbook_superseded",
        )
    made = Playbook(
        organization_id=actor.organization_id,
        steps=list(old.steps),
        replaces_id=old.id,
        created_by=actor.member_id,
        **{name: getattr(old, name) for name in _COPIED},
    )
    return await _store(tx, actor, head, made)


async def _store(tx: Transaction, actor: Actor, head: Locked, made: Playbook) -> Playbook:
    await tx.add(made)
    await ledger.record(tx, actor, head, Fact(Verb.PLAYBOOK_DRAFTED, made))
    return made


async def update(
    tx: Transaction, actor: Actor, playbook_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Improve one's own draft."""
    head, place, playbook = await found(tx, actor, playbook_id)
    require(actor, May.UPDATE_PLAYBOOK, place.standing(actor, *_ties(playbook, actor)))
    await _still_draft(tx, actor, playbook, expected)
    if change(playbook, changes):
        await ledger.record(tx, actor, head, Fact(Verb.PLAYBOOK_UPDATED, playbook))


async def approve(
    tx: Transaction, actor: Actor, playbook_id: UUID, terms: Mapping[str, Any], expected: int
) -> None:
    """Let a draft be used, up to the limits; what it replaces retires at the same instant."""
    head, place, playbook = await found(tx, actor, playbook_id)
    held = () if playbook.created_by == actor.member_id else (Condition.NOT_AUTHOR,)
    require(actor, May.APPROVE_PLAYBOOK, place.standing(actor, conditions=held))
    await _still_draft(tx, actor, playbook, expected)
    _same_money(playbook, terms)
    decided = {"status": PlaybookStatus.APPROVED.value, "approved_by": actor.member_id}
    change(playbook, {**terms, **decided, "approved_at": now()})
    facts = [Fact(Verb.PLAYBOOK_APPROVED, playbook)]
    if playbook.replaces_id is not None:
        replaced = await entity(tx, actor, Playbook, playbook.replaces_id)
        if change(replaced, {"status": PlaybookStatus.SUPERSEDED.value}):
            facts.append(Fact(Verb.PLAYBOOK_SUPERSEDED, replaced))
    await ledger.record(tx, actor, head, *facts)


def _ties(playbook: Playbook, actor: Actor) -> tuple[Relation, ...]:
    return (Relation.AUTHOR,) if playbook.created_by == actor.member_id else ()


async def _still_draft(tx: Transaction, actor: Actor, playbook: Playbook, expected: int) -> None:
    current(playbook.version, expected)
    await still_decisive(tx, actor, playbook.moment_id)
    if playbook.status == PlaybookStatus.APPROVED:
        detail = "This playbook is approved: draft it anew to change it."
        raise Conflict(detail, code="playbook_approved")
    if playbook.status == PlaybookStatus.SUPERSEDED:
        detail = "This playbook was replaced: draft the one anew that is approved."
        raise Conflict(detail, code="playbook_superseded")


def _same_money(playbook: Playbook, terms: Mapping[str, Any]) -> None:
    """Amounts of one currency are not those of another."""
    kept = [f"limit_{group.value}" for group in Group if f"limit_{group.value}" not in terms]
    other = terms.get("currency", playbook.currency) != playbook.currency
    if other and any(getattr(playbook, name) is not None for name in kept):
        detail = "Another currency takes other amounts: state the limit of each group anew."
        raise impossible(detail, "limits_required", "limits")
