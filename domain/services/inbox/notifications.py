"""One's own inbox: what is read, and what is put away."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.queries.inbox.marking import Chosen, mark
from domain.queries.inbox.notifications import notification
from domain.services.steps.refusing import impossible


async def update(
    tx: Transaction, actor: Actor, notification_id: UUID, read: bool | None, archived: bool | None
) -> Row:
    """Mark one line; NotFound when the actor has no such line, or sees no more what it tells."""
    await notification(tx, actor, notification_id)
    await choose(tx, actor, Chosen(ids=[notification_id]), read, archived)
    return await notification(tx, actor, notification_id)


async def choose(
    tx: Transaction, actor: Actor, chosen: Chosen, read: bool | None, archived: bool | None
) -> int:
    """Mark lines, and count them. What is put away has been read; what is unread is not away."""
    if archived and read is False:
        detail = "What is put away has been read: leave `read` out, or `archived`."
        raise impossible(detail, "unread_in_archive", "read")
    if archived:
        read = True
    if read is False:
        archived = False
    return await mark(tx, actor, chosen, read=read, archived=archived)
