"""Links of metrics over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.controllers.metrics.filters import LinkFilters, provide_link_filters
from api.replies import created, nothing, shown
from api.schemas.base import changes
from api.schemas.metrics.links import (
    MetricLink,
    MetricLinkNew,
    MetricLinkPage,
    metric_link,
    metric_link_page,
)
from api.schemas.pages import Paging
from domain.queries.metrics import links as queries
from domain.roles import May
from domain.services.metrics import links


class MetricLinkController(Controller):
    """What metrics say something of."""

    tags = ["Metrics"]

    @post("/metrics/{metric_id:uuid}/links", may=May.CREATE_METRIC, problems=(409,))
    async def link_metric(
        self, tx: Db, actor: By, metric_id: FromPath[UUID], data: JSONBody[MetricLinkNew]
    ) -> Response[MetricLink]:
        """Link a metric to what it says something of.

        To what is in a journey, its owner and editors may too. A metric that was set up for a
        journey is linked in that journey. A metric is linked to a subject once
        for each aspect; what was unlinked is linked again, with the part that is named now.
        """
        made = await links.link(tx, actor, metric_id, changes(data))
        row = await queries.metric_link(tx, actor, made.id)
        return created(metric_link(row), f"/v1/metric-links/{made.id}")

    @get(
        "/metric-links",
        may=May.READ_ORGANIZATION,
        dependencies={"filters": Provide(provide_link_filters)},
    )
    async def list_metric_links(
        self, tx: Db, actor: By, page: Paging, filters: LinkFilters
    ) -> MetricLinkPage:
        """List what metrics are linked to, newest first, each with the newest figure of its part.

        Links of retired metrics, and to what was removed, are not listed.
        """
        return metric_link_page(await queries.list_links(tx, actor, filters, page))

    @get("/metric-links/{link_id:uuid}", may=May.READ_ORGANIZATION)
    async def get_metric_link(
        self, tx: Db, actor: By, link_id: FromPath[UUID]
    ) -> Response[MetricLink]:
        """One link of a metric, with the newest figure of its part."""
        return shown(metric_link(await queries.metric_link(tx, actor, link_id)))

    @delete("/metric-links/{link_id:uuid}", may=May.CREATE_METRIC)
    async def unlink_metric(
        self, tx: Db, actor: By, link_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Unlink a metric. It can be linked again."""
        await links.unlink(tx, actor, link_id, expected)
        return nothing()
