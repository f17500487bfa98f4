"""Voting for a finding or an opportunity that is held, and taking it back."""

from collections.abc import Sequence
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.findings import Vote
from domain.queries.outcomes.ballots import own_votes
from domain.services.steps.changing import change


async def give(
    tx: Transaction, actor: Actor, head: Locked, subject_id: UUID, merged: Sequence[UUID] = ()
) -> None:
    """Vote for a subject; doing it again, or having voted for what is now part of it, is enough."""
    votes = await _own(tx, actor, (subject_id, *merged))
    if any(vote.removed_at is None for vote in votes):
        return
    given = next((vote for vote in votes if vote.subject_id == subject_id), None)
    if given is None:
        given = Vote(
            organization_id=actor.organization_id,
            journey_id=head.stream_id,
            subject_id=subject_id,
            member_id=actor.member_id,
            member_group=actor.group.value,
        )
        await tx.add(given)
    else:
        change(given, {"removed_at": None, "member_group": actor.group.value})
    await ledger.record(tx, actor, head, Fact(Verb.VOTE_GIVEN, given))


async def take_back(
    tx: Transaction, actor: Actor, head: Locked, subject_id: UUID, merged: Sequence[UUID] = ()
) -> None:
    """Vote for it no longer, nor for what is part of it; NotFound when one did not."""
    votes = await _own(tx, actor, (subject_id, *merged))
    live = [vote for vote in votes if vote.removed_at is None]
    if not live:
        raise NotFound("You have not voted for this.")
    for vote in live:
        change(vote, {"removed_at": now()})
    await ledger.record(tx, actor, head, *(Fact(Verb.VOTE_TAKEN_BACK, vote) for vote in live))


async def _own(tx: Transaction, actor: Actor, ids: Sequence[UUID]) -> list[Vote]:
    found = [
        await tx.entity(Vote, (actor.organization_id, one))
        for one in await own_votes(tx, actor, ids)
    ]
    return [vote for vote in found if vote is not None]
