"""Links to answer by over HTTP."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.client import client_network
from api.mail import Asked, Letter, Mailer, input_link, moment_in
from api.replies import nothing
from api.schemas.participation.input_answers import answer_from
from api.schemas.participation.input_links import (
    InputLinkAnswer,
    InputLinkNew,
    InputLinkOpening,
    InputLinks,
    LinkedRequest,
    input_links,
    linked_request,
)
from domain.database import Row
from domain.roles import May
from domain.services.participation import input_links as links
from domain.services.participation.input_links import Sent, Shown

KIND = "input"


class InputLinkController(Controller):
    """Answering on a phone, without a password at hand."""

    tags = ["Participation"]

    @post(
        "/input-requests/{request_id:uuid}/links",
        may=May.REQUEST_INPUT,
        status_code=200,
        problems=(409, 422, 429),
    )
    async def send_input_link(
        self,
        request: Request[Any, Any, State],
        tx: Db,
        actor: By,
        request_id: FromPath[UUID],
        data: JSONBody[InputLinkNew],
    ) -> Response[InputLinks]:
        """Mail a link to a member, or to everybody who is silent. A link sent before is void.

        Its code is in the letter alone, so that nobody else can answer as them. It answers this
        request once, is good until two weeks after the date, and does nothing else.
        """
        state = request.app.state
        mint = partial(state.secrets.mint, KIND, actor.organization_id)
        asked, sent = await links.send(tx, actor, request_id, data.member_id, mint)
        letters = [letter(asked, one) for one in sent]
        after = BackgroundTask(post_all, state.mailer, letters)
        return Response(input_links(sent), background=after)

    @delete("/input-links/{link_id:uuid}", may=May.REQUEST_INPUT)
    async def revoke_input_link(self, tx: Db, actor: By, link_id: FromPath[UUID]) -> Response[None]:
        """Void a link, also while the journey is locked or archived. What it answered stays."""
        await links.revoke(tx, actor, link_id)
        return nothing()

    @post("/input-links/open", public=True, status_code=200, problems=(404, 429))
    async def open_input_link(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[InputLinkOpening]
    ) -> LinkedRequest:
        """Read what is asked with the code from the letter. It counts as seen."""
        return linked_request(await links.open_link(tx, shown(request, data.link)))

    @post("/input-links/answer", public=True, status_code=200, problems=(403, 404, 409, 422, 429))
    async def answer_by_link(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[InputLinkAnswer]
    ) -> LinkedRequest:
        """Answer with the code from the letter, as `answerInputRequest` does, once."""
        given = answer_from(data)
        return linked_request(await links.answer(tx, shown(request, data.link), given))


def shown(request: Request[Any, Any, State], link: str) -> Shown:
    """What somebody shows who comes by a link, and from where."""
    opened = request.app.state.secrets.open(KIND, link)
    address = client_network(request)
    if opened is None:
        return Shown(None, (), address)
    return Shown(opened.organization_id, opened.digests, address)


def letter(asked: Row, sent: Sent) -> Letter:
    """The letter that carries a link."""
    told = Asked(
        organization=asked["organization"],
        path=asked["path"],
        message=asked["message"],
        questions=asked["questions"],
        due=moment_in(asked["timezone"], asked["due_at"]),
    )
    return input_link(sent.email, sent.name, told, sent.secret)


async def post_all(mailer: Mailer, letters: list[Letter]) -> None:
    """Send letters one after the other."""
    for one in letters:
        await mailer.send(one)
