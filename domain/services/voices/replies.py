"""Replies: answering in a thread."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.voices.replies import Reply
from domain.roles import May
from domain.services.steps.threads import in_state, thread


async def write(
    tx: Transaction, actor: Actor, annotation_id: UUID, fields: Mapping[str, Any]
) -> Reply:
    """Answer in a thread that is open or resolved."""
    head, row = await thread(tx, actor, annotation_id, May.REPLY)
    in_state(row, May.REPLY)
    said = Reply(
        organization_id=actor.organization_id,
        journey_id=row["journey_id"],
        annotation_id=annotation_id,
        author_id=actor.member_id,
        author_group=actor.group.value,
        **fields,
    )
    await ledger.write(tx, actor, head, Fact(Verb.REPLY_WRITTEN, said))
    return said
