"""The entities a document stands for: which are new, which change, which stay as they are."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.facts import Verb
from domain.ids import new_id
from domain.models.base import Recorded
from domain.queries.maps.imports import Standing
from domain.rules.measured import Point
from domain.services.maps.imports.document import Document, Node
from domain.words import SubjectKind

# What a later import finds by the key of its document; the others are found by what they are.
REMEMBERED = frozenset(SubjectKind) - {
    SubjectKind.DEPARTMENT,
    SubjectKind.CHANNEL,
    SubjectKind.CELL,
    SubjectKind.METRIC,
    SubjectKind.METRIC_LINK,
    SubjectKind.OUTCOME,
    SubjectKind.SOURCE,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What an entity that is there already will say."""

    entity: Recorded
    fields: Mapping[str, Any]
    verb: Verb


@dataclass(slots=True)
class Draft:
    """An import under way, before anything is written."""

    actor: Actor
    document: Document
    there: Standing
    journey_id: UUID
    may_confirm: bool
    positions: dict[UUID, str] = field(default_factory=dict)
    made: dict[type[Recorded], list[tuple[Recorded, Verb]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    changes: dict[type[Recorded], list[Change]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[tuple[SubjectKind, str]] = field(default_factory=Counter)
    points: dict[UUID, list[Point]] = field(default_factory=dict)
    ids: dict[tuple[SubjectKind, str], UUID] = field(default_factory=dict)
    names: list[tuple[SubjectKind, str]] = field(default_factory=list)

    @property
    def entries(self) -> int:
        """How many entries the ledgers gain by it: one for each thing that is new or changes."""
        return sum(n for (_, outcome), n in self.counts.items() if outcome != "unchanged")

    def id_of(self, kind: SubjectKind, key: str) -> UUID:
        """The id of what has this key, the same every time it is asked for."""
        known = self.ids.get((kind, key))
        if known is None:
            known = self.ids[(kind, key)] = self._found(kind, key) or new_id()
        return known

    def _found(self, kind: SubjectKind, key: str) -> UUID | None:
        if kind is SubjectKind.JOURNEY:
            return self.journey_id
        if kind is SubjectKind.CHANNEL:
            return self.there.channels.get(key)
        if kind is SubjectKind.DEPARTMENT:
            name = str(self.document.keyed(kind)[key].said["name"])
            return self.there.departments.get(name.lower())
        if kind is SubjectKind.METRIC:
            return self.there.metrics.get(str(self.document.keyed(kind)[key].said["name"]))
        return self.there.found(kind, key)

    def of(self, node: Node) -> UUID:
        """The id of a node."""
        return self.id_of(node.kind, node.key)

    def present(self, node: Node) -> Recorded | None:
        """What a node is in the map already, if it is."""
        return self.there.entities.get(self.of(node))

    def keep(self, node: Node) -> None:
        """It is there and stays as it is."""
        self.counts[(node.kind, "unchanged")] += 1

    def make(self, node: Node, model: type[Recorded], verb: Verb, fields: dict[str, Any]) -> None:
        """It is new."""
        links = {name: fields.pop(name, []) for name in model.links}
        entity = model(
            id=self.of(node), organization_id=self.actor.organization_id, version=1, **fields
        )
        for name, ids in links.items():
            setattr(entity, name, ids)
        self.made[model].append((entity, verb))
        self.counts[(node.kind, "created")] += 1
        if node.kind in REMEMBERED:
            self.names.append((node.kind, node.key))

    def change(self, node: Node, entity: Recorded, verb: Verb, news: Mapping[str, Any]) -> None:
        """It is there and will say something else."""
        self.changes[type(entity)].append(Change(entity, news, verb))
        self.counts[(node.kind, "updated")] += 1
