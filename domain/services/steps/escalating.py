"""One step up the chain of command, by hand or by the clock."""

from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.duties import EscalationCause, EscalationLevel
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.accountability.escalations import Escalation
from domain.queries.accountability.escalations import steps_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What goes up and why, whom it is about, whom it reaches and as what."""

    subject_id: UUID
    touchpoint_id: UUID | None
    cause: EscalationCause
    level: EscalationLevel
    about_id: UUID | None
    to_id: UUID
    reason: str = ""


async def go_up(tx: Transaction, actor: Actor | None, head: Locked, step: Step) -> UUID:
    """Take a step, the next of its cause; the id of the escalation. None acts for the clock.

    The journey is held, so the number is free; should it not be, the database refuses it.
    """
    assert tx.organization_id is not None, "an escalation belongs to an organization"
    taken = [row for row in await steps_of(tx, step.subject_id) if row["cause"] == step.cause]
    raised = Escalation(
        organization_id=tx.organization_id,
        journey_id=head.stream_id,
        subject_id=step.subject_id,
        touchpoint_id=step.touchpoint_id,
        cause=step.cause.value,
        step=len(taken) + 1,
        level=step.level.value,
        about_id=step.about_id,
        to_id=step.to_id,
        raised_by=actor.member_id if actor else None,
        reason=step.reason,
    )
    await tx.add(raised)
    await ledger.record(tx, actor, head, Fact(Verb.ESCALATED, raised))
    return raised.id
