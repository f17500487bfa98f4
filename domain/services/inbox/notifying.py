"""The notifier: reads the ledger and writes to the inboxes of those whom it concerns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.database import Row, Transaction
from domain.facts import Verb
from domain.ids import new_id
from domain.queries.inbox import lines as inbox
from domain.queries.inbox import recipients
from domain.queries.inbox.restorations import set_back_at
from domain.queries.inbox.stale import newly_stale
from domain.rules.notifying import Call, Person, told
from domain.services.steps.feeding import Batch, Consumer
from domain.services.steps.gathering import News, gather
from domain.services.steps.keepers import tell_keepers
from domain.services.steps.letters import begin_letters
from domain.talk import NotificationReason, WatchLevel
from domain.words import SubjectKind

_CONTENT = frozenset(
    {
        SubjectKind.JOURNEY,
        SubjectKind.STAGE,
        SubjectKind.LANE,
        SubjectKind.CELL,
        SubjectKind.TOUCHPOINT,
        SubjectKind.EMOTION,
        SubjectKind.MOMENT,
        SubjectKind.PLAYBOOK,
    }
)
"""What can make a sign-off stale when it changes."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Line = dict[str, Any]


async def read(tx: Transaction, batch: Batch) -> None:
    """Tell what happened to those whom it concerns, who want to hear it and may.

    Of what happens in the organization, outside its journeys, it is that a webhook was disabled.
    """
    if batch.journey_id is None:
        await tell_keepers(tx, batch.entries)
        return
    news = await gather(tx, await _heard(tx, batch)) + await _stale(tx, batch)
    calls = [call for one in news for call in one.calls]
    if not calls:
        return
    people = await _people(tx, batch.journey_id, calls)
    lines = _lines(news, people, batch.journey_id)
    unseen = await recipients.unseen(tx, ((one[1], one[0]) for one in lines))
    kept = [line for line in lines.values() if (line["subject"], line["member"]) not in unseen]
    if kept:
        await inbox.tell(tx, batch.journey_id, kept)
        await begin_letters(tx, {line["member"] for line in kept})


NOTIFIER = Consumer("notifications", read)


async def _heard(tx: Transaction, batch: Batch) -> Sequence[Row]:
    """The entries without the pieces that an edition set back: that it was restored says it all."""
    moments = {one["at"] for one in batch.entries if one["subject_kind"] in _CONTENT}
    restored = await set_back_at(tx, batch.stream_id, moments) if moments else set()
    return [
        one
        for one in batch.entries
        if one["at"] not in restored or one["verb"] == Verb.EDITION_RESTORED
    ]


async def _stale(tx: Transaction, batch: Batch) -> list[News]:
    """A piece of news for each sign-off that somebody else's edit has made stale."""
    edits = [one for one in batch.entries if one["subject_kind"] in _CONTENT]
    if not edits:
        return []
    doers = {one["actor_id"] for one in edits}
    found = await newly_stale(tx, batch.journey_id)
    return [_gone_stale(row, edits[-1], doers) for row in found if doers != {row["member_id"]}]


def _gone_stale(row: Row, edit: Row, doers: set[UUID | None]) -> News:
    signer = frozenset({row["member_id"]})
    return News(
        verb=edit["verb"],
        revision=edit["revision"],
        at=edit["at"],
        actor_id=next(iter(doers)) if len(doers) == 1 else None,
        doer_id=None,
        calls=[Call(NotificationReason.STALE, row["id"], signer, once=True)],
    )


async def _people(tx: Transaction, journey_id: UUID, calls: Sequence[Call]) -> list[Person]:
    watches = await recipients.watches_on(tx, {journey_id, *(call.about for call in calls)})
    watching = recipients.watchers(watches)
    rows = await recipients.people(tx, journey_id, calls, watching)
    levels: Mapping[UUID, dict[UUID, WatchLevel]] = defaultdict(dict)
    for watch in watches:
        levels[watch["member_id"]][watch["subject_id"]] = WatchLevel(watch["level"])
    return [_person(row, levels.get(row["id"], {})) for row in rows]


def _person(row: Row, levels: Mapping[UUID, WatchLevel]) -> Person:
    return Person(
        id=row["id"],
        group=row["group"],
        departments=frozenset(row["path"] or ()),
        owns=row["owns"],
        edits=row["edits"],
        muted=frozenset(row["muted_reasons"] or ()),
        levels=levels,
    )


def _lines(
    news: Iterable[News], people: Sequence[Person], journey_id: UUID
) -> dict[tuple[UUID, UUID, str], Line]:
    """The lines that the news make: what concerns one line twice counts twice in it."""
    lines: dict[tuple[UUID, UUID, str], Line] = {}
    for one in news:
        for person, call in told(people, journey_id, one.calls, one.doer_id):
            key = (person.id, call.about, call.reason.value)
            lines[key] = _line(key, one, call, lines.get(key))
    return lines


def _line(key: tuple[UUID, UUID, str], news: News, call: Call, before: Line | None) -> Line:
    member, subject, reason = key
    return {
        "id": new_id(),
        "member": member,
        "subject": subject,
        "reason": reason,
        "verb": news.verb,
        "actor": news.actor_id,
        "revision": news.revision,
        "happened": 1 + (before["happened"] if before else 0),
        "at": _EPOCH + timedelta(microseconds=news.at),
        "once": call.once and (before is None or before["once"]),
    }
