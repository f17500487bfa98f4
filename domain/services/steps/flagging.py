"""Asking moderators to look at what was said, and settling what was asked."""

from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Invalid
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.voices.flags import Flag
from domain.queries.voices.flags import flag, open_flags_on, own_open_flag
from domain.services.steps.changing import change
from domain.talk import FlagOutcome, FlagReason


async def raise_flag(
    tx: Transaction,
    actor: Actor,
    held: tuple[Locked, Row],
    annotation_id: UUID,
    why: tuple[FlagReason, str],
) -> Row:
    """Flag what is held, in the thread of an annotation; flagging it again says why anew."""
    head, row = held
    said: dict[str, Any] = {"reason": why[0].value, "note": why[1]}
    raised = await own_open_flag(tx, actor, row["id"])
    if raised is None:
        raised = Flag(
            organization_id=actor.organization_id,
            journey_id=row["journey_id"],
            annotation_id=annotation_id,
            target_id=row["id"],
            member_id=actor.member_id,
            **said,
        )
    elif not change(raised, said):
        return await flag(tx, actor, raised.id)
    await ledger.write(tx, actor, head, Fact(Verb.FLAG_RAISED, raised))
    return await flag(tx, actor, raised.id)


def somebody_elses(row: Row) -> None:
    """Invalid for one's own words: they are withdrawn, not flagged."""
    if row["mine"]:
        detail = "Only what others say is flagged. Withdraw your own words instead."
        raise Invalid(detail, code="own_words")


async def settle(
    tx: Transaction, actor: Actor, head: Locked, target_id: UUID, outcome: FlagOutcome
) -> tuple[Locked, bool]:
    """Settle every open flag on something; where the stream stands now, and whether any was."""
    found = await open_flags_on(tx, actor, target_id)
    settled = {
        "outcome": outcome.value,
        "settled_by": actor.member_id,
        "settled_at": now(),
    }
    for one in found:
        change(one, settled)
    facts = [Fact(Verb.FLAG_SETTLED, one) for one in found]
    return await ledger.record(tx, actor, head, *facts), bool(found)
