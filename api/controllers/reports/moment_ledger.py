"""The story of a moment over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath, QueryParameter

from api.auth.actor import By, Db
from api.schemas.pages import Paging
from api.schemas.reports.moment_ledger import MomentLedger, moment_ledger
from domain.queries.moments.moments import moment
from domain.queries.reports import moment_ledger as queries
from domain.queries.reports.moment_ledger import StoryOrder
from domain.roles import May


class MomentLedgerController(Controller):
    """What happened to a moment of truth: who answers, since when, what was promised."""

    tags = ["Reports"]

    @get("/moments/{moment_id:uuid}/ledger", may=May.READ_JOURNEY)
    async def get_moment_ledger(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        moment_id: FromPath[UUID],
        order: Annotated[
            StoryOrder, QueryParameter(description="`asc` begins with what happened first.")
        ] = StoryOrder.ASC,
    ) -> MomentLedger:
        """Tell what happened to a moment, in sentences and as data.

        It tells of the moment itself, who answers for it, sign-offs, playbooks and their uses,
        input that was asked for, what went up the chain of command, annotations and how they ended,
        and of changes to its touchpoint. Ratings are not in it: `listRatings` adds them up. What
        you may not see is not told; who was asked for input is told to themselves, to the owner of
        the journey and to executives.
        """
        found = await moment(tx, actor, moment_id)
        return moment_ledger(
            await queries.moment_ledger(tx, actor, found, order, page), found, actor
        )
