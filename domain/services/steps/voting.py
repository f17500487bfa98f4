"""Voting for a finding or an opportunity, once its journey is held and the actor may."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.findings.findings import Vote
from domain.queries.findings.votes import own_vote
from domain.services.steps.changing import change


async def give_vote(
    tx: Transaction, actor: Actor, head: Locked, journey_id: UUID, subject_id: UUID
) -> None:
    """Vote for it; doing so again changes nothing. A vote counts for the group one is in now."""
    vote = await own_vote(tx, actor, subject_id)
    if vote is None:
        vote = Vote(
            organization_id=actor.organization_id,
            journey_id=journey_id,
            subject_id=subject_id,
            member_id=actor.member_id,
            member_group=actor.group.value,
        )
        await ledger.write(tx, actor, head, Fact(Verb.VOTE_GIVEN, vote))
    elif vote.removed_at is not None:
        change(vote, {"removed_at": None, "member_group": actor.group.value})
        await ledger.write(tx, actor, head, Fact(Verb.VOTE_GIVEN, vote))


async def take_vote_back(tx: Transaction, actor: Actor, head: Locked, subject_id: UUID) -> None:
    """Vote for it no longer; NotFound when one did not."""
    vote = await own_vote(tx, actor, subject_id)
    if vote is None or vote.removed_at is not None:
        raise NotFound("You have not voted for this.")
    change(vote, {"removed_at": now()})
    await ledger.write(tx, actor, head, Fact(Verb.VOTE_TAKEN_BACK, vote))
