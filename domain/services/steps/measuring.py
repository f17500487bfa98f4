"""Finding a metric that is alive, in order to change, record or link it."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import Conflict
from domain.ledger import Locked
from domain.policy import require
from domain.queries.metrics.metrics import hold_metric
from domain.queries.metrics.visible import standing
from domain.roles import May
from domain.services.steps.refusing import impossible


async def metric_held(
    tx: Transaction, actor: Actor, metric_id: UUID, may: May
) -> tuple[Locked, Row]:
    """Hold the organization and find a metric; Forbidden by `may`, Conflict when it is retired."""
    head, row = await hold_metric(tx, actor, metric_id)
    require(actor, may, standing(row, actor))
    still_measured(row)
    return head, row


def check_place(its_journey: UUID | None, journey_id: UUID | None, pointer: str) -> None:
    """Invalid where a journey's metric is to be named elsewhere: whoever reads that other journey
    may not know that there is such a metric.
    """
    if its_journey not in (None, journey_id):
        detail = "This metric is of one journey: name it there, or set up one of the organization."
        raise impossible(detail, "other_journey", pointer)


def still_measured(row: Row) -> None:
    """Conflict when the metric is retired."""
    if row["retired_at"] is not None:
        detail = "This metric is retired: its data can be read, and that is all."
        raise Conflict(detail, code="metric_retired")
