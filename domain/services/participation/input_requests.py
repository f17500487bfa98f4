"""Asking for input: departments, groups and members, about one thing, by a date."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.duties import DeadlineKind, InputAskStatus, InputRequestStatus
from domain.errors import Conflict, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.policy import require
from domain.queries.accountability.clocks import clock_of
from domain.queries.maps.places import Place
from domain.queries.participation.asked import Asked, reached
from domain.queries.participation.asks import asks_to_change
from domain.queries.participation.input_requests import request as request_row
from domain.queries.participation.scope import subjects
from domain.roles import Condition, May, Relation
from domain.rules.calendar import after
from domain.services.steps import answering
from domain.services.steps.answering import Answer
from domain.services.steps.changing import change
from domain.services.steps.deadlines import Look, schedule, settle
from domain.services.steps.participants import take_in
from domain.services.steps.places import current, enter
from domain.services.steps.references import check_references
from domain.services.steps.refusing import impossible
from domain.services.steps.silence import end
from domain.services.steps.subjects import subject
from domain.services.steps.visiting import look
from domain.words import SubjectKind

MOST = 500
"""How many members one request may reach."""
ABOUT = (SubjectKind.JOURNEY, SubjectKind.STAGE, SubjectKind.TOUCHPOINT, SubjectKind.MOMENT)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: about a subject of the journey (None: the whole), of whom, by when."""

    subject_id: UUID | None
    message: str
    questions: list[str]
    asked: Asked
    due_at: datetime


async def request(
    tx: Transaction, actor: Actor, journey_id: UUID, question: Question
) -> InputRequest:
    """Ask; whoever is asked may see the journey from now on."""
    head, place = await enter(tx, actor, journey_id)
    require(actor, May.REQUEST_INPUT, place.standing(actor))
    about = await _about(tx, place, question)
    if question.due_at <= now():
        raise impossible("Choose a date that is still to come.", "due_in_the_past", "due_at")
    asked = question.asked
    named = {"departments": list(asked.departments), "members": list(asked.members)}
    await check_references(tx, actor, named)
    members = await _members(tx, asked)
    head = await take_in(tx, actor, head, **named, groups=asked.groups)
    made = _request(actor, place, question, about)
    await tx.add(made)
    asks = [_ask(made, member) for member in members]
    await tx.add(*asks)
    told = [Fact(Verb.INPUT_ASKED, ask) for ask in asks]
    await ledger.record(tx, actor, head, Fact(Verb.INPUT_REQUESTED, made), *told)
    await _schedule(tx, made)
    return made


async def cancel(tx: Transaction, actor: Actor, request_id: UUID, expected: int) -> None:
    """Call it off: nobody need answer any more, those who have stand by what they said."""
    head, place, request = await subject(tx, actor, InputRequest, request_id)
    if not await subjects(tx, [request.subject_id]):
        raise NotFound
    # Nothing is asked by it: what is closed need not be opened to ask no more.
    require(actor, May.REQUEST_INPUT, place.standing(actor, conditions=(Condition.OPEN,)))
    current(request.version, expected)
    _not_over(request)
    asks = await asks_to_change(tx, request_id)
    await settle(tx, request_id, *(ask.id for ask in asks))
    facts = await end(tx, request, asks, InputAskStatus.CANCELLED)
    change(request, {"status": InputRequestStatus.CANCELLED.value, "closed_at": now()})
    head = await ledger.record(tx, actor, head, Fact(Verb.INPUT_REQUEST_CANCELLED, request))
    await ledger.record(tx, None, head, *facts)


def _not_over(request: InputRequest) -> None:
    """Conflict unless it is open: what closing recorded stands."""
    if request.status == InputRequestStatus.CANCELLED:
        detail = "This request was called off already: ask anew."
        raise Conflict(detail, code="input_request_cancelled")
    if request.status != InputRequestStatus.OPEN:
        detail = "This request has closed, and what became of it is recorded: ask anew."
        raise Conflict(detail, code="input_request_closed")


async def see(tx: Transaction, actor: Actor, request_id: UUID) -> None:
    """Remember that the actor has looked at what they are asked."""
    row = await request_row(tx, actor, request_id)
    ties = (Relation.ASKED,) if row["my_id"] else ()
    require(actor, May.ANSWER_INPUT, actor.standing(*ties))
    await look(tx, actor.member_id, row["my_id"])


async def answer(tx: Transaction, actor: Actor, request_id: UUID, given: Answer) -> None:
    """Answer as oneself; late answers are welcome."""
    await answering.answer(tx, actor, request_id, given)


async def _about(tx: Transaction, place: Place, question: Question) -> Row:
    """What is asked about; Invalid unless it stands in this journey and can be asked about."""
    subject_id = question.subject_id or place.journey_id
    found = (await subjects(tx, [subject_id])).get(subject_id)
    if found is None or found["journey_id"] != place.journey_id or found["kind"] not in ABOUT:
        detail = "Ask about the journey, or about a stage, touchpoint or moment on its map."
        raise impossible(detail, "unknown_subject", "subject_id")
    return found


async def _members(tx: Transaction, asked: Asked) -> list[Row]:
    members = await reached(tx, asked, MOST + 1)
    if not members:
        detail = "This reaches nobody: name departments, groups or members with active members."
        raise Invalid(detail, code="nobody_asked")
    if len(members) > MOST:
        detail = f"This reaches more than {MOST} members: ask fewer at once."
        raise Invalid(detail, code="too_many_asked")
    return members


def _request(actor: Actor, place: Place, question: Question, about: Row) -> InputRequest:
    return InputRequest(
        organization_id=actor.organization_id,
        journey_id=place.journey_id,
        subject_id=about["id"],
        touchpoint_id=about["touchpoint_id"],
        message=question.message,
        questions=question.questions,
        asked_departments=list(question.asked.departments),
        asked_groups=[group.value for group in question.asked.groups],
        asked_members=list(question.asked.members),
        due_at=question.due_at,
        created_by=actor.member_id,
    )


def _ask(request: InputRequest, member: Row) -> InputAsk:
    return InputAsk(
        organization_id=request.organization_id,
        journey_id=request.journey_id,
        request_id=request.id,
        touchpoint_id=request.touchpoint_id,
        member_id=member["id"],
        member_group=member["group"],
        member_department_id=member["department_id"],
        created_at=request.created_at,
        updated_at=request.created_at,
    )


async def _schedule(tx: Transaction, request: InputRequest) -> None:
    """Let the clock close it when it is due, and remind before, if there is time for that."""
    where = (request.journey_id, request.id)
    await schedule(tx, request.due_at, Look(DeadlineKind.CLOSE_INPUT, *where))
    clock = await clock_of(tx, request.organization_id)
    reminder = after(clock.calendar, request.due_at, -clock.remind_days)
    if now() < reminder < request.due_at:
        await schedule(tx, reminder, Look(DeadlineKind.REMIND, *where))
