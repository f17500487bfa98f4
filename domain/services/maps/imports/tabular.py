"""Rows of a table as a document: what an import does of a whole map, for a part of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError
from domain.ids import new_id
from domain.policy import require
from domain.queries.maps import tabular as queries
from domain.queries.maps.imports import given_key, imported
from domain.queries.maps.places import place
from domain.roles import May
from domain.services.maps.imports.document import Document, Node
from domain.words import SubjectKind

Rows = Mapping[int, Mapping[str, Any]]
Kind = SubjectKind


@dataclass(frozen=True, slots=True)
class Known:
    """What is on the map: stages by name and key, and by the key of each touchpoint its own."""

    journey: Node
    stages: Mapping[str, Node]
    standing: Mapping[str, Node]

    def node(self, number: int, said: Mapping[str, Any]) -> Node | FieldError:
        """A row as a touchpoint, or what is wrong with it."""
        fields = {name: value for name, value in said.items() if name != "stage"}
        key = str(fields.setdefault("key", f"row-{new_id().hex}"))
        stage = self.standing.get(key)
        if "stage" in said or stage is None:
            stage = self.stages.get(str(said.get("stage", "")).casefold())
        if stage is None:
            detail = f"Row {number}, column stage: name a stage of the journey."
            return FieldError(detail, "unknown_stage", f"#/rows/{number}/stage")
        if "name" not in fields and key not in self.standing:
            detail = f"Row {number}, column name: a new touchpoint has a name."
            return FieldError(detail, "missing", f"#/rows/{number}/name")
        return Node(Kind.TOUCHPOINT, key, f"#/rows/{number}", fields, stage)


async def require_rows(tx: Transaction, actor: Actor, journey_id: UUID) -> None:
    """Forbidden to whoever may not change the journey, before its rows are read."""
    found = await place(tx, actor, journey_id)
    require(actor, May.EDIT_JOURNEY, found.standing(actor))


async def touchpoint_rows(tx: Transaction, actor: Actor, journey_id: UUID, rows: Rows) -> Document:
    """Touchpoints, each at the stage that it names by name or key."""
    known = await _known(tx, actor, journey_id)
    made = [known.node(number, said) for number, said in rows.items()]
    nodes = [one for one in made if isinstance(one, Node)]
    faults = [one for one in made if isinstance(one, FieldError)]
    stages = dict.fromkeys(known.stages.values())
    return Document([known.journey, *stages, *nodes], faults=faults, appends=True)


async def _known(tx: Transaction, actor: Actor, journey_id: UUID) -> Known:
    journey, keys = await _journey(tx, actor, journey_id)
    listed = await queries.stages(tx, actor, journey_id)
    stages = {
        row["id"]: Node(Kind.STAGE, _key(Kind.STAGE, row["id"], keys), "#", {}, journey)
        for row in listed
    }
    named = {row["name"].casefold(): stages[row["id"]] for row in listed}
    at = await queries.stage_of_touchpoints(tx, actor, journey_id)
    standing = {
        _key(Kind.TOUCHPOINT, one, keys): stages[stage_id]
        for one, stage_id in at.items()
        if stage_id in stages
    }
    return Known(journey, named | {one.key: one for one in stages.values()}, standing)


def _key(kind: Kind, one: UUID, keys: Mapping[tuple[str, UUID], str]) -> str:
    return keys.get((kind, one)) or given_key(kind, one)


async def point_rows(tx: Transaction, actor: Actor, journey_id: UUID, rows: Rows) -> Document:
    """Data points of metrics that are there already."""
    journey, _ = await _journey(tx, actor, journey_id)
    kinds = await queries.metric_kinds(tx, actor, journey_id)
    points: dict[str, list[Mapping[str, Any]]] = {}
    faults = []
    for number, said in rows.items():
        name = str(said.get("metric", ""))
        if name not in kinds:
            detail = f"Row {number}, column metric: name a metric of the journey or organization."
            faults.append(FieldError(detail, "unknown_metric", f"#/rows/{number}/metric"))
        elif not {"from", "to"} <= said.keys():
            detail = f"Row {number}: a data point has a day it begins (from) and one it ends (to)."
            faults.append(FieldError(detail, "missing", f"#/rows/{number}"))
        else:
            points.setdefault(name, []).append(said)
    nodes = [
        Node(Kind.METRIC, f"metric-{at}", f"#/metrics/{at}",
             {"name": name, "kind": kinds[name], "data_points": said})
        for at, (name, said) in enumerate(points.items())
    ]  # fmt: skip
    return Document([journey, *nodes], faults=faults)


async def _journey(
    tx: Transaction, actor: Actor, journey_id: UUID
) -> tuple[Node, Mapping[tuple[str, UUID], str]]:
    """The journey as a document names it; NotFound when the actor may not see it."""
    await place(tx, actor, journey_id)
    keys = {
        (kind, one): key for (kind, key), one in (await imported(tx, actor, journey_id)).items()
    }
    key = _key(Kind.JOURNEY, journey_id, keys)
    return Node(Kind.JOURNEY, key, "#", {"key": key}), keys
