"""Findings over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.controllers.findings.filters import Filters, provide_filters
from api.replies import found, nothing, shown
from api.schemas.findings.closing import FindingClose, FindingMerge
from api.schemas.findings.findings import (
    Finding,
    FindingPage,
    FindingPatch,
    finding,
    finding_page,
    said,
)
from api.schemas.pages import Paging
from domain.queries.findings import findings as queries
from domain.results import FindingStatus
from domain.roles import May
from domain.services.findings import findings, merging


class FindingController(Controller):
    """What was found at touchpoints."""

    tags = ["Findings"]

    @get(
        "/findings",
        may=May.READ_JOURNEY,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_findings(self, tx: Db, actor: By, page: Paging, filters: Filters) -> FindingPage:
        """List what was found on the maps you may read, newest first."""
        return finding_page(await queries.list_findings(tx, actor, filters, page), actor)

    @get("/findings/{finding_id:uuid}", may=May.READ_JOURNEY)
    async def get_finding(self, tx: Db, actor: By, finding_id: FromPath[UUID]) -> Response[Finding]:
        """One finding, open or closed."""
        return shown(finding(await queries.finding(tx, actor, finding_id), actor))

    @patch("/findings/{finding_id:uuid}", may=May.EDIT_FINDING)
    async def update_finding(
        self,
        tx: Db,
        actor: By,
        finding_id: FromPath[UUID],
        data: JSONBody[FindingPatch],
        expected: Expected,
    ) -> Response[Finding]:
        """Say a finding better. What findings of its kind do not say is refused."""
        await findings.update(tx, actor, finding_id, said(data), expected)
        return found(finding(await queries.finding(tx, actor, finding_id), actor))

    @post("/findings/{finding_id:uuid}/close", may=May.EDIT_FINDING, status_code=200)
    async def close_finding(
        self,
        tx: Db,
        actor: By,
        finding_id: FromPath[UUID],
        data: JSONBody[FindingClose],
        expected: Expected,
    ) -> Response[Finding]:
        """Close a finding: it was addressed, or is dismissed. Its author is told."""
        status = FindingStatus(data.status)
        await findings.close(tx, actor, finding_id, status, data.note, expected)
        return found(finding(await queries.finding(tx, actor, finding_id), actor))

    @post("/findings/{finding_id:uuid}/reopen", may=May.EDIT_FINDING, status_code=200)
    async def reopen_finding(
        self, tx: Db, actor: By, finding_id: FromPath[UUID], expected: Expected
    ) -> Response[Finding]:
        """Open a closed finding again. One that was merged stays merged."""
        await findings.reopen(tx, actor, finding_id, expected)
        return found(finding(await queries.finding(tx, actor, finding_id), actor))

    @post("/findings/{finding_id:uuid}/merge", may=May.EDIT_FINDING, status_code=200)
    async def merge_finding(
        self,
        tx: Db,
        actor: By,
        finding_id: FromPath[UUID],
        data: JSONBody[FindingMerge],
        expected: Expected,
    ) -> Response[Finding]:
        """Make a finding part of another open one of its kind and journey.

        Votes, threads, watchers, evidence, files and sources go along: nothing is lost, and whoever
        voted for both has voted once. It cannot be undone.
        """
        await merging.merge(tx, actor, finding_id, data.into_id, expected)
        return found(finding(await queries.finding(tx, actor, finding_id), actor))

    @delete("/findings/{finding_id:uuid}", may=May.EDIT_FINDING)
    async def remove_finding(
        self, tx: Db, actor: By, finding_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Remove a finding. `restoreSubject` brings it back with all that hangs on it."""
        await findings.remove(tx, actor, finding_id, expected)
        return nothing()
