"""Lanes and cells on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Reply, Text, Version
from api.schemas.order import After
from domain.words import LaneKind

Question = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]


class LaneNew(Body):
    """A lane to add; without `after` it goes to the end. What it shows is settled for good."""

    question: Question
    kind: LaneKind = LaneKind.CUSTOM
    after: After | UnsetType = UNSET


class LanePatch(Body):
    """What to change of a lane."""

    question: Question | UnsetType = UNSET


class LaneMove(Body):
    """Where to put a lane."""

    after: After


class Lane(Reply):
    """A row of the map, asked as a question; lanes stand in the byte order of `position`.

    `kind` names the field of the touchpoints that answers it, so a lane `thoughts` shows the text
    `thoughts` of each touchpoint of the map, and so on for `customer_actions`, `business_actions`,
    `interaction`, `perspective`, `expectation` and `reality`. `emotions` shows their list
    `emotions`. A lane `custom` has cells of its own: those whose `lane_id` it is.
    """

    id: UUID
    journey_id: UUID
    version: Version
    question: str
    kind: LaneKind
    position: str
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class LaneDetail(Lane):
    """A lane with the ids of its cells, wherever on the map they are."""

    cell_ids: list[UUID]


class CellWrite(Body):
    """What a custom lane answers at a stage or at a touchpoint; name one of the two."""

    body: Text
    stage_id: UUID | None = None
    touchpoint_id: UUID | None = None


class Cell(Reply):
    """The answer of a custom lane at a stage or at a touchpoint.

    Of `stage_id` and `touchpoint_id` one says where it stands, and the other is null. There is at
    most one cell of a lane at each place; a place without one has no answer yet. `body` is the
    answer, as text. `version` goes into `If-Match`; an empty place has the version 0.
    """

    id: UUID
    journey_id: UUID
    lane_id: UUID
    stage_id: UUID | None
    touchpoint_id: UUID | None
    version: Version
    body: str
    created_by: UUID
    created_at: Instant
    updated_at: Instant
