"""Cells: what a custom lane answers at a stage or at a touchpoint."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.models.maps.lanes import Cell
from domain.services.steps.cells import Place, crossing, fill_in
from domain.services.steps.places import current


async def write(
    tx: Transaction, actor: Actor, lane_id: UUID, place: Place, body: str, expected: int
) -> Cell:
    """Answer a custom lane's question at one place; an empty cell has version 0."""
    here = await crossing(tx, actor, lane_id, place)
    current(here.version, expected)
    cell, facts = await fill_in(tx, actor, here, body)
    await ledger.record(tx, actor, here.head, *facts)
    return cell
