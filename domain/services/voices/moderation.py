"""Moderation: hiding what others said, showing it again, and letting it stand."""

from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, Forbidden
from domain.facts import Verb
from domain.ledger import Locked
from domain.policy import require
from domain.queries.maps.places import place
from domain.queries.voices.annotations import annotation
from domain.roles import May
from domain.services.steps.flagging import settle
from domain.services.steps.places import current
from domain.services.steps.threads import in_state, refused, thread, turn
from domain.talk import FlagOutcome
from domain.words import AnnotationStatus

MAY = May.HIDE_ANNOTATION


async def enter(tx: Transaction, actor: Actor, journey_id: UUID) -> None:
    """See that the actor moderates a journey."""
    require(actor, MAY, (await place(tx, actor, journey_id)).standing(actor))


async def hide(
    tx: Transaction, actor: Actor, annotation_id: UUID, reason: str, expected: int
) -> Row:
    """Hide somebody's words from all but their author and those who moderate."""
    head, row = await _judged(tx, actor, annotation_id, expected)
    head, _ = await settle(tx, actor, head, annotation_id, FlagOutcome.HIDDEN)
    hidden = {
        "hidden_at": now(),
        "hidden_by": actor.member_id,
        "hidden_reason": reason,
        "approved_at": None,
        "approved_by": None,
    }
    return await turn(tx, actor, (head, row), Verb.ANNOTATION_HIDDEN, hidden)


async def approve(tx: Transaction, actor: Actor, annotation_id: UUID, expected: int) -> Row:
    """Let somebody's words stand; approved already and not flagged since, they stay as they are."""
    head, row = await _judged(tx, actor, annotation_id, expected)
    head, any_settled = await settle(tx, actor, head, annotation_id, FlagOutcome.APPROVED)
    if row["approved_at"] is not None and not any_settled:
        return await annotation(tx, actor, annotation_id)
    approved = {"approved_at": now(), "approved_by": actor.member_id}
    return await turn(tx, actor, (head, row), Verb.ANNOTATION_APPROVED, approved)


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


async def _judged(
    tx: Transaction, actor: Actor, annotation_id: UUID, expected: int
) -> tuple[Locked, Row]:
    """Somebody else's words that are not hidden."""
    held = await thread(tx, actor, annotation_id, MAY)
    _somebody_elses(held[1])
    in_state(held[1], MAY, expected)
    if held[1]["status"] == AnnotationStatus.HIDDEN:
        raise refused(held[1])
    return held


def _somebody_elses(row: Row) -> None:
    if row["mine"]:
        detail = "Only annotations of others are hidden and shown. Withdraw your own instead."
        raise Forbidden(detail, may=MAY.value)
