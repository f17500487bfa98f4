"""Cells: what a custom lane answers at a stage or at a touchpoint."""

from collections.abc import Mapping
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact, record
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.maps.cells import cell_at
from domain.services.steps.changing import change
from domain.services.steps.places import current
from domain.services.steps.structure import named_piece, piece_to_edit
from domain.words import LaneKind


async def write(
    tx: Transaction,
    actor: Actor,
    lane_id: UUID,
    place: Mapping[str, UUID | None],
    body: str,
    expected: int,
) -> Cell:
    """Answer a custom lane's question at one place; an empty cell has version 0."""
    head, lane = await piece_to_edit(tx, actor, Lane, lane_id)
    if lane.kind != LaneKind.CUSTOM:
        detail = "This lane shows a field of the touchpoints: change it there."
        raise Invalid(detail, code="lane_not_custom")
    await _check_place(tx, actor, lane, place)
    cell = await _at(tx, actor, lane_id, place)
    current(cell.version if cell else 0, expected)
    if cell is None:
        cell = _new(actor, lane, place, body)
        await tx.add(cell)
    elif not change(cell, {"body": body}):
        return cell
    await record(tx, actor, head, Fact(Verb.CELL_WRITTEN, cell))
    return cell


async def _check_place(
    tx: Transaction, actor: Actor, lane: Lane, place: Mapping[str, UUID | None]
) -> None:
    stage_id, touchpoint_id = place["stage_id"], place["touchpoint_id"]
    if (stage_id is None) is (touchpoint_id is None):
        detail = "Name either a stage or a touchpoint."
        raise Invalid(detail, errors=[FieldError(detail, "one_place", "#/stage_id")])
    if stage_id is not None:
        await named_piece(tx, actor, Stage, stage_id, lane)
    if touchpoint_id is not None:
        await named_piece(tx, actor, Touchpoint, touchpoint_id, lane)


async def _at(
    tx: Transaction, actor: Actor, lane_id: UUID, place: Mapping[str, UUID | None]
) -> Cell | None:
    found = await cell_at(tx, actor, lane_id, place)
    return None if found is None else await tx.entity(Cell, (actor.organization_id, found))


def _new(actor: Actor, lane: Lane, place: Mapping[str, UUID | None], body: str) -> Cell:
    return Cell(
        organization_id=actor.organization_id,
        journey_id=lane.journey_id,
        lane_id=lane.id,
        created_by=actor.member_id,
        body=body,
        stage_id=place["stage_id"],
        touchpoint_id=place["touchpoint_id"],
    )
