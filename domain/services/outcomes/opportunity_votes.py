"""Voting for an opportunity, and taking it back."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict
from domain.queries.outcomes.opportunities import merged_into
from domain.roles import May
from domain.rules.opportunities import VOTED_ON
from domain.services.steps.opportunities import opportunity_to
from domain.services.steps.voting import give_vote, take_vote_back


async def give(tx: Transaction, actor: Actor, opportunity_id: UUID) -> None:
    """Vote for an opportunity that is open or being worked on; once is enough."""
    head, found = await opportunity_to(tx, actor, opportunity_id, May.VOTE)
    if found.status not in VOTED_ON:
        word = found.status.replace("_", " ")
        detail = (
            f"This opportunity is {word}: only what is open, chosen or in progress is voted on."
        )
        raise Conflict(detail, code="opportunity_not_voted_on")
    await give_vote(tx, actor, head, found.id, await merged_into(tx, actor, found.id))


async def take_back(tx: Transaction, actor: Actor, opportunity_id: UUID) -> None:
    """Vote for it no longer, whatever state it is in."""
    head, found = await opportunity_to(tx, actor, opportunity_id, May.VOTE)
    await take_vote_back(tx, actor, head, found.id, await merged_into(tx, actor, found.id))
