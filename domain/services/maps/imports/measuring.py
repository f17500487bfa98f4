"""The data points of a document: those that say something new are one delivery of the importer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain import ledger
from domain.database import Transaction
from domain.errors import FieldError
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.metrics.data_points import Recording
from domain.queries.maps.measured import mine_to_record, recorded
from domain.rules.measured import COUNTS, NUMBER, Point, digest
from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.services.steps.storing_points import store
from domain.words import SubjectKind

NOT_YOURS = "Only its owner and those it names may record what it measures."


def points(node: Node) -> list[Point]:
    """The data points that a metric's node says."""
    return [_point(said) for said in node.said.get("data_points", ())]


def _point(said: Mapping[str, Any]) -> Point:
    counted = {name: said[name] for name in COUNTS if said.get(name) is not None}
    number = {} if said.get(NUMBER) is None else {NUMBER: Decimal(said[NUMBER])}
    return Point(said["from"], said["to"], said.get("dimensions", {}), {**counted, **number})


async def measure(tx: Transaction, draft: Draft) -> list[FieldError]:
    """Put into the draft what is new among the points; what stands in the way of recording it."""
    said = {draft.of(node): node for node in draft.document.of(SubjectKind.METRIC)}
    known = [one for one in said if one in draft.there.metrics.values()]
    there = await recorded(tx, draft.actor, known) if known else {}
    mine = await mine_to_record(tx, draft.actor, known) if known else set()
    faults: list[FieldError] = []
    for metric_id, node in said.items():
        before = there.get(metric_id, {})
        fresh = [one for one in points(node) if before.get(one.place) != one.components]
        if fresh and metric_id in known and metric_id not in mine:
            faults.append(node.fault(NOT_YOURS, "not_allowed", "data_points"))
        elif fresh:
            draft.points[metric_id] = fresh
            draft.counts[(SubjectKind.RECORDING, "created")] += 1
    return faults


async def write_points(tx: Transaction, draft: Draft, head: Locked) -> Locked:
    """Store them, metric by metric, each with its entry."""
    for metric_id, fresh in draft.points.items():
        delivery = _recording(draft, metric_id, fresh)
        head = await ledger.write(tx, draft.actor, head, Fact(Verb.DATA_RECORDED, delivery))
        await store(tx, draft.actor, metric_id, delivery.id, fresh)
    return head


def _recording(draft: Draft, metric_id: UUID, fresh: list[Point]) -> Recording:
    return Recording(
        organization_id=draft.actor.organization_id,
        metric_id=metric_id,
        points=len(fresh),
        digest=digest(fresh),
        source=draft.document.label,
        recorded_by=draft.actor.member_id,
    )
