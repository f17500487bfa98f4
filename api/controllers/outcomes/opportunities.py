"""Opportunities over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.base import changes
from api.schemas.outcomes.opportunities import (
    Opportunity,
    OpportunityMerge,
    OpportunityMove,
    OpportunityNew,
    OpportunityPage,
    OpportunityPatch,
    new_fields,
    opportunity,
    opportunity_page,
    pointed,
)
from api.schemas.pages import Paging
from domain.queries.outcomes import opportunities as queries
from domain.queries.outcomes.opportunity_lists import list_opportunities
from domain.results import Benefit, OpportunityStatus, Quadrant, ScoringModel
from domain.roles import May
from domain.services.outcomes import opportunities, opportunity_merging, opportunity_votes

Filters = NamedDependency[SkipValidation[dict[str, Any]]]
Order = Annotated[
    ScoringModel | None,
    QueryParameter(description="Highest score of this model first; without it newest first."),
]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    journey: Annotated[UUID | None, QueryParameter(description="Only of this journey.")] = None,
    touchpoint: Annotated[UUID | None, QueryParameter()] = None,
    stage: Annotated[UUID | None, QueryParameter()] = None,
    author: Annotated[UUID | None, QueryParameter()] = None,
    status: Annotated[
        list[OpportunityStatus] | None,
        QueryParameter(description="Without it: all but what was merged."),
    ] = None,
    benefit: Annotated[Benefit | None, QueryParameter()] = None,
    quadrant: Annotated[list[Quadrant] | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """What a list of opportunities is narrowed to."""
    return {
        "journey": journey,
        "touchpoint": touchpoint,
        "stage": stage,
        "author": author,
        "status": status,
        "benefit": benefit,
        "quadrant": quadrant,
    }


class OpportunityController(Controller):
    """Opportunities: problems restated as something to gain."""

    tags = ["Outcomes"]

    @post("/journeys/{journey_id:uuid}/opportunities", may=May.CREATE_OPPORTUNITY)
    async def create_opportunity(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[OpportunityNew]
    ) -> Response[Opportunity]:
        """Restate a problem as something to gain, and say what it follows from.

        As a `draft` only you, the journey's owner and its editors see it, until it is opened.
        """
        made = await opportunities.create(
            tx, actor, journey_id, new_fields(data), pointed(data.from_)
        )
        row = await queries.opportunity(tx, actor, made.id)
        return created(opportunity(row, actor), f"/v1/opportunities/{made.id}")

    @get("/opportunities", may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)})
    async def list_opportunities(
        self, tx: Db, actor: By, page: Paging, filters: Filters, sort: Order = None
    ) -> OpportunityPage:
        """List opportunities across the journeys you see, newest or highest score first.

        A draft is listed for its author, the journey's owner and its editors, and for nobody else.
        What has no score comes last. Scores can change between two pages; then something may come
        twice or not at all.
        """
        rows = await list_opportunities(tx, actor, filters, sort, page)
        return opportunity_page(rows, actor, sort)

    @get("/opportunities/{opportunity_id:uuid}", may=May.READ_JOURNEY)
    async def get_opportunity(
        self, tx: Db, actor: By, opportunity_id: FromPath[UUID]
    ) -> Response[Opportunity]:
        """One opportunity, also when it is part of another one by now.

        A draft is there only for its author, the journey's owner and its editors.
        """
        return shown(opportunity(await queries.opportunity(tx, actor, opportunity_id), actor))

    @patch("/opportunities/{opportunity_id:uuid}", may=May.EDIT_OPPORTUNITY)
    async def update_opportunity(
        self,
        tx: Db,
        actor: By,
        opportunity_id: FromPath[UUID],
        data: JSONBody[OpportunityPatch],
        expected: Expected,
    ) -> Response[Opportunity]:
        """Say it better, or estimate value and effort anew."""
        await opportunities.update(tx, actor, opportunity_id, changes(data), expected)
        return found(opportunity(await queries.opportunity(tx, actor, opportunity_id), actor))

    @delete("/opportunities/{opportunity_id:uuid}", may=May.EDIT_OPPORTUNITY)
    async def remove_opportunity(
        self, tx: Db, actor: By, opportunity_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take an opportunity away; `restoreOpportunity` brings it back with votes and threads."""
        await opportunities.remove(tx, actor, opportunity_id, expected)
        return nothing()

    @post(
        "/opportunities/{opportunity_id:uuid}/restore",
        may=May.EDIT_OPPORTUNITY,
        status_code=200,
    )
    async def restore_opportunity(
        self, tx: Db, actor: By, opportunity_id: FromPath[UUID]
    ) -> Response[Opportunity]:
        """Bring a removed opportunity back."""
        await opportunities.restore(tx, actor, opportunity_id)
        return found(opportunity(await queries.opportunity(tx, actor, opportunity_id), actor))

    @post(
        "/opportunities/{opportunity_id:uuid}/transitions",
        may=May.EDIT_OPPORTUNITY,
        status_code=200,
    )
    async def move_opportunity(
        self,
        tx: Db,
        actor: By,
        opportunity_id: FromPath[UUID],
        data: JSONBody[OpportunityMove],
        expected: Expected,
    ) -> Response[Opportunity]:
        """Decide on an opportunity, or take the decision back.

        draft > open > chosen > in_progress > achieved; declined from open, chosen, in_progress,
        with a note; one step back from each of them, declined back to open.
        """
        await opportunities.move(tx, actor, opportunity_id, data.to, data.note, expected)
        return found(opportunity(await queries.opportunity(tx, actor, opportunity_id), actor))

    @post("/opportunities/{opportunity_id:uuid}/merge", may=May.EDIT_OPPORTUNITY, status_code=200)
    async def merge_opportunity(
        self,
        tx: Db,
        actor: By,
        opportunity_id: FromPath[UUID],
        data: JSONBody[OpportunityMerge],
        expected: Expected,
    ) -> Response[Opportunity]:
        """Make an opportunity part of another one of its journey; you must be able to edit both.

        Votes, threads with who watches them, sources and actions go along. A member who voted for
        both counts once. Answers with the other one.
        """
        await opportunity_merging.merge(tx, actor, opportunity_id, data.into_id, expected)
        return found(opportunity(await queries.opportunity(tx, actor, data.into_id), actor))

    @put("/opportunities/{opportunity_id:uuid}/vote", may=May.VOTE)
    async def vote_for_opportunity(
        self, tx: Db, actor: By, opportunity_id: FromPath[UUID]
    ) -> Response[Opportunity]:
        """Vote for an opportunity that is open, chosen or in progress. Once is enough."""
        await opportunity_votes.give(tx, actor, opportunity_id)
        return found(opportunity(await queries.opportunity(tx, actor, opportunity_id), actor))

    @delete("/opportunities/{opportunity_id:uuid}/vote", may=May.VOTE)
    async def withdraw_vote(
        self, tx: Db, actor: By, opportunity_id: FromPath[UUID]
    ) -> Response[None]:
        """Take your vote back."""
        await opportunity_votes.take_back(tx, actor, opportunity_id)
        return nothing()
