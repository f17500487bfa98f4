"""Ratings on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Line, Reply, Version, present
from api.schemas.voices.aggregates import AxisRatings, GroupRatings, PerceptionGap, told
from domain.actor import Actor
from domain.database import Row
from domain.queries.voices.tallies import group_tallies
from domain.roles import LEADERS, Group
from domain.rules.ratings import aggregate, leaders_shown_from

Score = Annotated[int, Meta(ge=1, le=5)]


class RatingPut(Body):
    """Four answers from 1 to 5, null for "don't know"; or an abstention and why.

    It is the whole of it: an axis left out is "don't know", also where you gave a number before.
    """

    emotional: Score | None = None
    business: Score | None = None
    importance: Score | None = None
    performance: Score | None = None
    abstained: bool = False
    abstention_reason: Line = ""


class Rating(Reply):
    """Your own view of a touchpoint."""

    touchpoint_id: UUID
    journey_id: UUID
    version: Version
    member_id: UUID
    member_group: Group
    emotional: int | None
    business: int | None
    importance: int | None
    performance: int | None
    abstained: bool
    abstention_reason: str
    created_at: Instant
    updated_at: Instant


class NamedRating(Reply):
    """The view of a decision-maker or an executive, who answer with their name.

    It does not say when: the time would lead to the entries of a member who was shielded before.
    """

    member_id: UUID
    member_group: Group
    emotional: int | None
    business: int | None
    importance: int | None
    performance: int | None
    abstained: bool
    abstention_reason: str


class TouchpointRatings(Reply):
    """What the four groups think of a touchpoint; `n` counts everybody who gave a number.

    `widest_gap` is the largest of the gaps of the axes. `mine` is null until you rate. `named` is
    empty where the organization does not name its leaders.
    """

    touchpoint_id: UUID
    n: Annotated[int, Meta(ge=0, le=2_000_000_000)]
    groups: list[GroupRatings]
    axes: list[AxisRatings]
    widest_gap: PerceptionGap | None
    mine: Rating | None
    named: list[NamedRating]


def touchpoint_ratings(
    touchpoint_id: UUID, summed: Row, rows: list[Row], actor: Actor
) -> TouchpointRatings:
    """Everything that may be shown of a touchpoint's ratings."""
    names_leaders = summed["names_leaders"]
    found = aggregate(
        group_tallies(summed["tallies"]), leaders_from=leaders_shown_from(names_leaders)
    )
    groups, axes, widest = told(found)
    mine = [row for row in rows if row["member_id"] == actor.member_id]
    leaders = [row for row in rows if names_leaders and row["member_group"] in LEADERS]
    return TouchpointRatings(
        touchpoint_id=touchpoint_id,
        n=found.n,
        groups=groups,
        axes=axes,
        widest_gap=widest,
        mine=present(Rating, mine[0]) if mine else None,
        named=[present(NamedRating, row) for row in leaders],
    )
