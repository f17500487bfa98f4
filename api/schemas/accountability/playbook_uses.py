"""Uses of playbooks on the wire."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from api.schemas.accountability.playbooks import Amount
from api.schemas.base import Body, Count, Instant, Reply, Text, Version, present
from domain.duties import PlaybookResult
from domain.queries.accountability.playbook_uses import Log


class PlaybookUseNew(Body):
    """What was spent, in which situation, and what came of it as far as one knows."""

    amount: Amount = 0
    situation: Text = ""
    result: PlaybookResult = PlaybookResult.PENDING
    result_note: Text = ""


class PlaybookUsePatch(Body):
    """What came of one's own use."""

    result: PlaybookResult | UnsetType = UNSET
    result_note: Text | UnsetType = UNSET


class PlaybookUse(Reply):
    """One use of a playbook: by whom, for how much, and what came of it."""

    id: UUID
    journey_id: UUID
    touchpoint_id: UUID
    moment_id: UUID
    playbook_id: UUID
    version: Version
    member_id: UUID
    amount: Amount
    currency: str
    situation: str
    result: PlaybookResult
    result_note: str
    created_at: Instant
    updated_at: Instant


class PlaybookTallies(Reply):
    """How many of all uses of a playbook ended how; `n` of them altogether."""

    n: Count
    pending: Count
    recovered: Count
    partly_recovered: Count
    not_recovered: Count


class PlaybookUsePage(Reply):
    """The log of a playbook, newest use first; `tallies` count all uses, not those of the page."""

    items: list[PlaybookUse]
    tallies: PlaybookTallies
    next_cursor: str | None


def use_page(log: Log) -> PlaybookUsePage:
    """A page of the log."""
    items = [present(PlaybookUse, row) for row in log.page.rows]
    tallies = present(PlaybookTallies, log.tallies)
    return PlaybookUsePage(items=items, tallies=tallies, next_cursor=log.page.next_cursor)
