"""Flags: members ask moderators to look at an annotation or a reply."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.roles import May
from domain.services.steps import answers, threads
from domain.services.steps.flagging import raise_flag, somebody_elses
from domain.talk import FlagReason

MAY = May.FLAG_ANNOTATION


async def flag_annotation(
    tx: Transaction, actor: Actor, annotation_id: UUID, why: tuple[FlagReason, str]
) -> Row:
    """Flag an annotation that can be read."""
    held = await threads.thread(tx, actor, annotation_id, MAY)
    somebody_elses(held[1])
    threads.in_state(held[1], MAY)
    return await raise_flag(tx, actor, held, annotation_id, why)


async def flag_reply(
    tx: Transaction, actor: Actor, reply_id: UUID, why: tuple[FlagReason, str]
) -> Row:
    """Flag a reply that can be read."""
    held = await answers.answer(tx, actor, reply_id, MAY)
    somebody_elses(held[1])
    answers.in_state(held[1], MAY)
    return await raise_flag(tx, actor, held, held[1]["annotation_id"], why)
