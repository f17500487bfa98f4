"""Cells: where a custom lane crosses a stage or touchpoint, and writing its answer there."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.cells import cell_at
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.structure import named_piece, piece_to_edit
from domain.words import LaneKind

Place = Mapping[str, UUID | None]
"""Where in a lane: `stage_id` or `touchpoint_id`, the other one None."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A place of a custom lane, held; `cell` is None where nobody has answered yet."""

    head: Locked
    lane: Lane
    place: Place
    cell: Cell | None

    @property
    def version(self) -> int:
        """An empty cell has version 0."""
        return self.cell.version if self.cell else 0


async def crossing(
    tx: Transaction, actor: Actor, lane_id: UUID, place: Place, may: May = May.EDIT_JOURNEY
) -> Crossing:
    """Hold a lane that is on the map, and see that it is answered at this place."""
    head, lane = await piece_to_edit(tx, actor, Lane, lane_id, may=may)
    if lane.kind != LaneKind.CUSTOM:
        detail = "This lane shows a field of the touchpoints: change it there."
        raise Invalid(detail, code="lane_not_custom")
    await _check_place(tx, actor, lane, place)
    return Crossing(head, lane, place, await _at(tx, actor, lane_id, place))


async def fill_in(
    tx: Transaction, actor: Actor, here: Crossing, body: str
) -> tuple[Cell, list[Fact]]:
    """Write the answer; what to tell the ledger of it, nothing where nothing differs."""
    cell = here.cell
    if cell is None:
        cell = _new(actor, here, body)
        await tx.add(cell)
    elif not change(cell, {"body": body}):
        return cell, []
    return cell, [Fact(Verb.CELL_WRITTEN, cell)]


async def _check_place(tx: Transaction, actor: Actor, lane: Lane, place: Place) -> None:
    stage_id, touchpoint_id = place["stage_id"], place["touchpoint_id"]
    if (stage_id is None) is (touchpoint_id is None):
        detail = "Name either a stage or a touchpoint."
        raise Invalid(detail, errors=[FieldError(detail, "one_place", "#/stage_id")])
    if stage_id is not None:
        await named_piece(tx, actor, Stage, stage_id, lane)
    if touchpoint_id is not None:
        await named_piece(tx, actor, Touchpoint, touchpoint_id, lane)


async def _at(tx: Transaction, actor: Actor, lane_id: UUID, place: Place) -> Cell | None:
    found = await cell_at(tx, actor, lane_id, place)
    return None if found is None else await tx.entity(Cell, (actor.organization_id, found))


def _new(actor: Actor, here: Crossing, body: str) -> Cell:
    return Cell(
        organization_id=actor.organization_id,
        journey_id=here.lane.journey_id,
        lane_id=here.lane.id,
        created_by=actor.member_id,
        body=body,
        stage_id=here.place["stage_id"],
        touchpoint_id=here.place["touchpoint_id"],
    )
