"""Replies: answering in a thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.models.voices.replies import Reply
from domain.queries.voices.standing import unnamed
from domain.roles import May
from domain.services.steps.mentioning import Place, mentioning
from domain.services.steps.speaking import by_author, spoken
from domain.services.steps.threads import by_name, in_state, thread
from domain.talk import Voice


@dataclass(frozen=True, slots=True)
class Answered:
    """A new reply, and whom it mentions, by name."""

    reply: Reply
    names: Mapping[UUID, str]


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
    return Answered(said, words.names)
