"""Telling those who look after a webhook that it was disabled."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.database import Row, Transaction
from domain.facts import Verb
from domain.ids import new_id
from domain.queries.inbox import lines as inbox
from domain.queries.inbox.keepers import keepers
from domain.services.steps.letters import begin_letters
from domain.talk import NotificationReason

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def tell_keepers(tx: Transaction, entries: Sequence[Row]) -> None:
    """Tell of each webhook in these entries whoever it sees with and whoever set it up.

    Where neither is a person who is still there, tell the administrators.
    """
    disabled = {e["subject_id"]: e for e in entries if e["verb"] == Verb.WEBHOOK_DISABLED}
    if not disabled:
        return
    rows = await keepers(tx, disabled)
    kept = {row["id"] for row in rows if row["named"]}
    told = [
        _line(disabled[row["id"]], row["member_id"])
        for row in rows
        if not row["muted"] and (row["named"] or row["id"] not in kept)
    ]
    if told:
        await inbox.tell(tx, None, told)
        await begin_letters(tx, {line["member"] for line in told})


def _line(entry: Row, member_id: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member": member_id,
        "subject": entry["subject_id"],
        "reason": NotificationReason.WEBHOOK.value,
        "verb": entry["verb"],
        "actor": entry["actor_id"],
        "revision": entry["revision"],
        "happened": 1,
        "at": _EPOCH + timedelta(microseconds=entry["at"]),
        "once": False,
    }
