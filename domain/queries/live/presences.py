"""Which people have a journey open at this moment, and let it be seen."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Uuid, and_, bindparam, func, select

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.members import Member
from domain.models.live.streams import Presence
from domain.models.maps.journeys import Journey
from domain.queries.identity.people import ACTIVE_PERSON
from domain.queries.readers import ORGANIZATION, journey_visible, reader

STALE_AFTER = timedelta(seconds=30)
"""A stream that nobody has called open for so long is gone: its process was killed."""
MOST = 200
"""So many are named, those who came first; beyond that nobody looks who it is."""

_FRESH = bindparam("fresh", type_=DateTime(timezone=True))


def _there() -> Any:
    """Each member once per journey, since their oldest stream."""
    since = func.min(Presence.began_at).label("since")
    return (
        select(Presence.journey_id, Presence.member_id, since)
        .join(
            Member,
            and_(
                Member.organization_id == Presence.organization_id,
                Member.id == Presence.member_id,
                ACTIVE_PERSON,
            ),
        )
        .where(Presence.organization_id == ORGANIZATION, Presence.seen_at > _FRESH)
        .group_by(Presence.journey_id, Presence.member_id)
    )


_IN_JOURNEYS = hot(
    _there()
    .where(Presence.journey_id == bindparam("journeys", type_=ARRAY(Uuid())).any_())
    .order_by(Presence.journey_id, func.min(Presence.began_at), Presence.member_id)
)
_THERE = (
    _there()
    .where(Presence.journey_id == bindparam("journey_id", type_=Uuid()))
    .order_by(func.min(Presence.began_at), Presence.member_id)
    .limit(MOST)
    .subquery("there")
)
# The journey is on the left: where nobody is, there is one row of nulls, and none without a right.
_IN_JOURNEY = hot(
    select(_THERE.c.member_id, _THERE.c.since)
    .select_from(Journey)
    .outerjoin(_THERE, _THERE.c.journey_id == Journey.id)
    .where(journey_visible(), Journey.id == bindparam("journey_id", type_=Uuid()))
    .order_by(_THERE.c.since, _THERE.c.member_id)
)


async def in_journeys(tx: Transaction, journeys: Collection[UUID]) -> dict[UUID, list[Row]]:
    """By journey, who is there; for whoever has asked already who may know."""
    rows = await tx.rows(
        _IN_JOURNEYS,
        organization_id=tx.organization_id,
        journeys=list(journeys),
        fresh=now() - STALE_AFTER,
    )
    found: dict[UUID, list[Row]] = {journey_id: [] for journey_id in journeys}
    for row in rows:
        found[row["journey_id"]].append(row)
    return {journey_id: there[:MOST] for journey_id, there in found.items()}


async def in_journey(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """Who is there; NotFound when the actor may not see the journey."""
    rows = await tx.rows(
        _IN_JOURNEY, journey_id=journey_id, fresh=now() - STALE_AFTER, **reader(actor)
    )
    if not rows:
        raise NotFound
    return [row for row in rows if row["member_id"] is not None]
