"""After a pause: whoever acted before may act no more."""

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Unauthenticated
from domain.queries.identity.actors import acting


async def anew(tx: Transaction, actor: Actor) -> Actor:
    """The actor as they are now; Unauthenticated when their session or membership has ended."""
    who = actor.organization_id, actor.member_id, actor.session_id
    found = await acting(tx, *who)
    if found is None:
        raise Unauthenticated
    return found
