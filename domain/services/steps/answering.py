"""Answering a request for input, signed in or by a link, by the rules of saying it anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.duties import InputAskStatus
from domain.errors import Conflict, FieldError, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.policy import require
from domain.queries.maps.places import Place
from domain.queries.participation.asks import own_ask
from domain.queries.participation.scope import subjects
from domain.queries.participation.spoken import SILENT
from domain.roles import May, Relation
from domain.services.steps import annotating, rating
from domain.services.steps.changing import change
from domain.services.steps.deadlines import settle
from domain.services.steps.places import enter_of
from domain.services.steps.refusing import impossible, inside
from domain.services.steps.subjects import entity
from domain.services.steps.visiting import look
from domain.words import SubjectKind


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says to a request: at least one of these, an abstention alone.

    `answers` follow the questions. An annotation without `subject_id` is about what was asked.
    """

    answers: Sequence[str] = ()
    annotations: Sequence[Mapping[str, Any]] = ()
    ratings: Sequence[Mapping[str, Any]] = ()
    abstain: str | None = None

    @property
    def in_words(self) -> bool:
        """Whether it says anything that carries a name."""
        return any(answer.strip() for answer in self.answers) or bool(self.annotations)


async def answer(
    tx: Transaction, actor: Actor, request_id: UUID, given: Answer, *, via_link: bool = False
) -> None:
    """Say it, and record that it was said.

    Where ratings alone were given and their entries do not say by whom, none of this answer does:
    it would stand right beside them. What became of the ask is seen from the ratings, and recorded
    when the request closes.
    """
    head, place = await enter_of(tx, actor, request_id, SubjectKind.INPUT_REQUEST)
    request, ask = await _asked(tx, actor, place, request_id)
    await _check(tx, request, given)
    hidden = await _speak(tx, actor, request, given)
    await settle(tx, ask.id)
    if hidden and not given.in_words:
        return
    await look(tx, actor.member_id, ask.id)
    change(ask, _said(given, via_link))
    verb = Verb.INPUT_ABSTAINED if given.abstain else Verb.INPUT_ANSWERED
    head = await ledger.lock(tx, actor, place.journey_id)
    await ledger.record(tx, actor, head, Fact(verb, ask))


async def _asked(
    tx: Transaction, actor: Actor, place: Place, request_id: UUID
) -> tuple[InputRequest, InputAsk]:
    """The request and what the actor was asked; Conflict when there is nothing left to answer."""
    if place.subject_removed:
        raise NotFound
    request = await entity(tx, actor, InputRequest, request_id)
    ask = await own_ask(tx, request_id, actor.member_id)
    require(actor, May.ANSWER_INPUT, place.standing(actor, *((Relation.ASKED,) if ask else ())))
    assert ask is not None, "only those asked may answer"
    if ask.status == InputAskStatus.CANCELLED:
        raise Conflict(
            "This request was called off: annotate and rate without it.",
            code="input_request_cancelled",
        )
    if ask.status not in SILENT:
        raise already_answered()
    return request, ask


def already_answered() -> Conflict:
    """What is said to a second answer."""
    return Conflict(
        "This has been answered already: annotate and rate to say more.", code="already_answered"
    )


async def _check(tx: Transaction, request: InputRequest, given: Answer) -> None:
    """Refuse an answer that says nothing, or two things at once, or speaks of something else."""
    if given.abstain is not None and (given.in_words or given.ratings):
        raise impossible("Who abstains says nothing else: leave one out.", "abstained", "abstain")
    if given.abstain is None and not (given.in_words or given.ratings):
        detail = "Answer a question, annotate, rate, or abstain with a reason."
        raise Invalid(detail, code="nothing_said")
    if len(given.answers) > len(request.questions):
        detail = "There are more answers than questions: send one for each, in their order."
        raise impossible(detail, "too_many_answers", "answers")
    await _check_scope(tx, request, given)


async def _check_scope(tx: Transaction, request: InputRequest, given: Answer) -> None:
    named = {
        f"annotations/{n}/subject_id": said.get("subject_id") or request.subject_id
        for n, said in enumerate(given.annotations)
    } | {f"ratings/{n}/touchpoint_id": one["touchpoint_id"] for n, one in enumerate(given.ratings)}
    found = await subjects(tx, [request.subject_id, *named.values()])
    if request.subject_id not in found:
        raise NotFound
    detail = "This is not what was asked about, nor in it: leave it out or say it by itself."
    errors = [
        FieldError(detail, "not_asked_about", pointer=f"#/{place}")
        for place, subject_id in named.items()
        if not _about(request, found.get(subject_id), rated=place.startswith("ratings"))
    ]
    if errors:
        raise Invalid(detail, code="not_asked_about", errors=errors)


def _about(request: InputRequest, subject: Row | None, *, rated: bool) -> bool:
    """Whether a subject is what was asked about, or stands in it."""
    if subject is None or subject["journey_id"] != request.journey_id:
        return False
    if rated and subject["kind"] != SubjectKind.TOUCHPOINT:
        return False
    if request.touchpoint_id is not None:
        return bool(subject["touchpoint_id"] == request.touchpoint_id)
    return request.subject_id in (request.journey_id, subject["id"], subject["stage_id"])


async def _speak(tx: Transaction, actor: Actor, request: InputRequest, given: Answer) -> bool:
    """Annotate and rate; whether an entry of it hides who did."""
    for n, said in enumerate(given.annotations):
        about = said.get("subject_id") or request.subject_id
        fields = {name: value for name, value in said.items() if name != "subject_id"}
        with inside(f"annotations/{n}"):
            await annotating.write(tx, actor, about, None, fields)
    hidden = False
    for n, one in enumerate(given.ratings):
        numbers = {name: value for name, value in one.items() if name != "touchpoint_id"}
        with inside(f"ratings/{n}"):
            rated = await rating.rate(tx, actor, one["touchpoint_id"], numbers)
        hidden = hidden or rated.hidden
    return hidden


def _said(given: Answer, via_link: bool) -> dict[str, Any]:
    status = InputAskStatus.ABSTAINED if given.abstain else InputAskStatus.ANSWERED
    return {
        "status": status.value,
        "answers": list(given.answers),
        "abstention_reason": given.abstain or "",
        "via_link": via_link,
        "answered_at": now(),
    }
