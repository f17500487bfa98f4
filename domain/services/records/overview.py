"""Remembering that a member has seen the overview."""

from domain.actor import Actor
from domain.database import Transaction
from domain.queries.held import hold_actor
from domain.services.steps.visiting import look


async def see(tx: Transaction, actor: Actor) -> None:
    """The next overview begins here."""
    await hold_actor(tx, actor)
    await look(tx, actor.member_id, actor.organization_id)
