"""Reacting to what was said, and taking it back: one row per member, thing and kind."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.voices.supports import Reaction
from domain.queries.voices.reactions import own_reaction
from domain.services.steps.changing import change
from domain.talk import ReactionKind


async def react(
    tx: Transaction, actor: Actor, held: tuple[Locked, Row], annotation_id: UUID, kind: ReactionKind
) -> None:
    """React to what is held, in the thread of an annotation; doing it again changes nothing."""
    head, row = held
    reaction = await own_reaction(tx, actor, row["id"], kind)
    if reaction is None:
        reaction = Reaction(
            organization_id=actor.organization_id,
            journey_id=row["journey_id"],
            annotation_id=annotation_id,
            target_id=row["id"],
            member_id=actor.member_id,
            kind=kind.value,
        )
    elif not change(reaction, {"removed_at": None}):
        return
    await ledger.write(tx, actor, head, Fact(Verb.REACTION_ADDED, reaction))


async def take_back(
    tx: Transaction, actor: Actor, held: tuple[Locked, Row], kind: ReactionKind
) -> None:
    """React so no longer; NotFound when one did not."""
    head, row = held
    reaction = await own_reaction(tx, actor, row["id"], kind)
    if reaction is None or reaction.removed_at is not None:
        raise NotFound("You have not reacted so.")
    change(reaction, {"removed_at": now()})
    await ledger.write(tx, actor, head, Fact(Verb.REACTION_REMOVED, reaction))
