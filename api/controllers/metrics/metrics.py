"""Metrics over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.controllers.metrics.filters import MetricFilters, provide_metric_filters
from api.replies import created, found, nothing, shown
from api.schemas.metrics.metrics import (
    Metric,
    MetricNew,
    MetricPage,
    MetricPatch,
    fields,
    metric,
    metric_page,
)
from api.schemas.pages import Paging
from domain.queries.metrics import metrics as queries
from domain.roles import May
from domain.services.metrics import metrics


class MetricController(Controller):
    """Metrics: what is measured of customers."""

    tags = ["Metrics"]

    @get(
        "/metrics",
        may=May.READ_ORGANIZATION,
        dependencies={"filters": Provide(provide_metric_filters)},
    )
    async def list_metrics(
        self, tx: Db, actor: By, page: Paging, filters: MetricFilters
    ) -> MetricPage:
        """List the metrics that are measured, newest first, each with its newest figure.

        One that was set up for a journey is seen by who may read the journey, and by who records
        it. Retired ones are not listed.
        """
        return metric_page(await queries.list_metrics(tx, actor, filters, page), actor)

    @post("/metrics", may=May.CREATE_METRIC, problems=(404, 409))
    async def create_metric(self, tx: Db, actor: By, data: JSONBody[MetricNew]) -> Response[Metric]:
        """Set up a metric, of the organization or of a journey.

        For a journey its owner and editors may do it too. Its name is unlike those of the
        journey's other metrics, or of the organization's.
        """
        made = await metrics.create(tx, actor, fields(data))
        row = await queries.metric(tx, actor, made.id)
        return created(metric(row, actor), f"/v1/metrics/{made.id}")

    @get("/metrics/{metric_id:uuid}", may=May.READ_ORGANIZATION)
    async def get_metric(self, tx: Db, actor: By, metric_id: FromPath[UUID]) -> Response[Metric]:
        """One metric with its newest figure; a retired one too, because its data stays."""
        return shown(metric(await queries.metric(tx, actor, metric_id), actor))

    @patch("/metrics/{metric_id:uuid}", may=May.CREATE_METRIC, problems=(409, "metric_exists"))
    async def update_metric(
        self,
        tx: Db,
        actor: By,
        metric_id: FromPath[UUID],
        data: JSONBody[MetricPatch],
        expected: Expected,
    ) -> Response[Metric]:
        """Change what a metric is called, who owns and records it, where it should go."""
        await metrics.update(tx, actor, metric_id, fields(data), expected)
        return found(metric(await queries.metric(tx, actor, metric_id), actor))

    @delete("/metrics/{metric_id:uuid}", may=May.CREATE_METRIC)
    async def retire_metric(
        self, tx: Db, actor: By, metric_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Retire a metric: it is no longer listed, linked or recorded, and its data stays."""
        await metrics.retire(tx, actor, metric_id, expected)
        return nothing()
