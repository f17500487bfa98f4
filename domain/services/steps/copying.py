"""Copying the structure of one journey into another: the map without what members said.

What is copied keeps its line of descent: `lineage_id` names what it was first copied from, through
however many copies, so that two maps can be compared piece by piece.
"""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.base import Recorded
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell, Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Emotion, Touchpoint
from domain.queries.maps.structure import structure
from domain.services.steps.links import add_links

T = TypeVar("T", bound=Recorded)

_ITS_OWN = frozenset(
    {
        "organization_id",
        "id",
        "journey_id",
        "version",
        "created_by",
        "created_at",
        "updated_at",
        "removed_at",
    }
)
_PARENTS = ("stage_id", "lane_id", "touchpoint_id")


class Copier:
    """Makes the rows of one journey anew in another; what stood on something removed stays behind.

    `ids` leads from every row that was copied to its copy.
    """

    def __init__(self, actor: Actor, journey: Journey) -> None:
        self.ids: dict[UUID, UUID] = {}
        self.facts: list[Fact] = []
        self._common = {
            "organization_id": journey.organization_id,
            "journey_id": journey.id,
            "created_by": actor.member_id,
        }

    def copies(self, model: type[T], rows: Iterable[Row], verb: Verb) -> list[T]:
        """New entities for these rows, not stored yet."""
        made: list[T] = []
        for row in rows:
            fields = {name: value for name, value in row.items() if name not in _ITS_OWN}
            parents = {name: fields[name] for name in _PARENTS if fields.get(name) is not None}
            if not parents.keys() <= {n for n, old in parents.items() if old in self.ids}:
                continue
            placed = {name: self.ids[old] for name, old in parents.items()}
            if "lineage_id" in fields:
                fields["lineage_id"] = fields["lineage_id"] or row["id"]
            copy = model(**(fields | placed | self._common))
            self.ids[row["id"]] = copy.id
            self.facts.append(Fact(verb, copy))
            made.append(copy)
        return made


async def copy_structure(
    tx: Transaction, actor: Actor, source_id: UUID, journey: Journey
) -> tuple[list[Fact], dict[UUID, UUID]]:
    """Copy stages, lanes, touchpoints, emotions and cells; the facts, and old id -> new id.

    The stream of the source must be held, so that nothing changes while it is copied.
    """
    found = await structure(tx, actor, source_id)
    copier = Copier(actor, journey)
    stages: list[Any] = [*copier.copies(Stage, found.stages, Verb.STAGE_ADDED)]
    await tx.add(*stages, *copier.copies(Lane, found.lanes, Verb.LANE_ADDED))
    touchpoints = copier.copies(Touchpoint, found.touchpoints, Verb.TOUCHPOINT_ADDED)
    await tx.add(*touchpoints)
    old = {new: old for old, new in copier.ids.items()}
    channels = [(copy, found.channels.get(old[copy.id], [])) for copy in touchpoints]
    await add_links(tx, "channel_ids", channels)
    emotions: list[Any] = [*copier.copies(Emotion, found.emotions, Verb.EMOTION_ADDED)]
    await tx.add(*emotions, *copier.copies(Cell, found.cells, Verb.CELL_WRITTEN))
    return copier.facts, copier.ids
