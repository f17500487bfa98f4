"""Stages on the wire."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from api.schemas.base import Body, Instant, Name, Reply, Text, Version
from api.schemas.order import After


class StageNew(Body):
    """A stage to add; without `after` it goes to the end."""

    name: Name
    description: Text = ""
    customer_goal: Text = ""
    after: After | UnsetType = UNSET


class StagePatch(Body):
    """What to change of a stage."""

    name: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    customer_goal: Text | UnsetType = UNSET


class StageMove(Body):
    """Where to put a stage."""

    after: After


class Stage(Reply):
    """A period of the journey; stages stand in the byte order of `position`."""

    id: UUID
    journey_id: UUID
    version: Version
    name: str
    description: str
    customer_goal: str
    position: str
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class StageDetail(Stage):
    """A stage with the ids of its touchpoints, in their order, and of the cells at it itself."""

    touchpoint_ids: list[UUID]
    cell_ids: list[UUID]
