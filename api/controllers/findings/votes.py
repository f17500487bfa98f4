"""Votes for findings over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, put
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import found, nothing
from api.schemas.findings.findings import Finding, finding
from domain.queries.findings import findings as queries
from domain.roles import May
from domain.services.findings import findings


class FindingVoteController(Controller):
    """Saying that a finding matters."""

    tags = ["Findings"]
    path = "/findings/{finding_id:uuid}/vote"

    @put(may=May.VOTE)
    async def vote_for_finding(
        self, tx: Db, actor: By, finding_id: FromPath[UUID]
    ) -> Response[Finding]:
        """Vote for an open finding. Voting again changes nothing."""
        await findings.vote(tx, actor, finding_id)
        return found(finding(await queries.finding(tx, actor, finding_id), actor))

    @delete(may=May.VOTE)
    async def take_back_finding_vote(
        self, tx: Db, actor: By, finding_id: FromPath[UUID]
    ) -> Response[None]:
        """Take your vote back."""
        await findings.take_back(tx, actor, finding_id)
        return nothing()
