"""The tree of journeys on the wire."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, convert

from api.schemas.base import Body, Count, Reply, present
from api.schemas.maps.journey_rows import WorstMoment, worst
from domain.database import Row
from domain.queries.maps.journey_counts import moments_in
from domain.queries.maps.trees import MOST_JOURNEYS
from domain.rules.nesting import MOST_LEVELS
from domain.words import Focus, JourneyState, JourneyStatus

Depth = Annotated[int, Meta(ge=-MOST_LEVELS, le=MOST_LEVELS)]


class ChildJourney(Body):
    """The journey that a touchpoint is to open into."""

    journey_id: UUID


class HangsOn(Reply):
    """A touchpoint that opens into the journey."""

    journey_id: UUID
    touchpoint_id: UUID
    touchpoint_name: str


class TreeJourney(Reply):
    """A journey of the tree, with counts of what you can see on it.

    `depth` counts levels: 0 is the journey that was asked for, -1 opens into it, 1 is opened by it.
    `hangs_on` names the touchpoints of journeys of this tree that open into it.
    """

    id: UUID
    title: str
    status: JourneyStatus
    state: JourneyState
    focus: Focus
    owner_id: UUID
    department_id: UUID | None
    depth: Depth
    hangs_on: list[HangsOn]
    stage_count: Count
    touchpoint_count: Count
    moment_count: Count
    open_thread_count: Count
    worst_moment: WorstMoment | None


class JourneyTree(Reply):
    """A journey, what leads to it and what it opens into, from the topmost down.

    What you cannot see is left out, and with it what could only be reached through it. `complete`
    is false where there are more journeys than are told.
    """

    journey_id: UUID
    journeys: list[TreeJourney]
    complete: bool


def journey_tree(journey_id: UUID, rows: Sequence[Row]) -> JourneyTree:
    """The tree, from its rows."""
    told = [_journey(row) for row in rows[:MOST_JOURNEYS]]
    return JourneyTree(journey_id=journey_id, journeys=told, complete=len(rows) <= MOST_JOURNEYS)


def _journey(row: Row) -> TreeJourney:
    return present(
        TreeJourney,
        row,
        hangs_on=convert(row["hangs_on"], list[HangsOn]),
        moment_count=len(moments_in(row)),
        worst_moment=worst(row),
    )
