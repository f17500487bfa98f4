"""Requests for input over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.pages import Paging
from api.schemas.participation.input_answers import InputAnswer, answer_from
from api.schemas.participation.input_requests import (
    InputRequest,
    InputRequestNew,
    InputRequestPage,
    input_request,
    input_request_page,
    question_from,
)
from domain.actor import Actor
from domain.database import Transaction
from domain.duties import InputRequestStatus
from domain.queries.participation import input_requests as queries
from domain.queries.participation.asks import asks_of
from domain.roles import May
from domain.services.participation import input_requests

Filters = NamedDependency[SkipValidation[dict[str, Any]]]


async def provide_filters(
    journey: Annotated[UUID | None, QueryParameter(description="Only of this journey.")] = None,
    status: Annotated[
        list[InputRequestStatus] | None, QueryParameter(description="Without it: all of them.")
    ] = None,
    mine: Annotated[
        bool | None, QueryParameter(description="Only where you are asked, or only where not.")
    ] = None,
) -> dict[str, Any]:
    """What a list of requests is narrowed to."""
    return {"journey": journey, "status": status, "mine": mine}


class InputRequestController(Controller):
    """Asking departments, groups and members what they see, by a date."""

    tags = ["Participation"]

    @post("/journeys/{journey_id:uuid}/input-requests", may=May.REQUEST_INPUT)
    async def request_input(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[InputRequestNew]
    ) -> Response[InputRequest]:
        """Ask departments, groups and members for their view by a date.

        Whoever is asked may see the journey from now on. Annotating and rating there counts as an
        answer. After the date the silence of the others is recorded and goes up the chain; nobody
        is written to unless `sendInputLink` is called, but for one reminder before the date.
        """
        made = await input_requests.request(tx, actor, journey_id, question_from(data))
        return created(await read(tx, actor, made.id), f"/v1/input-requests/{made.id}")

    @get(
        "/input-requests", may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)}
    )
    async def list_input_requests(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> InputRequestPage:
        """List the requests in the journeys you see, newest first."""
        return input_request_page(await queries.list_requests(tx, actor, filters, page), actor)

    @get("/input-requests/{request_id:uuid}", may=May.READ_JOURNEY)
    async def get_input_request(
        self, tx: Db, actor: By, request_id: FromPath[UUID]
    ) -> Response[InputRequest]:
        """One request; who was asked and what they answered is for the owner and executives."""
        return shown(await read(tx, actor, request_id))

    @post("/input-requests/{request_id:uuid}/cancel", may=May.REQUEST_INPUT, status_code=200)
    async def cancel_input_request(
        self, tx: Db, actor: By, request_id: FromPath[UUID], expected: Expected
    ) -> Response[InputRequest]:
        """Call a request off. What was said stays; nobody is waited for any more.

        That works also while the journey is locked or archived.
        """
        await input_requests.cancel(tx, actor, request_id, expected)
        return found(await read(tx, actor, request_id))

    @post("/input-requests/{request_id:uuid}/seen", may=May.ANSWER_INPUT, status_code=204)
    async def mark_input_request_seen(
        self, tx: Db, actor: By, request_id: FromPath[UUID]
    ) -> Response[None]:
        """Say that you have looked at what you are asked."""
        await input_requests.see(tx, actor, request_id)
        return nothing()

    @post(
        "/input-requests/{request_id:uuid}/answer",
        may=May.ANSWER_INPUT,
        status_code=200,
        problems=(409, 422),
    )
    async def answer_input_request(
        self, tx: Db, actor: By, request_id: FromPath[UUID], data: JSONBody[InputAnswer]
    ) -> Response[InputRequest]:
        """Answer, also after the date: answer the questions, annotate, rate, or abstain.

        Annotations and ratings are made as by `annotate` and `rateTouchpoint`, all of them or none.
        Ratings of frontline and support staff do not say whose they are, and nor does an answer of
        ratings alone before the request closes. Words have a name: ratings sent together with words
        stand beside them in the ledger, so send them by themselves to keep them apart.
        """
        await input_requests.answer(tx, actor, request_id, answer_from(data))
        return found(await read(tx, actor, request_id))


async def read(tx: Transaction, actor: Actor, request_id: UUID) -> InputRequest:
    """A request as the actor sees it."""
    row = await queries.request(tx, actor, request_id)
    asks = await asks_of(tx, request_id) if queries.sees_asks(row, actor) else None
    return input_request(row, asks, actor)
