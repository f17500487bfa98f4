"""What metrics and drop-offs say, put together, over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.schemas.metrics.beliefs import Beliefs, beliefs
from api.schemas.metrics.funnel import DropOffFunnel, drop_off_funnel
from api.schemas.metrics.scorecard import Scorecard, scorecard
from api.schemas.pages import Paging
from domain.queries.metrics import scorecard as scorecards
from domain.queries.moments.customers import reported
from domain.queries.reports.funnel import measured
from domain.queries.reports.perception import rated
from domain.roles import May


class MetricReportController(Controller):
    """Metrics at a glance, where customers leave, and where staff see it otherwise."""

    tags = ["Metrics"]

    @get("/scorecard", may=May.READ_ORGANIZATION)
    async def get_scorecard(self, tx: Db, actor: By, page: Paging) -> Scorecard:
        """Tell how every metric stands that is measured, what it was before, and its target."""
        return scorecard(await scorecards.scorecard(tx, actor, page))

    @get("/journeys/{journey_id:uuid}/funnel", may=May.READ_JOURNEY)
    async def get_drop_off_funnel(
        self, tx: Db, actor: By, journey_id: FromPath[UUID]
    ) -> DropOffFunnel:
        """Tell where customers leave a journey, stage by stage and touchpoint by touchpoint.

        Of each touchpoint the drop-off counts that was measured last, unless it was dismissed.
        """
        return drop_off_funnel(await measured(tx, actor, journey_id), journey_id)

    @get("/journeys/{journey_id:uuid}/beliefs", may=May.READ_JOURNEY)
    async def get_beliefs(self, tx: Db, actor: By, journey_id: FromPath[UUID]) -> Beliefs:
        """Compare what staff believe with what customers report, the widest gap first.

        Staff: the mean of the groups' means on `performance`; groups that are too few to show are
        left out. Customers: the newest figures of linked metrics, general or of satisfaction.
        """
        rows = await rated(tx, actor, journey_id)
        return beliefs(rows, await reported(tx, actor, journey_id), journey_id)
