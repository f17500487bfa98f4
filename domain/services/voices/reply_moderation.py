"""Moderation of replies: hiding one, showing it again, letting it stand."""

from uuid import UUID

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, Forbidden
from domain.facts import Verb
from domain.ledger import Locked
from domain.queries.voices.replies import reply
from domain.roles import May
from domain.services.steps.answers import answer, in_state, refused, turn
from domain.services.steps.flagging import settle
from domain.services.steps.places import current
from domain.talk import FlagOutcome
from domain.words import ReplyStatus

MAY = May.HIDE_ANNOTATION


async def hide(tx: Transaction, actor: Actor, reply_id: UUID, reason: str, expected: int) -> Row:
    """Hide somebody's answer: others see that there is one, no longer what it says."""
    head, row = await _judged(tx, actor, reply_id, expected)
    head, _ = await settle(tx, actor, head, reply_id, FlagOutcome.HIDDEN)
    hidden = {
        "hidden_at": now(),
        "hidden_by": actor.member_id,
        "hidden_reason": reason,
        "approved_at": None,
        "approved_by": None,
    }
    return await turn(tx, actor, (head, row), Verb.REPLY_HIDDEN, hidden)


async def approve(tx: Transaction, actor: Actor, reply_id: UUID, expected: int) -> Row:
    """Let somebody's answer stand; approved already and not flagged since, it stays as it is."""
    head, row = await _judged(tx, actor, reply_id, expected)
    head, any_settled = await settle(tx, actor, head, reply_id, FlagOutcome.APPROVED)
    if row["approved_at"] is not None and not any_settled:
        return await reply(tx, actor, reply_id)
    approved = {"approved_at": now(), "approved_by": actor.member_id}
    return await turn(tx, actor, (head, row), Verb.REPLY_APPROVED, approved)


async def show(tx: Transaction, actor: Actor, reply_id: UUID, expected: int) -> Row:
    """Let a hidden answer be read again."""
    held = await answer(tx, actor, reply_id, MAY)
    _somebody_elses(held[1])
    current(held[1]["version"], expected)
    if held[1]["status"] != ReplyStatus.HIDDEN:
        raise Conflict("This reply is not hidden: there is nothing to show.", code="reply_shown")
    shown = {"hidden_at": None, "hidden_by": None, "hidden_reason": ""}
    return await turn(tx, actor, held, Verb.REPLY_SHOWN, shown)


async def _judged(
    tx: Transaction, actor: Actor, reply_id: UUID, expected: int
) -> tuple[Locked, Row]:
    """Somebody else's answer that is not hidden."""
    held = await answer(tx, actor, reply_id, MAY)
    _somebody_elses(held[1])
    in_state(held[1], MAY, expected)
    if held[1]["status"] == ReplyStatus.HIDDEN:
        raise refused(held[1], MAY)
    return held


def _somebody_elses(row: Row) -> None:
    if row["mine"]:
        detail = "Only replies of others are hidden and shown. Withdraw your own instead."
        raise Forbidden(detail, may=MAY.value)
