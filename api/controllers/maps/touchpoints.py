"""Touchpoints over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.controllers.maps.map import Asked, beside, current_map
from api.replies import created, found, nothing, shown
from api.schemas.base import changes, present, without
from api.schemas.maps.map import Beside, TouchpointDetail
from api.schemas.maps.touchpoints import (
    Touchpoint,
    TouchpointMove,
    TouchpointNew,
    TouchpointPatch,
)
from api.schemas.order import where
from domain.queries.maps.touchpoints import touchpoint
from domain.roles import May
from domain.services.maps import touchpoints

_NOTHING: dict[str, Any] = dict.fromkeys(Beside)


class TouchpointController(Controller):
    """Where customers meet the organization."""

    tags = ["Maps"]

    @post("/stages/{stage_id:uuid}/touchpoints", may=May.EDIT_JOURNEY)
    async def add_touchpoint(
        self, tx: Db, actor: By, stage_id: FromPath[UUID], data: JSONBody[TouchpointNew]
    ) -> Response[Touchpoint]:
        """Add a touchpoint to a stage."""
        fields = without(data, "after")
        added = await touchpoints.add(tx, actor, stage_id, fields, where(data.after))
        return created(present(Touchpoint, added), f"/v1/touchpoints/{added.id}")

    @get("/touchpoints/{touchpoint_id:uuid}", may=May.READ_JOURNEY)
    async def get_touchpoint(
        self,
        tx: Db,
        actor: By,
        request: Asked,
        touchpoint_id: FromPath[UUID],
        include: Annotated[
            list[Beside] | None, QueryParameter(description="What to tell beside its fields.")
        ] = None,
    ) -> Response[TouchpointDetail]:
        """One touchpoint, and beside it what `include` asks for."""
        row = await touchpoint(tx, actor, touchpoint_id)
        kept = await current_map(tx, actor, request, row["journey_id"]) if include else None
        more = beside(kept, touchpoint_id, include or []) if kept else {}
        told = present(TouchpointDetail, row, **_NOTHING | more, channel_ids=row["channels"] or [])
        return shown(told)

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
        updated = await touchpoints.update(tx, actor, touchpoint_id, changes(data), expected)
        return found(present(Touchpoint, updated))

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
        moved = await touchpoints.move(
            tx, actor, touchpoint_id, data.stage_id, data.after, expected
        )
        return found(present(Touchpoint, moved))

    @delete("/touchpoints/{touchpoint_id:uuid}", may=May.EDIT_JOURNEY)
    async def remove_touchpoint(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a touchpoint off the map. `restoreSubject` brings it back with all that was said."""
        await touchpoints.remove(tx, actor, touchpoint_id, expected)
        return nothing()
