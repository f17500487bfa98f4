"""Metrics on the wire."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Name, Reply, Text, Version, changes, present
from api.schemas.metrics.figures import MetricFigure, Number, decimal, newest
from domain.actor import Actor
from domain.database import Row
from domain.queries.metrics.visible import may_with
from domain.queries.page import Page
from domain.results import Better, MetricKind

Unit = Annotated[
    str,
    Meta(max_length=40, description="What it is counted in. With `%` a ratio is a percentage."),
]
Recorders = Annotated[list[UUID], Meta(max_length=50)]


class MetricNew(Body):
    """Something to be measured of customers.

    `nps` has promoters, passives and detractors; `csat` five counts, of those who gave 1 to 5;
    `ces` asks how easy it was, from 1 (very hard) to 7 (very easy); `ratio` is one count of
    another; `number` anything else. `better` is `higher` unless you say otherwise, also of a ces.
    `recorder_ids` names who records data points beside the owner: you, unless you name another.
    """

    name: Name
    kind: MetricKind
    journey_id: UUID | None = None
    description: Text = ""
    unit: Unit = ""
    better: Better | UnsetType = UNSET
    target: Number | None = None
    owner_id: UUID | UnsetType = UNSET
    recorder_ids: Recorders | UnsetType = UNSET


class MetricPatch(Body):
    """What to change of a metric; what it measures stays, or its data would mean something else."""

    name: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    unit: Unit | UnsetType = UNSET
    better: Better | UnsetType = UNSET
    target: Number | UnsetType | None = UNSET
    owner_id: UUID | UnsetType = UNSET
    recorder_ids: Recorders | UnsetType = UNSET


class Metric(Reply):
    """A figure that the organization follows. `newest` is of the newest period, null without data.

    `journey_id` is the journey it was set up for, whose readers alone see it, or null. `may` names
    what you may do: `create_metric` is to change, link and retire it.
    """

    id: UUID
    version: Version
    journey_id: UUID | None
    name: str
    description: str
    kind: MetricKind
    unit: str
    better: Better
    target: float | None
    owner_id: UUID
    recorder_ids: list[UUID]
    newest: MetricFigure | None
    created_by: UUID
    created_at: Instant
    updated_at: Instant
    retired_at: Instant | None
    may: list[str]


class MetricPage(Reply):
    """Metrics, newest first."""

    items: list[Metric]
    next_cursor: str | None


def fields(body: MetricNew | MetricPatch) -> dict[str, Any]:
    """What a body says of a metric, as the domain stores it."""
    given = changes(body)
    if given.get("target") is not None:
        given["target"] = decimal(given["target"])
    return given


def metric(row: Row, actor: Actor) -> Metric:
    """One metric as this reader sees it."""
    target = None if row["target"] is None else float(row["target"])
    return present(Metric, row, target=target, newest=newest(row), may=may_with(row, actor))


def metric_page(page: Page, actor: Actor) -> MetricPage:
    """A page of metrics as this reader sees them."""
    items = [metric(row, actor) for row in page.rows]
    return MetricPage(items=items, next_cursor=page.next_cursor)
