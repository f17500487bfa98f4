"""Journeys over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, shown
from api.schemas.base import changes
from api.schemas.maps.journey_rows import JourneyPage, journey_page
from api.schemas.maps.journeys import (
    Journey,
    JourneyNew,
    JourneyPatch,
    fields_of,
    journey,
    template_of,
)
from api.schemas.pages import Paging
from domain.queries.maps import journey_rows
from domain.queries.maps import journeys as queries
from domain.queries.maps.journey_rows import JourneySort
from domain.roles import May
from domain.services.maps import journeys
from domain.words import Focus, JourneyState, JourneyStatus

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_whose(
    owner: Annotated[UUID | None, QueryParameter()] = None,
    department: Annotated[
        UUID | None, QueryParameter(description="Of this department or one below it.")
    ] = None,
    persona: Annotated[UUID | None, QueryParameter()] = None,
) -> dict[str, Any]:
    """Whose journeys the list is narrowed to."""
    return {"owner": owner, "department": department, "persona": persona}


async def provide_filters(
    whose: Filters,
    status: Annotated[list[JourneyStatus] | None, QueryParameter()] = None,
    # `state` is a word of the framework's own.
    in_state: Annotated[list[JourneyState] | None, QueryParameter(name="state")] = None,
    focus: Annotated[list[Focus] | None, QueryParameter()] = None,
    stale: Annotated[
        bool | None, QueryParameter(description="Only those whose review is due, or only others.")
    ] = None,
) -> dict[str, Any]:
    """What the list of journeys is narrowed to; filters that repeat mean any of."""
    return {"status": status, "state": in_state, "focus": focus, "stale": stale} | whose


class JourneyController(Controller):
    """Journey maps: whose point of view, from where to where, how far along."""

    tags = ["Maps"]

    @get(
        "/journeys",
        may=May.READ_JOURNEY,
        hot=True,
        dependencies={"filters": Provide(provide_filters), "whose": Provide(provide_whose)},
        renamed={"in_state": "state"},
    )
    async def list_journeys(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        filters: Filters,
        q: Annotated[
            str | None, QueryParameter(max_length=200, description="Part of the title.")
        ] = None,
        sort: Annotated[
            JourneySort,
            QueryParameter(description="By title, up to its 50th letter, or last change."),
        ] = JourneySort.UPDATED_AT_DOWN,
    ) -> JourneyPage:
        """List the journeys you can see, with counts, the worst moment and how stale they are."""
        chosen = filters | {"q": q}
        return journey_page(await journey_rows.list_journeys(tx, actor, chosen, sort, page), actor)

    @post("/journeys", may=May.CREATE_JOURNEY)
    async def create_journey(
        self, tx: Db, actor: By, data: JSONBody[JourneyNew]
    ) -> Response[Journey]:
        """Begin a journey from a template or from another journey. You own it."""
        fields, template = fields_of(data), template_of(data)
        made = await journeys.create(tx, actor, fields, data.persona_ids, template)
        row = await queries.journey(tx, actor, made.id)
        return created(journey(row, actor), f"/v1/journeys/{made.id}")

    @get("/journeys/{journey_id:uuid}", may=May.READ_JOURNEY)
    async def get_journey(self, tx: Db, actor: By, journey_id: FromPath[UUID]) -> Response[Journey]:
        """One journey: what it says of itself, not what stands on its map."""
        return shown(journey(await queries.journey(tx, actor, journey_id), actor))

    @patch("/journeys/{journey_id:uuid}", may=May.EDIT_JOURNEY)
    async def update_journey(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        data: JSONBody[JourneyPatch],
        expected: Expected,
    ) -> Response[Journey]:
        """Change what a journey says of itself. `restricted` is for its owner to change."""
        await journeys.update(tx, actor, journey_id, changes(data), expected)
        return found(journey(await queries.journey(tx, actor, journey_id), actor))
