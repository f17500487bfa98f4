"""Trends of metrics over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.di import Provide
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.controllers.metrics.filters import RENAMED, TrendAsked, provide_trend
from api.schemas.metrics.trends import MetricTrend, metric_trend
from domain.queries.metrics import trends as queries
from domain.roles import May


class MetricTrendController(Controller):
    """How figures moved."""

    tags = ["Metrics"]

    @get(
        "/metrics/{metric_id:uuid}/trend",
        may=May.READ_ORGANIZATION,
        dependencies={"how": Provide(provide_trend)},
        renamed=RENAMED,
    )
    async def get_metric_trend(
        self, tx: Db, actor: By, metric_id: FromPath[UUID], how: TrendAsked
    ) -> MetricTrend:
        """Tell how the figure of a metric moved, put together from components, never from figures.

        A measured period counts in the month, quarter or year it ends in; one that is longer than
        that is left out, and counted. With `bucket=period` every period stands as it was measured.
        Where the whole and its parts were both recorded, the whole is told; see `dimensions` of
        each figure. The newest 120 buckets are told: go back further with `to`.
        """
        return metric_trend(await queries.trend(tx, actor, metric_id, how), how)
