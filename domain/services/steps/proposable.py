"""What changes are proposed to: found and checked, and changed, as the direct change does it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.ledger import Fact, Locked
from domain.models.maps.lanes import Cell
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.roles import May
from domain.services.steps.cells import Crossing, crossing, fill_in
from domain.services.steps.moments import living, restate
from domain.services.steps.references import check_references, named_by
from domain.services.steps.refusing import inside
from domain.services.steps.structure import piece_to_edit, revise
from domain.talk import Proposable

Subject = Touchpoint | Stage | Cell | Moment
Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """What a change is proposed to; for a cell its lane, and the stage or the touchpoint there."""

    about: Proposable
    subject_id: UUID
    stage_id: UUID | None = None
    touchpoint_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The target, held. `subject` is None for a cell that nobody has written yet."""

    head: Locked
    subject: Subject | None
    touchpoint_id: UUID | None
    crossing: Crossing | None = None

    @property
    def version(self) -> int:
        """Its version now; an empty cell has version 0."""
        return self.subject.version if self.subject else 0


async def find(tx: Transaction, actor: Actor, target: Target, changes: Changes, may: May) -> Found:
    """Hold the target, see that the actor may, and that the changes could be made to it."""
    found = await _FINDERS[target.about](tx, actor, target, may)
    with inside("changes"):
        await check_references(tx, actor, changes, kept=named_by(found.subject))
    return found


async def make(
    tx: Transaction, actor: Actor, found: Found, changes: Changes
) -> tuple[Subject, list[Fact]]:
    """Make the changes; the subject as it is then, and what to tell the ledger."""
    subject = found.subject
    if isinstance(subject, Moment):
        return subject, restate(subject, changes)
    if isinstance(subject, Touchpoint | Stage):
        return subject, await revise(tx, subject, changes)
    assert found.crossing is not None
    return await fill_in(tx, actor, found.crossing, changes["body"])


async def _touchpoint(tx: Transaction, actor: Actor, target: Target, may: May) -> Found:
    head, touchpoint = await piece_to_edit(tx, actor, Touchpoint, target.subject_id, may=may)
    return Found(head, touchpoint, touchpoint.id)


async def _stage(tx: Transaction, actor: Actor, target: Target, may: May) -> Found:
    head, stage = await piece_to_edit(tx, actor, Stage, target.subject_id, may=may)
    return Found(head, stage, None)


async def _cell(tx: Transaction, actor: Actor, target: Target, may: May) -> Found:
    place = {"stage_id": target.stage_id, "touchpoint_id": target.touchpoint_id}
    here = await crossing(tx, actor, target.subject_id, place, may)
    return Found(here.head, here.cell, target.touchpoint_id, here)


async def _moment(tx: Transaction, actor: Actor, target: Target, may: May) -> Found:
    head, moment = await living(tx, actor, target.subject_id, may)
    return Found(head, moment, moment.touchpoint_id)


_FINDERS: Mapping[Proposable, Callable[[Transaction, Actor, Target, May], Awaitable[Found]]] = {
    Proposable.TOUCHPOINT: _touchpoint,
    Proposable.STAGE: _stage,
    Proposable.CELL: _cell,
    Proposable.MOMENT: _moment,
}
