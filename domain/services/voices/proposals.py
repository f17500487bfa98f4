"""Proposals: suggest a change, accept it, reject it, take it back."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.voices.proposals import Proposal
from domain.policy import require
from domain.queries.voices.proposals import hold_proposal, said_at
from domain.queries.voices.proposing import DIRECT, standing_towards
from domain.roles import May
from domain.rules.canonical import canonical_text
from domain.rules.proposals import EMPTY_CELL, meant
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.proposable import Changes, Found, Target, find, make
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity
from domain.services.steps.weighing import weighed
from domain.talk import Proposable, ProposalStatus

_DECIDED: Mapping[str, str] = {
    ProposalStatus.ACCEPTED: "This proposal was accepted already: propose anew to change it again.",
    ProposalStatus.REJECTED: "This proposal was rejected: propose anew if things have changed.",
    ProposalStatus.WITHDRAWN: "This proposal was withdrawn by its author: there is no more to do.",
}


async def propose(
    tx: Transaction, actor: Actor, target: Target, base_version: int, said: Mapping[str, Any]
) -> UUID:
    """Suggest a change on the version one saw; `said` holds the `changes` and the `reason`."""
    changes: Changes = said["changes"]
    found = await find(tx, actor, target, changes, May.PROPOSE_CHANGE)
    wanted = await _wanted(tx, actor, found, base_version, changes)
    made = Proposal(
        organization_id=actor.organization_id,
        journey_id=found.head.stream_id,
        about=target.about.value,
        subject_id=target.subject_id,
        touchpoint_id=found.touchpoint_id,
        stage_id=target.stage_id,
        base_version=base_version,
        changes=canonical_text(wanted),
        reason=said["reason"],
        author_id=actor.member_id,
        author_group=actor.group.value,
    )
    await ledger.write(tx, actor, found.head, Fact(Verb.PROPOSAL_MADE, made))
    return made.id


async def _wanted(
    tx: Transaction, actor: Actor, found: Found, base_version: int, changes: Changes
) -> dict[str, Any]:
    """What the proposal is to change; Invalid when that is nothing, or on a version to come."""
    subject = found.subject
    first = 0 if found.crossing else 1
    if not first <= base_version <= found.version:
        detail = f"There is no such version yet: it is at version {found.version}."
        raise impossible(detail, "unknown_version", "base_version")
    base: Mapping[str, Any] | None = EMPTY_CELL
    if subject is not None and base_version > 0:
        base = await said_at(tx, actor, subject.id, base_version)
    links = {} if subject is None else subject.links
    sent = {n: sorted(set(value)) if n in links else value for n, value in changes.items()}
    wanted = meant(base, json.loads(canonical_text(sent)))
    present = EMPTY_CELL if subject is None else json.loads(canonical_text(ledger.content(subject)))
    if all(present[name] == value for name, value in wanted.items()):
        detail = "This would change nothing: propose something else than what is there."
        raise impossible(detail, "nothing_to_change", "changes")
    return wanted


async def accept(
    tx: Transaction, actor: Actor, proposal_id: UUID, decided: Mapping[str, Any], expected: int
) -> None:
    """Make the proposed change, whole, as whoever decides would make it directly.

    `decided` holds a `reason`, and the `over_version` over which to accept in spite of conflicts.
    """
    head, row = await _held(tx, actor, proposal_id, May.DECIDE_PROPOSAL)
    _still_open(row, expected)
    if row["subject_removed"]:
        detail = "What it would change was removed: restore that first, or reject the proposal."
        raise Conflict(detail, code="subject_removed")
    changes = weighed(row, decided["over_version"])
    target = _target(row)
    found = await find(tx, actor, target, changes, DIRECT[target.about])
    facts: list[Fact] = []
    applied = found.version
    if changes:
        subject, facts = await make(tx, actor, found, changes)
        applied = subject.version
    told = {"decision_reason": decided["reason"], "applied_version": applied}
    accepted = await _decided(tx, actor, proposal_id, ProposalStatus.ACCEPTED, **told)
    await ledger.record(tx, actor, head, *facts, Fact(Verb.PROPOSAL_ACCEPTED, accepted))


async def reject(
    tx: Transaction, actor: Actor, proposal_id: UUID, reason: str, expected: int
) -> None:
    """Say no, and why."""
    head, row = await _held(tx, actor, proposal_id, May.DECIDE_PROPOSAL)
    _still_open(row, expected)
    told = {"decision_reason": reason}
    rejected = await _decided(tx, actor, proposal_id, ProposalStatus.REJECTED, **told)
    await ledger.record(tx, actor, head, Fact(Verb.PROPOSAL_REJECTED, rejected))


async def withdraw(tx: Transaction, actor: Actor, proposal_id: UUID) -> None:
    """Take one's own proposal back before anybody has decided."""
    head, row = await _held(tx, actor, proposal_id, May.WITHDRAW_PROPOSAL)
    _still_open(row, row["version"])
    withdrawn = await _decided(tx, actor, proposal_id, ProposalStatus.WITHDRAWN)
    await ledger.record(tx, actor, head, Fact(Verb.PROPOSAL_WITHDRAWN, withdrawn))


async def _held(tx: Transaction, actor: Actor, proposal_id: UUID, may: May) -> tuple[Locked, Row]:
    head, row = await hold_proposal(tx, actor, proposal_id)
    require(actor, may, standing_towards(row, actor))
    return head, row


def _still_open(row: Row, expected: int) -> None:
    current(row["version"], expected)
    if row["status"] != ProposalStatus.OPEN:
        raise Conflict(_DECIDED[row["status"]], code=f"proposal_{row['status']}")


def _target(row: Row) -> Target:
    about = Proposable(row["about"])
    return Target(about, row["subject_id"], row["stage_id"], row["touchpoint_id"])


async def _decided(
    tx: Transaction, actor: Actor, proposal_id: UUID, status: ProposalStatus, **told: Any
) -> Proposal:
    """The proposal with what became of it, and who saw to that."""
    proposal = await entity(tx, actor, Proposal, proposal_id)
    who = {"decided_by": actor.member_id, "decided_at": now()}
    change(proposal, {"status": status.value, **who, **told})
    return proposal
