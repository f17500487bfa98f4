"""Linking metrics to what they say something of, and taking links away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor, Standing
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.metrics.metrics import MetricLink
from domain.policy import require
from domain.queries.metrics.links import kept_link, spot_of
from domain.queries.metrics.metrics import found
from domain.roles import May
from domain.services.steps.changing import touch
from domain.services.steps.measuring import check_place, still_measured
from domain.services.steps.places import current, enter_of
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity
from domain.words import SubjectKind

LINKABLE = frozenset(
    {
        SubjectKind.ORGANIZATION,
        SubjectKind.JOURNEY,
        SubjectKind.STAGE,
        SubjectKind.TOUCHPOINT,
        SubjectKind.PERSONA,
        SubjectKind.MOMENT,
        SubjectKind.ACTION,
    }
)


async def link(
    tx: Transaction, actor: Actor, metric_id: UUID, fields: Mapping[str, Any]
) -> MetricLink:
    """Let a metric say something of a subject; one that was unlinked is linked again.

    What is in a journey is told in the journey's stream, all else in the organization's.
    """
    subject_id = fields["subject_id"]
    head, standing = await _enter(tx, actor, subject_id)
    require(actor, May.CREATE_METRIC, standing)
    metric = await found(tx, actor, metric_id)
    still_measured(metric)
    spot = await spot_of(tx, actor, subject_id)
    _check(metric, spot)
    made = await _again(tx, actor, metric_id, fields)
    if made is None:
        made = MetricLink(
            organization_id=actor.organization_id,
            metric_id=metric_id,
            journey_id=spot["journey_id"],
            touchpoint_id=spot["touchpoint_id"],
            created_by=actor.member_id,
            **fields,
        )
        await tx.add(made)
    await ledger.record(tx, actor, head, Fact(Verb.METRIC_LINKED, made))
    return made


def _check(metric: Row, spot: Row) -> None:
    if spot["kind"] not in LINKABLE:
        names = ", ".join(sorted(LINKABLE))
        raise impossible(f"Link a metric to one of: {names}.", "not_linkable", "subject_id")
    check_place(metric["journey_id"], spot["journey_id"], "subject_id")


async def _again(
    tx: Transaction, actor: Actor, metric_id: UUID, fields: Mapping[str, Any]
) -> MetricLink | None:
    """The link that there was, back in its place; None where there was none."""
    kept = await kept_link(tx, actor, metric_id, fields["subject_id"], fields["aspect"])
    if kept is None:
        return None
    link = await tx.entity(MetricLink, (actor.organization_id, kept))
    assert link is not None
    if link.removed_at is None:
        detail = "The metric is linked to this already: unlink it to pick other data points."
        raise Conflict(detail, code="metric_linked")
    link.dimension, link.value = fields["dimension"], fields["value"]
    link.removed_at = None
    touch(link)
    return link


async def unlink(tx: Transaction, actor: Actor, link_id: UUID, expected: int) -> None:
    """Take a link away; the metric and its data stay."""
    head, standing = await _enter(tx, actor, link_id)
    link = await entity(tx, actor, MetricLink, link_id)
    require(actor, May.CREATE_METRIC, standing)
    current(link.version, expected)
    link.removed_at = now()
    touch(link)
    await ledger.record(tx, actor, head, Fact(Verb.METRIC_UNLINKED, link))


async def _enter(tx: Transaction, actor: Actor, subject_id: UUID) -> tuple[Locked, Standing]:
    """Hold the stream that a subject is of, and see how the actor stands towards it."""
    if (await spot_of(tx, actor, subject_id))["journey_id"] is None:
        return await ledger.lock_organization(tx, actor), actor.standing()
    head, place = await enter_of(tx, actor, subject_id)
    if place.subject_removed:
        raise NotFound
    return head, place.standing(actor)
