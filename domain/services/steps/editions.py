"""A new edition in the making: the next number, showing the journey as it is held."""

from domain.actor import Actor
from domain.database import Transaction
from domain.ledger import Locked
from domain.models.life.editions import Edition
from domain.queries.life.editions import last_number
from domain.results import EditionKind


async def next_edition(
    tx: Transaction, actor: Actor, head: Locked, kind: EditionKind, name: str, note: str = ""
) -> Edition:
    """Store the next edition of the held journey; the caller records it."""
    made = Edition(
        organization_id=actor.organization_id,
        journey_id=head.stream_id,
        number=await last_number(tx, actor, head.stream_id) + 1,
        kind=kind.value,
        name=name,
        note=note,
        revision=head.revision,
        published_by=actor.member_id,
    )
    await tx.add(made)
    return made
