"""Touchpoints over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing
from api.schemas.base import changes, present, without
from api.schemas.maps.touchpoints import (
    Touchpoint,
    TouchpointMove,
    TouchpointNew,
    TouchpointPatch,
)
from api.schemas.order import where
from domain.roles import May
from domain.services.maps import touchpoints


class TouchpointController(Controller):
    """Where customers meet the organization."""

    tags = ["Maps"]

    @post("/stages/{stage_id:uuid}/touchpoints", may=May.EDIT_JOURNEY)
    async def add_touchpoint(
        self, tx: Db, actor: By, stage_id: FromPath[UUID], data: JSONBody[TouchpointNew]
    ) -> Response[Touchpoint]:
        """Add a touchpoint to a stage."""
        fields = without(data, "after")
        touchpoint = await touchpoints.add(tx, actor, stage_id, fields, where(data.after))
        return created(present(Touchpoint, touchpoint), f"/v1/touchpoints/{touchpoint.id}")

    @patch("/touchpoints/{touchpoint_id:uuid}", may=May.EDIT_JOURNEY)
    async def update_touchpoint(
        self,
        tx: Db,
        actor: By,
        touchpoint_id: FromPath[UUID],
        data: JSONBody[TouchpointPatch],
        expected: Expected,
    ) -> Response[Touchpoint]:
        """Change what a touchpoint says."""
        touchpoint = await touchpoints.update(tx, actor, touchpoint_id, changes(data), expected)
        return found(present(Touchpoint, touchpoint))

    @post("/touchpoints/{touchpoint_id:uuid}/move", may=May.EDIT_JOURNEY, status_code=200)
    async def move_touchpoint(
        self,
        tx: Db,
        actor: By,
        touchpoint_id: FromPath[UUID],
        data: JSONBody[TouchpointMove],
        expected: Expected,
    ) -> Response[Touchpoint]:
        """Put a touchpoint right after another, or first; `stage_id` takes it to another stage."""
        touchpoint = await touchpoints.move(
            tx, actor, touchpoint_id, data.stage_id, data.after, expected
        )
        return found(present(Touchpoint, touchpoint))

    @delete("/touchpoints/{touchpoint_id:uuid}", may=May.EDIT_JOURNEY)
    async def remove_touchpoint(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a touchpoint off the map. `restoreSubject` brings it back with all that was said."""
        await touchpoints.remove(tx, actor, touchpoint_id, expected)
        return nothing()
