"""Moderation: hiding what others said, and showing it again."""

from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, Forbidden
from domain.facts import Verb
from domain.roles import May
from domain.services.steps.places import current
from domain.services.steps.threads import in_state, refused, thread, turn
from domain.words import AnnotationStatus

MAY = May.HIDE_ANNOTATION


async def hide(
    tx: Transaction, actor: Actor, annotation_id: UUID, reason: str, expected: int
) -> Row:
    """Hide somebody's words from all but their author and those who moderate."""
    held = await thread(tx, actor, annotation_id, MAY)
    _somebody_elses(held[1])
    in_state(held[1], MAY, expected)
    if held[1]["status"] == AnnotationStatus.HIDDEN:
        raise refused(held[1])
    hidden = {"hidden_at": now(), "hidden_by": actor.member_id, "hidden_reason": reason}
    return await turn(tx, actor, held, Verb.ANNOTATION_HIDDEN, hidden)


async def show(tx: Transaction, actor: Actor, annotation_id: UUID, expected: int) -> Row:
    """Let hidden words be seen again."""
    held = await thread(tx, actor, annotation_id, MAY)
    _somebody_elses(held[1])
    current(held[1]["version"], expected)
    if held[1]["status"] != AnnotationStatus.HIDDEN:
        raise Conflict(
            "This annotation is not hidden: there is nothing to show.", code="annotation_shown"
        )
    shown = {"hidden_at": None, "hidden_by": None, "hidden_reason": ""}
    return await turn(tx, actor, held, Verb.ANNOTATION_SHOWN, shown)


def _somebody_elses(row: Row) -> None:
    if row["mine"]:
        detail = "Only annotations of others are hidden and shown. Withdraw your own instead."
        raise Forbidden(detail, may=MAY.value)
