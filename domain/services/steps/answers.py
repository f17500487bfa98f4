"""The steps of every change to a reply: hold and find it, judge its state, write it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.voices.replies import Reply
from domain.policy import require
from domain.queries.voices.replies import hold_reply, reply
from domain.queries.voices.reply_standing import mays_in, reply_ties
from domain.queries.voices.standing import UNNAMED, place_in
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.speaking import by_author
from domain.words import AnnotationStatus, ReplyStatus

_BY_AUTHOR = frozenset({Verb.REPLY_EDITED, Verb.REPLY_WITHDRAWN, Verb.REPLY_RESTORED})
_REFUSED = {
    ReplyStatus.SHOWN: "This reply is there to be read: there is nothing to undo.",
    ReplyStatus.WITHDRAWN: "This reply was withdrawn: its author can restore it.",
    ReplyStatus.HIDDEN: "This reply is hidden: the owner or a moderator can show it.",
}
_THREAD_REFUSED = {
    AnnotationStatus.WITHDRAWN: "The annotation was withdrawn: its author can restore it.",
    AnnotationStatus.HIDDEN: "The annotation is hidden: the owner or a moderator can show it.",
}


async def answer(tx: Transaction, actor: Actor, reply_id: UUID, may: May) -> tuple[Locked, Row]:
    """Hold a reply's journey, find the reply and see that the actor may."""
    head, row = await hold_reply(tx, actor, reply_id)
    require(actor, may, place_in(row, actor).standing(actor, *reply_ties(row)))
    if may not in UNNAMED and not row["seen_anyway"]:
        detail = (
            "This would be told with your name, and only whoever wrote the annotation could do it:"
            " ask somebody else to."
        )
        raise Conflict(detail, code="would_name_you")
    return head, row


def in_state(row: Row, may: May, expected: int | None = None) -> None:
    """Stale when based on an older version; Conflict when reply or thread stand in the way."""
    if expected is not None:
        current(row["version"], expected)
    if may not in mays_in(row["status"], row["thread_status"]):
        raise refused(row, may)


def refused(row: Row, may: May) -> Conflict:
    """Why the state of a reply or of its thread stands in the way, and what to do about it."""
    status, thread = ReplyStatus(row["status"]), AnnotationStatus(row["thread_status"])
    if may in mays_in(status, AnnotationStatus.OPEN) and may not in mays_in(status, thread):
        return Conflict(_THREAD_REFUSED[thread], code=f"annotation_{thread}")
    return Conflict(_REFUSED[status], code=f"reply_{status}")


async def turn(
    tx: Transaction, actor: Actor, held: tuple[Locked, Row], verb: Verb, changes: Mapping[str, Any]
) -> Row:
    """Change a reply that is held; how it is told from now on."""
    head, row = held
    said = Reply(**{one.name: row[one.name] for one in Reply.__table__.c})
    if change(said, changes):
        fact = by_author(verb, said) if verb in _BY_AUTHOR else Fact(verb, said)
        await ledger.write(tx, actor, head, fact)
    return await reply(tx, actor, said.id)
