"""The overview over HTTP."""

from datetime import datetime
from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import QueryParameter

from api.auth.actor import By, Db
from api.replies import nothing
from api.schemas.instants import passed
from api.schemas.reports.overview import Blocks, Overview, overview
from domain.clock import now
from domain.duties import WorkKind
from domain.queries.page import PageRequest
from domain.queries.reports import overview as queries
from domain.queries.reports.overdue import overdue
from domain.queries.reports.overview_stale import stale_journeys
from domain.queries.reports.work import WorkFilters, list_work
from domain.roles import May
from domain.rules.overview import MOST
from domain.services.records.overview import see

DECISIONS = WorkFilters(
    (
        WorkKind.ACCEPT_RESPONSIBILITY,
        WorkKind.APPROVE_PLAYBOOK,
        WorkKind.ESCALATION,
        WorkKind.SIGN_AGAIN,
        WorkKind.SIGN_OFF,
    )
)


class OverviewController(Controller):
    """What an executive looks at first."""

    tags = ["Reports"]

    @get("/overview", may=May.READ_JOURNEY)
    async def get_overview(
        self,
        tx: Db,
        actor: By,
        since: Annotated[
            datetime | None,
            QueryParameter(description="Without it: your last visit, else 30 days ago."),
        ] = None,
    ) -> Overview:
        """What moved, waits for your decision, is overdue or stale, what is at stake, what worked.

        It is made of the journeys that you see and that are not archived, and told to every member.
        A visit is what `markOverviewSeen` says it is.
        """
        begin = passed("since", since) or await queries.last_look(tx, actor)
        found = Blocks(
            since=begin,
            until=now(),
            moved=await queries.moved(tx, actor, begin),
            work=await list_work(tx, actor, DECISIONS, PageRequest(MOST)),
            to_approve=await queries.to_approve(tx, actor),
            overdue=await overdue(tx, actor),
            moments=await queries.decisive(tx, actor),
            stale=await stale_journeys(tx, actor),
        )
        return overview(found, actor)

    @post("/overview/seen", may=May.USE_OWN_ACCOUNT, status_code=204)
    async def mark_overview_seen(self, tx: Db, actor: By) -> Response[None]:
        """Say that you have seen the overview: the next one begins here."""
        await see(tx, actor)
        return nothing()
