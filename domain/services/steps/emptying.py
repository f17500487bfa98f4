"""Emptying what a person wrote in answering for moments, and what still waits for them."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain.clock import now
from domain.database import Hot, Transaction, hot
from domain.duties import InputAskStatus, ResponsibilityStatus
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.accountability.responsibilities import Responsibility
from domain.models.participation.input_requests import InputAsk
from domain.models.voices.proposals import Proposal
from domain.queries.identity.texts import TEXTS, UNSETTLED, Texts, Worded, texts_of
from domain.services.steps.changing import change
from domain.talk import ProposalStatus


def emptied(said: Worded, member_id: UUID) -> Fact | None:
    """Take the person's words out of a row, and end what waits for them; None without either."""
    theirs = [one for one in texts_of(type(said)) if _whose(said, one) == member_id]
    changes: dict[str, Any] = {
        column: type(getattr(said, column))() for one in theirs for column in one.columns
    }
    verb = theirs[0].verb if theirs else None
    if isinstance(said, Responsibility | InputAsk | Proposal) and _waits(said, member_id):
        verb, over = _over(said)
        changes |= over
    if verb is None or not change(said, changes):
        return None
    return Fact(verb, said)


def _whose(said: Worded, one: Texts) -> UUID | None:
    """Whose words the columns hold."""
    instead = getattr(said, one.unless) if one.unless else None
    whose: UUID | None = instead or getattr(said, one.whose)
    return whose


def _waits(said: Responsibility | InputAsk | Proposal, member_id: UUID) -> bool:
    whose, statuses = UNSETTLED[type(said)]
    return getattr(said, whose) == member_id and said.status in statuses


def _over(said: Responsibility | InputAsk | Proposal) -> tuple[Verb, dict[str, Any]]:
    """How it ends; who erased the person stands in the entry."""
    if isinstance(said, Proposal):
        withdrawn = {"status": ProposalStatus.WITHDRAWN.value, "decided_at": now()}
        return Verb.PROPOSAL_WITHDRAWN, withdrawn
    if isinstance(said, Responsibility):
        ended = {"status": ResponsibilityStatus.ENDED.value, "ended_at": now()}
        return Verb.RESPONSIBILITY_ENDED, ended
    return Verb.INPUT_CALLED_OFF, {"status": InputAskStatus.CANCELLED.value}


def is_theirs(said: Worded, member_id: UUID) -> bool:
    """Whether the whole row is the person's, so that nothing of its past may stay."""
    return any(one.own and getattr(said, one.whose) == member_id for one in texts_of(type(said)))


def _past(one: Texts) -> str:
    """Revisions of others' rows in which the person left words, as a condition in SQL."""
    kind = one.model.subject_kind.value
    unless = f" AND content::jsonb ->> '{one.unless}' IS NULL" if one.unless else ""
    filled = " OR ".join(f"content::jsonb ->> '{column}' <> ''" for column in one.columns)
    return (
        f"(subject_kind = '{kind}' AND content::jsonb ->> '{one.whose}' = CAST(:member AS text)"
        f"{unless} AND ({filled}))"
    )


def _statement() -> Hot:
    others = [one for one in TEXTS if not one.own]
    kinds = ", ".join(sorted({f"'{one.model.subject_kind.value}'" for one in others}))
    return hot(
        text(
            "UPDATE revisions SET content = NULL, salt = NULL"  # noqa: S608  our own names
            " WHERE organization_id = CAST(:organization_id AS uuid)"
            f" AND subject_kind IN ({kinds}) AND position(CAST(:member AS text) IN content) > 0"
            f" AND ({' OR '.join(map(_past, others))})"
        )
    )


_EMPTY_PAST = _statement()


async def empty_past(tx: Transaction, organization_id: UUID, member_id: UUID) -> None:
    """Empty the revisions of others' rows that hold words of the person."""
    await tx.run(_EMPTY_PAST, organization_id=organization_id, member=str(member_id))
