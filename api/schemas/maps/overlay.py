"""The overlay on the wire: what of a map depends on who reads it."""

from uuid import UUID

from msgspec import Struct
from msgspec.json import Decoder

from api.schemas.base import Count, Instant, Reply, Revision, present
from api.schemas.voices.ratings import Rating
from domain.actor import Actor
from domain.database import Row
from domain.duties import WorkKind
from domain.queries.maps.journeys import may_with
from domain.queries.maps.overlay import may_at_touchpoints
from domain.words import JourneyStatus, MomentStatus


class OverlayAsk(Reply):
    """One thing that is asked of you; `subject_id` is what to act on."""

    kind: WorkKind
    subject_kind: str
    subject_id: UUID
    due_at: Instant | None


class TouchpointOverlay(Reply):
    """What you have at a touchpoint: your rating, and open threads that not everybody sees.

    `unread_threads` hold words of others that you have not read, `unread_mentions` those among
    them that mention you, your department or your group there.
    `asked` is what you are asked for there, what is due first first.
    `may` names what you may do there now.
    """

    touchpoint_id: UUID
    restricted_open_threads: Count
    unread_threads: Count
    unread_mentions: Count
    my_rating: Rating | None
    asked: list[OverlayAsk]
    may: list[str]


class JourneyOverlay(Reply):
    """What lies over a map for you; touchpoints in the order of the map.

    `asked` is what you are asked for on the journey or one of its stages. `unread_threads` and
    `unread_mentions` are those of the whole journey, orphans included.
    """

    journey_id: UUID
    revision: Revision
    unread_threads: Count
    unread_mentions: Count
    asked: list[OverlayAsk]
    may: list[str]
    touchpoints: list[TouchpointOverlay]


class Seen(Struct):
    """A touchpoint as PostgreSQL tells it."""

    id: UUID
    restricted_open_threads: int
    my_rating: Rating | None
    moment_status: MomentStatus | None
    my_accountable: bool


class Unread(Struct):
    """How many threads are unread at a touchpoint, or with none elsewhere on the journey."""

    touchpoint_id: UUID | None
    threads: int
    mentions: int


class Asked(Struct):
    """Something asked of the reader, as PostgreSQL tells it."""

    kind: WorkKind
    subject_kind: str
    subject_id: UUID
    touchpoint_id: UUID | None
    due_at: Instant | None


_SEEN = Decoder(list[Seen])
_UNREAD = Decoder(list[Unread])
_ASKED = Decoder(list[Asked])


def journey_overlay(row: Row, actor: Actor) -> JourneyOverlay:
    """The reply, from a row of domain.queries.maps.overlay."""
    may, asked = may_at_touchpoints(row, actor), _asked(row)
    unread = {one.touchpoint_id: one for one in _UNREAD.decode(row["unread"])}
    touchpoints = [
        TouchpointOverlay(
            touchpoint_id=seen.id,
            restricted_open_threads=seen.restricted_open_threads,
            unread_threads=unread[seen.id].threads if seen.id in unread else 0,
            unread_mentions=unread[seen.id].mentions if seen.id in unread else 0,
            my_rating=seen.my_rating,
            asked=asked.get(seen.id, []),
            may=may[seen.moment_status, seen.my_accountable],
        )
        for seen in _SEEN.decode(row["touchpoints"])
    ]
    return JourneyOverlay(
        journey_id=row["id"],
        revision=row["revision"],
        unread_threads=sum(one.threads for one in unread.values()),
        unread_mentions=sum(one.mentions for one in unread.values()),
        asked=asked.get(None, []),
        may=may_with(row, actor),
        touchpoints=touchpoints,
    )


def _asked(row: Row) -> dict[UUID | None, list[OverlayAsk]]:
    """What is asked of the reader, by touchpoint; nothing is in what was put away."""
    by_place: dict[UUID | None, list[OverlayAsk]] = {}
    if row["status"] == JourneyStatus.ARCHIVED:
        return by_place
    for one in _ASKED.decode(row["asked"]):
        by_place.setdefault(one.touchpoint_id, []).append(present(OverlayAsk, one))
    return by_place
