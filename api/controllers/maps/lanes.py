"""Lanes and their cells over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.base import changes, present, without
from api.schemas.maps.lanes import (
    Cell,
    CellWrite,
    Lane,
    LaneDetail,
    LaneMove,
    LaneNew,
    LanePatch,
)
from api.schemas.order import where
from domain.queries.maps import pieces
from domain.roles import May
from domain.services.maps import cells, lanes


class LaneController(Controller):
    """The rows of a journey, and the cells of those that have some."""

    tags = ["Maps"]

    @post("/journeys/{journey_id:uuid}/lanes", may=May.EDIT_JOURNEY)
    async def add_lane(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[LaneNew]
    ) -> Response[Lane]:
        """Add a lane to a journey."""
        fields = without(data, "after")
        lane = await lanes.add(tx, actor, journey_id, fields, where(data.after))
        return created(present(Lane, lane), f"/v1/lanes/{lane.id}")

    @get("/lanes/{lane_id:uuid}", may=May.READ_JOURNEY)
    async def get_lane(self, tx: Db, actor: By, lane_id: FromPath[UUID]) -> Response[LaneDetail]:
        """One lane of a map, and its cells by id."""
        return shown(present(LaneDetail, await pieces.lane(tx, actor, lane_id)))

    @get("/cells/{cell_id:uuid}", may=May.READ_JOURNEY)
    async def get_cell(self, tx: Db, actor: By, cell_id: FromPath[UUID]) -> Response[Cell]:
        """One cell, while its lane and its place are on the map."""
        return found(present(Cell, await pieces.cell(tx, actor, cell_id)))

    @patch("/lanes/{lane_id:uuid}", may=May.EDIT_JOURNEY)
    async def update_lane(
        self,
        tx: Db,
        actor: By,
        lane_id: FromPath[UUID],
        data: JSONBody[LanePatch],
        expected: Expected,
    ) -> Response[Lane]:
        """Ask a lane's question in other words."""
        lane = await lanes.update(tx, actor, lane_id, changes(data), expected)
        return found(present(Lane, lane))

    @post("/lanes/{lane_id:uuid}/move", may=May.EDIT_JOURNEY, status_code=200)
    async def move_lane(
        self,
        tx: Db,
        actor: By,
        lane_id: FromPath[UUID],
        data: JSONBody[LaneMove],
        expected: Expected,
    ) -> Response[Lane]:
        """Put a lane right below another, or first."""
        lane = await lanes.move(tx, actor, lane_id, data.after, expected)
        return found(present(Lane, lane))

    @delete("/lanes/{lane_id:uuid}", may=May.EDIT_JOURNEY)
    async def remove_lane(
        self, tx: Db, actor: By, lane_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a lane and its cells off the map. `restoreSubject` brings them back."""
        await lanes.remove(tx, actor, lane_id, expected)
        return nothing()

    @put("/lanes/{lane_id:uuid}/cells", may=May.EDIT_JOURNEY)
    async def write_cell(
        self,
        tx: Db,
        actor: By,
        lane_id: FromPath[UUID],
        data: JSONBody[CellWrite],
        expected: Expected,
    ) -> Response[Cell]:
        """Answer a custom lane at a stage or a touchpoint. An empty cell has version 0."""
        place = {"stage_id": data.stage_id, "touchpoint_id": data.touchpoint_id}
        cell = await cells.write(tx, actor, lane_id, place, data.body, expected)
        return found(present(Cell, cell))
