"""Stages over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.base import changes, present, without
from api.schemas.maps.stages import Stage, StageDetail, StageMove, StageNew, StagePatch
from api.schemas.order import where
from domain.queries.maps import pieces
from domain.roles import May
from domain.services.maps import stages


class StageController(Controller):
    """The columns of a journey."""

    tags = ["Maps"]

    @post("/journeys/{journey_id:uuid}/stages", may=May.EDIT_JOURNEY)
    async def add_stage(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[StageNew]
    ) -> Response[Stage]:
        """Add a stage to a journey."""
        fields = without(data, "after")
        stage = await stages.add(tx, actor, journey_id, fields, where(data.after))
        return created(present(Stage, stage), f"/v1/stages/{stage.id}")

    @get("/stages/{stage_id:uuid}", may=May.READ_JOURNEY)
    async def get_stage(self, tx: Db, actor: By, stage_id: FromPath[UUID]) -> Response[StageDetail]:
        """One stage of a map, and what stands in it by id."""
        return shown(present(StageDetail, await pieces.stage(tx, actor, stage_id)))

    @patch("/stages/{stage_id:uuid}", may=May.EDIT_JOURNEY)
    async def update_stage(
        self,
        tx: Db,
        actor: By,
        stage_id: FromPath[UUID],
        data: JSONBody[StagePatch],
        expected: Expected,
    ) -> Response[Stage]:
        """Change what a stage says."""
        stage = await stages.update(tx, actor, stage_id, changes(data), expected)
        return found(present(Stage, stage))

    @post("/stages/{stage_id:uuid}/move", may=May.EDIT_JOURNEY, status_code=200)
    async def move_stage(
        self,
        tx: Db,
        actor: By,
        stage_id: FromPath[UUID],
        data: JSONBody[StageMove],
        expected: Expected,
    ) -> Response[Stage]:
        """Put a stage right after another, or first. Moves made at the same time all hold."""
        stage = await stages.move(tx, actor, stage_id, data.after, expected)
        return found(present(Stage, stage))

    @delete("/stages/{stage_id:uuid}", may=May.EDIT_JOURNEY)
    async def remove_stage(
        self, tx: Db, actor: By, stage_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a stage and its touchpoints off the map. `restoreSubject` brings them back."""
        await stages.remove(tx, actor, stage_id, expected)
        return nothing()
