"""Telling webhooks: reads the ledger and writes down what is to be delivered to whom."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import ledger
from domain.clock import now
from domain.database import Row, Transaction
from domain.facts import Verb
from domain.ids import new_id
from domain.integration import DisabledReason
from domain.queries.identity.actors import acting_alone
from domain.queries.integration.telling import add
from domain.queries.integration.webhooks import listening
from domain.rules.canonical import microseconds
from domain.services.steps.feeding import Batch, Consumer
from domain.services.steps.seeing import entries_seen
from domain.services.steps.webhooks import disable

_LEAVING = (Verb.MEMBER_SUSPENDED, Verb.MEMBER_ERASED)


@dataclass(frozen=True, slots=True)
class News:
    """An entry for a webhook, as its member sees it. `journey_id` is null for the organization."""

    organization_id: UUID
    webhook_id: UUID
    journey_id: UUID | None
    entry: Row


def teller(write: Callable[[News], str]) -> Consumer:
    """The consumer; `write` gives the body that is sent."""

    async def read(tx: Transaction, batch: Batch) -> None:
        hooks = await listening(tx)
        if not hooks:
            return
        wanting = [hook for hook in hooks if any(_wants(hook, batch, e) for e in batch.entries)]
        gone = _subjects(batch)
        asked = {one["member_id"] for one in wanting}
        asked |= {one["member_id"] for one in hooks if one["member_id"] in gone}
        seen = {member_id: await _seen(tx, member_id, batch) for member_id in asked}
        left = {member_id for member_id, entries in seen.items() if entries is None}
        await _disable(tx, [hook for hook in hooks if hook["member_id"] in left])
        lines = _lines(batch, wanting, seen, write)
        if lines:
            await add(tx, batch.stream_id, now(), lines)

    return Consumer("webhooks", read)


def _subjects(batch: Batch) -> set[UUID]:
    """Who may have left in these entries."""
    return {one["subject_id"] for one in batch.entries if one["verb"] in _LEAVING}


def _wants(hook: Row, batch: Batch, entry: Row) -> bool:
    """Whether an entry is of a kind, a place and a time that a webhook is to hear of."""
    return (
        (not hook["events"] or entry["verb"] in hook["events"])
        and hook["journey_id"] in (None, batch.journey_id)
        and entry["at"] >= microseconds(hook["enabled_at"])
    )


async def _seen(tx: Transaction, member_id: UUID, batch: Batch) -> Sequence[Row] | None:
    """The entries that a member's own feed would tell them; None when they have left."""
    actor = await acting_alone(tx, member_id, member_id)
    if actor is None:
        return None
    first, last = batch.entries[0]["revision"], batch.entries[-1]["revision"]
    return await entries_seen(tx, actor, batch.stream_id, first, last)


async def _disable(tx: Transaction, hooks: Collection[Row]) -> None:
    if hooks:
        assert tx.organization_id is not None
        head = await ledger.lock_alone(tx, tx.organization_id)
        for hook in hooks:
            head = await disable(tx, head, hook["id"], DisabledReason.OWNER_LEFT)


def _lines(
    batch: Batch,
    hooks: Collection[Row],
    seen: Mapping[UUID, Sequence[Row] | None],
    write: Callable[[News], str],
) -> list[dict[str, Any]]:
    found = (
        News(batch.organization_id, hook["id"], batch.journey_id, entry)
        for hook in hooks
        for entry in seen[hook["member_id"]] or ()
        if _wants(hook, batch, entry)
    )
    return [
        {
            "id": new_id(),
            "webhook": news.webhook_id,
            "revision": news.entry["revision"],
            "event": news.entry["verb"],
            "payload": write(news),
        }
        for news in found
    ]
