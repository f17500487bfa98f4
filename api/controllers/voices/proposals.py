"""Proposals over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, shown
from api.schemas.base import changes
from api.schemas.pages import Paging
from api.schemas.voices.proposals import (
    Proposal,
    ProposalAcceptance,
    ProposalNew,
    ProposalPage,
    ProposalRejection,
    proposal,
    proposal_page,
    said,
    target,
)
from domain.queries.voices import proposals as queries
from domain.roles import May
from domain.services.voices import proposals
from domain.talk import Proposable, ProposalStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    page: Paging,  # noqa: ARG001  after the page: Litestar runs what could go side by side in tasks
    journey: Annotated[UUID | None, QueryParameter()] = None,
    subject: Annotated[
        UUID | None, QueryParameter(description="Only of this subject; of cells, their lane.")
    ] = None,
    under: Annotated[
        UUID | None,
        QueryParameter(description="Only of this stage or touchpoint, or of anything there."),
    ] = None,
    about: Annotated[list[Proposable] | None, QueryParameter()] = None,
    status: Annotated[list[ProposalStatus] | None, QueryParameter()] = None,
    author: Annotated[UUID | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """What a list of proposals is narrowed to; filters that repeat mean any of."""
    places = {"journey": journey, "subject": subject, "under": under}
    return {**places, "about": about, "status": status, "author": author}


class ProposalController(Controller):
    """Changes that members suggest, until somebody who may make them decides."""

    tags = ["Voices"]
    path = "/proposals"

    @post(may=May.PROPOSE_CHANGE, problems=(404,))
    async def propose(self, tx: Db, actor: By, data: JSONBody[ProposalNew]) -> Response[Proposal]:
        """Suggest a change to a touchpoint, stage, cell or moment, on the version you saw.

        It is checked as the change itself would be. Whoever may make it directly decides.
        """
        made = await proposals.propose(tx, actor, target(data), data.base_version, said(data))
        row = await queries.proposal(tx, actor, made)
        return created(proposal(row, actor), f"/v1/proposals/{made}")

    @get(may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)})
    async def list_proposals(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> ProposalPage:
        """List proposals for the journeys you see, newest first, whatever became of them."""
        return proposal_page(await queries.list_proposals(tx, actor, filters, page), actor)

    @get("/{proposal_id:uuid}", may=May.READ_JOURNEY)
    async def get_proposal(
        self, tx: Db, actor: By, proposal_id: FromPath[UUID]
    ) -> Response[Proposal]:
        """One proposal, field by field against what was and what is."""
        return shown(proposal(await queries.proposal(tx, actor, proposal_id), actor))

    @post(
        "/{proposal_id:uuid}/accept",
        may=May.DECIDE_PROPOSAL,
        status_code=200,
        problems=("unknown_channel", "unknown_department", "unknown_member", "unknown_persona"),
    )
    async def accept_proposal(
        self,
        tx: Db,
        actor: By,
        proposal_id: FromPath[UUID],
        data: JSONBody[ProposalAcceptance],
        expected: Expected,
    ) -> Response[Proposal]:
        """Make the proposed change. Its author is credited: the proposal keeps who and when.

        A field that nobody has changed since the base version is taken. One that somebody has
        changed to something else is in conflict: 409 `proposal_conflict` tells each, and nothing is
        changed. To accept over that, name the `current_version` that you saw as `over_version`.
        """
        await proposals.accept(tx, actor, proposal_id, changes(data), expected)
        return found(proposal(await queries.proposal(tx, actor, proposal_id), actor))

    @post("/{proposal_id:uuid}/reject", may=May.DECIDE_PROPOSAL, status_code=200)
    async def reject_proposal(
        self,
        tx: Db,
        actor: By,
        proposal_id: FromPath[UUID],
        data: JSONBody[ProposalRejection],
        expected: Expected,
    ) -> Response[Proposal]:
        """Say no to a proposal, and why."""
        await proposals.reject(tx, actor, proposal_id, data.reason, expected)
        return found(proposal(await queries.proposal(tx, actor, proposal_id), actor))

    @post("/{proposal_id:uuid}/withdraw", may=May.WITHDRAW_PROPOSAL, status_code=200)
    async def withdraw_proposal(
        self, tx: Db, actor: By, proposal_id: FromPath[UUID]
    ) -> Response[Proposal]:
        """Take your proposal back before anybody has decided."""
        await proposals.withdraw(tx, actor, proposal_id)
        return found(proposal(await queries.proposal(tx, actor, proposal_id), actor))
