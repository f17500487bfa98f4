"""What the clock does to a request: remind those who are silent, and close it when it is due."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Transaction
from domain.duties import (
    DeadlineKind,
    EscalationCause,
    InputAskStatus,
    InputRequestStatus,
)
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.queries.accountability.clocks import clock_of
from domain.queries.identity.addresses import addresses
from domain.queries.participation.asks import asks_to_change, heard_in
from domain.queries.participation.questions import question
from domain.rules.calendar import after
from domain.services.steps.changing import change
from domain.services.steps.deadlines import Look, schedule, settle
from domain.services.steps.silence import end


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a letter to somebody silent says; times of day are those of `timezone`."""

    email: str
    name: str
    organization: str
    path: str
    message: str
    questions: list[str]
    due_at: datetime
    timezone: str


async def remind(tx: Transaction, head: Locked, request_id: UUID) -> list[Reminder]:
    """Record that those who are silent are reminded, each once; what to write to them."""
    request = await _open(tx, request_id)
    asked = await question(tx, request_id)
    if request is None or asked is None:
        return []
    heard = await heard_in(tx, request_id)
    silent = [
        ask
        for ask in await _waiting(tx, request_id)
        if ask.id not in heard and ask.reminded_at is None
    ]
    reached = await addresses(tx, request.journey_id, [ask.member_id for ask in silent])
    reminded = [ask for ask in silent if reached.get(ask.member_id, {}).get("email")]
    for ask in reminded:
        change(ask, {"reminded_at": now()})
    await ledger.record(tx, None, head, *(Fact(Verb.INPUT_REMINDED, ask) for ask in reminded))
    return [
        Reminder(
            email=reached[ask.member_id]["email"],
            name=reached[ask.member_id]["name"],
            organization=asked["organization"],
            path=asked["path"],
            message=request.message,
            questions=request.questions,
            due_at=request.due_at,
            timezone=asked["timezone"],
        )
        for ask in reminded
    ]


async def close(tx: Transaction, head: Locked, request_id: UUID) -> None:
    """Record who has answered and who has not; silence goes up the chain unless they speak."""
    request = await _open(tx, request_id)
    if request is None:
        return
    await settle(tx, request_id)
    asks = await asks_to_change(tx, request_id)
    facts = await end(tx, request, asks, InputAskStatus.NO_ANSWER)
    change(request, {"status": InputRequestStatus.CLOSED.value, "closed_at": now()})
    await ledger.record(tx, None, head, Fact(Verb.INPUT_REQUEST_CLOSED, request), *facts)
    await _escalate(tx, request, [a for a in asks if a.status == InputAskStatus.NO_ANSWER])


async def _open(tx: Transaction, request_id: UUID) -> InputRequest | None:
    assert tx.organization_id is not None, "a request belongs to an organization"
    request = await tx.entity(InputRequest, (tx.organization_id, request_id))
    is_open = request is not None and request.status == InputRequestStatus.OPEN
    return request if is_open else None


async def _waiting(tx: Transaction, request_id: UUID) -> list[InputAsk]:
    asks = await asks_to_change(tx, request_id)
    return [ask for ask in asks if ask.status == InputAskStatus.ASKED]


async def _escalate(tx: Transaction, request: InputRequest, silent: list[InputAsk]) -> None:
    """Begin the climb for those who are still there and see what they were asked."""
    clock = await clock_of(tx, request.organization_id)
    if not clock.chain:
        return
    there = await addresses(tx, request.journey_id, [ask.member_id for ask in silent])
    at = after(clock.calendar, request.due_at, clock.chain[0][1])
    looks = [
        Look(DeadlineKind.ESCALATE, ask.journey_id, ask.id, EscalationCause.NO_INPUT, step=1)
        for ask in silent
        if ask.member_id in there
    ]
    await schedule(tx, at, *looks)
