"""Replies: answering in a thread, answering better, taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.facts import Verb
from domain.models.voices.replies import Reply
from domain.queries.voices.standing import unnamed
from domain.roles import May
from domain.services.steps import answers
from domain.services.steps.mentioning import Place, kept, mentioning
from domain.services.steps.speaking import by_author, spoken
from domain.services.steps.threads import by_name, in_state, thread
from domain.talk import Voice
from domain.words import ReplyStatus


@dataclass(frozen=True, slots=True)
class Answered:
    """A new reply, whom it mentions, by name, and the annotation it answers."""

    reply: Reply
    names: Mapping[UUID, str]
    thread: Row

    @property
    def standing(self) -> Mapping[str, Any]:
        """How the author stands towards it, as a row of replies would say."""
        own = {"status": ReplyStatus.SHOWN, "thread_status": self.thread["status"], "mine": True}
        return {**dict(self.thread.items()), **own}


async def write(
    tx: Transaction, actor: Actor, annotation_id: UUID, fields: Mapping[str, Any]
) -> Answered:
    """Answer in a thread that is open or resolved.

    In a thread that the actor began for their group they go on speaking for it, unless they say
    that they do not: nothing is disclosed by leaving something out.
    """
    head, row = await thread(tx, actor, annotation_id, May.REPLY)
    in_state(row, May.REPLY)
    voice = fields.get("voice") or (Voice.GROUP if unnamed(row) else Voice.MEMBER)
    if voice == Voice.MEMBER:
        by_name(row, actor, May.REPLY)
    fields = {**fields, "voice": voice.value}
    told = await spoken(tx, actor, fields, group_voice=row["group_voice"])
    shown = Place(row["journey_id"], row["visibility"], row["author_group"], row["author_id"])
    words = await mentioning(tx, actor, told["body"], shown)
    said = Reply(
        organization_id=actor.organization_id,
        journey_id=row["journey_id"],
        annotation_id=annotation_id,
        **told,
        **words.columns,
    )
    await ledger.write(tx, actor, head, by_author(Verb.REPLY_WRITTEN, said))
    return Answered(said, words.names, row)


async def edit(tx: Transaction, actor: Actor, reply_id: UUID, body: str, expected: int) -> Row:
    """Answer better; every version of it is kept. What was let stand is to be looked at anew."""
    head, row = await answers.answer(tx, actor, reply_id, May.EDIT_ANNOTATION)
    answers.in_state(row, May.EDIT_ANNOTATION, expected)
    where = (row["journey_id"], row["thread_visibility"], row["thread_group"])
    words = await mentioning(tx, actor, body, Place(*where, row["thread_author_id"]), kept(row))
    said = {"body": body, **words.columns}
    fresh = {"edited_at": now(), "approved_at": None, "approved_by": None}
    changes = {} if body == row["body"] else said | fresh
    return await answers.turn(tx, actor, (head, row), Verb.REPLY_EDITED, changes)


async def withdraw(tx: Transaction, actor: Actor, reply_id: UUID) -> Row:
    """Take one's answer back; only the author still reads it."""
    held = await answers.answer(tx, actor, reply_id, May.WITHDRAW_ANNOTATION)
    answers.in_state(held[1], May.WITHDRAW_ANNOTATION)
    return await answers.turn(tx, actor, held, Verb.REPLY_WITHDRAWN, {"withdrawn_at": now()})


async def restore(tx: Transaction, actor: Actor, reply_id: UUID) -> Row:
    """Stand by one's answer again."""
    held = await answers.answer(tx, actor, reply_id, May.RESTORE_ANNOTATION)
    answers.in_state(held[1], May.RESTORE_ANNOTATION)
    return await answers.turn(tx, actor, held, Verb.REPLY_RESTORED, {"withdrawn_at": None})
