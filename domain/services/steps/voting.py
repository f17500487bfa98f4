"""Voting for a finding or an opportunity, once its journey is held and the actor may."""

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
from domain.queries.findings.votes import own_votes
from domain.services.steps.changing import change


async def give_vote(
    tx: Transaction, actor: Actor, head: Locked, subject_id: UUID, merged: Sequence[UUID] = ()
) -> None:
    """Vote for it; doing so again, or having voted for what is now part of it, changes nothing.

    A vote counts for the group one is in now.
    """
    votes = await own_votes(tx, actor, (subject_id, *merged))
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
    else:
        change(given, {"removed_at": None, "member_group": actor.group.value})
    await ledger.write(tx, actor, head, Fact(Verb.VOTE_GIVEN, given))


async def take_vote_back(
    tx: Transaction, actor: Actor, head: Locked, subject_id: UUID, merged: Sequence[UUID] = ()
) -> None:
    """Vote for it no longer, nor for what is part of it; NotFound when one did not."""
    votes = await own_votes(tx, actor, (subject_id, *merged))
    live = [vote for vote in votes if vote.removed_at is None]
    if not live:
        raise NotFound("You have not voted for this.")
    for vote in live:
        change(vote, {"removed_at": now()})
        head = await ledger.write(tx, actor, head, Fact(Verb.VOTE_TAKEN_BACK, vote))
