"""Metrics: set up, change, retire."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor, Standing
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.metrics.metrics import Metric
from domain.policy import require
from domain.queries.maps.places import place
from domain.roles import May
from domain.rules.direction import USUALLY_BETTER
from domain.services.steps.changing import touch
from domain.services.steps.links import change_all, put_links
from domain.services.steps.measuring import metric_held
from domain.services.steps.places import current
from domain.services.steps.references import check_references, named_by
from domain.services.steps.subjects import entity


async def create(tx: Transaction, actor: Actor, fields: Mapping[str, Any]) -> Metric:
    """A new metric; its owner is whoever sets it up unless another member is named."""
    head = await ledger.lock_organization(tx, actor)
    require(actor, May.CREATE_METRIC, await _standing(tx, actor, fields.get("journey_id")))
    await check_references(tx, actor, fields, programs=True)
    settled: dict[str, Any] = {"owner_id": actor.member_id, "better": USUALLY_BETTER.value}
    own = {name: value for name, value in fields.items() if name != "recorder_ids"}
    made = Metric(
        organization_id=actor.organization_id, created_by=actor.member_id, **(settled | own)
    )
    await tx.add(made)
    await put_links(tx, made, "recorder_ids", fields.get("recorder_ids", ()))
    await ledger.record(tx, actor, head, Fact(Verb.METRIC_CREATED, made))
    return made


async def _standing(tx: Transaction, actor: Actor, journey_id: UUID | None) -> Standing:
    if journey_id is None:
        return actor.standing()
    return (await place(tx, actor, journey_id)).standing(actor)


async def update(
    tx: Transaction, actor: Actor, metric_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Change what a metric is called, who records it, where it should go."""
    head, metric = await _editable(tx, actor, metric_id, expected)
    await check_references(tx, actor, changes, kept=named_by(metric), programs=True)
    if await change_all(tx, metric, changes):
        await ledger.record(tx, actor, head, Fact(Verb.METRIC_UPDATED, metric))


async def retire(tx: Transaction, actor: Actor, metric_id: UUID, expected: int) -> None:
    """End a metric; its data points stay to be read, and no more are recorded."""
    head, metric = await _editable(tx, actor, metric_id, expected)
    metric.retired_at = now()
    touch(metric)
    await ledger.record(tx, actor, head, Fact(Verb.METRIC_RETIRED, metric))


async def _editable(
    tx: Transaction, actor: Actor, metric_id: UUID, expected: int
) -> tuple[Locked, Metric]:
    head, _ = await metric_held(tx, actor, metric_id, May.CREATE_METRIC)
    metric = await entity(tx, actor, Metric, metric_id)
    current(metric.version, expected)
    return head, metric
