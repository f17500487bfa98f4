"""Reactions to annotations and replies."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.queries.voices.annotations import annotation
from domain.queries.voices.replies import reply
from domain.roles import May
from domain.services.steps import answers
from domain.services.steps.reacting import react, take_back
from domain.services.steps.threads import in_state, thread
from domain.talk import ReactionKind


async def add(tx: Transaction, actor: Actor, annotation_id: UUID, kind: ReactionKind) -> Row:
    """React to an annotation that is open or resolved."""
    held = await thread(tx, actor, annotation_id, May.REACT)
    in_state(held[1], May.REACT)
    await react(tx, actor, held, annotation_id, kind)
    return await annotation(tx, actor, annotation_id)


async def remove(tx: Transaction, actor: Actor, annotation_id: UUID, kind: ReactionKind) -> None:
    """Take a reaction to an annotation back, whatever has become of it."""
    held = await thread(tx, actor, annotation_id, May.REACT)
    await take_back(tx, actor, held, kind)


async def add_to_reply(tx: Transaction, actor: Actor, reply_id: UUID, kind: ReactionKind) -> Row:
    """React to a reply that is there to be read."""
    held = await answers.answer(tx, actor, reply_id, May.REACT)
    answers.in_state(held[1], May.REACT)
    await react(tx, actor, held, held[1]["annotation_id"], kind)
    return await reply(tx, actor, reply_id)


async def remove_from_reply(
    tx: Transaction, actor: Actor, reply_id: UUID, kind: ReactionKind
) -> None:
    """Take a reaction to a reply back."""
    held = await answers.answer(tx, actor, reply_id, May.REACT)
    await take_back(tx, actor, held, kind)
