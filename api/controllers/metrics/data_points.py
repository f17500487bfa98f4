"""Data points over HTTP."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.controllers.metrics.filters import RENAMED, PointFilters, provide_point_filters
from api.schemas.metrics.data_points import DataPointPage, data_point_page
from api.schemas.metrics.recordings import DataPointsNew, Recording, points, recording
from api.schemas.pages import Paging
from domain.queries.metrics import data_points as queries
from domain.roles import May
from domain.services.metrics import data_points

BODY_LIMIT = 4 * 1_048_576


class DataPointController(Controller):
    """Data points: what was measured, as components that can be put together."""

    tags = ["Metrics"]

    @post(
        "/metrics/{metric_id:uuid}/data-points",
        may=May.RECORD_DATA_POINTS,
        problems=("impossible_sum", "in_the_future", "missing", "not_of_kind", "period_ends_early"),
        request_max_body_size=BODY_LIMIT,
        status_code=200,
    )
    async def record_data_points(
        self, tx: Db, actor: By, metric_id: FromPath[UUID], data: JSONBody[DataPointsNew]
    ) -> Recording:
        """Record up to 10,000 data points, all of them or none.

        There is one for each period and dimensions: what is recorded again takes the place of what
        was there. Saying the same point twice in one delivery is refused. Faults are named by their
        place, such as `#/points/17/promoters`, at most 100 of them.

        The owner of the metric and the recorders it names may do this, and nobody else.
        """
        made = await data_points.record(tx, actor, metric_id, points(data), data.source)
        return recording(made)

    @get(
        "/metrics/{metric_id:uuid}/data-points",
        may=May.READ_ORGANIZATION,
        dependencies={"filters": Provide(provide_point_filters)},
        renamed=RENAMED,
    )
    async def list_data_points(
        self, tx: Db, actor: By, metric_id: FromPath[UUID], page: Paging, filters: PointFilters
    ) -> DataPointPage:
        """List the data points of a metric, newest period first, each with its figure."""
        metric, rows = await queries.list_data_points(tx, actor, metric_id, filters, page)
        return data_point_page(metric, rows)
