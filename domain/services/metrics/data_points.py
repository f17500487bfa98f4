"""Data points: one delivery at a time, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Invalid
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.metrics.data_points import Recording
from domain.results import MetricKind
from domain.roles import May
from domain.rules.measured import Point, digest
from domain.rules.point_faults import faults
from domain.services.steps.measuring import metric_held
from domain.services.steps.storing_points import Stored, store
from domain.services.steps.today import today


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was recorded, and what came of its points."""

    recording: Recording
    stored: Stored


async def record(
    tx: Transaction, actor: Actor, metric_id: UUID, points: Sequence[Point], source: str
) -> Delivered:
    """Store what was measured; of the same period and dimensions what is said last counts."""
    head, metric = await metric_held(tx, actor, metric_id, May.RECORD_DATA_POINTS)
    if wrong := faults(MetricKind(metric["kind"]), points, await today(tx, actor)):
        raise Invalid(wrong[0].detail, code=wrong[0].code, errors=wrong)
    recording = Recording(
        organization_id=actor.organization_id,
        metric_id=metric_id,
        points=len(points),
        digest=digest(points),
        source=source,
        recorded_by=actor.member_id,
    )
    await ledger.write(tx, actor, head, Fact(Verb.DATA_RECORDED, recording))
    stored = await store(tx, actor, metric_id, recording.id, points)
    return Delivered(recording, stored)
