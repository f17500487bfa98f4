"""What happened in a stream, read once for all who listen to it, each with their own eyes."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select, true

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.policy import permits
from domain.queries.live.readers import Listening, asked, of_each_reader, readers, standing
from domain.queries.records.events import journey_entries, organization_entries, placed
from domain.roles import May


class News(NamedTuple):
    """An entry as some of the readers see it, and who they are, by their places."""

    entry: Row
    told: Collection[int]


@cache
def _of_journey() -> Hot:
    """Each reader's eyes first, then once for all with the same view where it was on the map."""
    reader = readers()
    seen = of_each_reader(journey_entries()).lateral("seen")
    heard = (
        select(*seen.c, func.array_agg(reader.c.number).label("told"))
        .select_from(reader)
        .join(seen, true())
        .where(seen.c.revision.is_not(None))
        .group_by(*seen.c)
    )
    return hot(placed(heard.subquery("heard")))


@cache
def _of_organization() -> Hot:
    return hot(organization_entries())


async def of_journey(
    tx: Transaction, journey_id: UUID, listening: Sequence[Listening], after: int, most: int
) -> list[News]:
    """What happened in a journey after a revision, in order; each reader is told each once."""
    rows = await tx.rows(_of_journey(), **_page(tx, journey_id, after, most), **asked(listening))
    return [News(row, row["told"]) for row in rows]


async def of_organization(
    tx: Transaction, listening: Sequence[Listening], after: int, most: int
) -> list[News]:
    """What happened in the organization's own stream; all are told, some what it was."""
    assert tx.organization_id is not None
    rows = await tx.rows(_of_organization(), **_page(tx, tx.organization_id, after, most))
    if not rows:
        return []
    actors = await standing(tx, listening)
    may = {number for number, actor in actors.items() if _may_know(actor)}
    others = actors.keys() - may
    return [
        News(entry, numbers)
        for row in rows
        for entry, numbers in ((row, may), (_number(row), others))
        if numbers
    ]


def _may_know(actor: Actor) -> bool:
    return permits(actor, May.READ_ORGANIZATION_LEDGER, actor.standing())


def _number(row: Row) -> Row:
    """An entry to who may know of it only that it is there."""
    return dict.fromkeys(row.keys()) | {"revision": row["revision"], "visible": False}


def _page(tx: Transaction, stream_id: UUID, after: int, most: int) -> Mapping[str, Any]:
    return {
        "organization_id": tx.organization_id,
        "stream_id": stream_id,
        "after": after,
        "limit": most,
    }
