"""Sessions over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.client import client_network
from api.replies import nothing
from api.schemas.identity.sessions import (
    Refresh,
    SessionPage,
    SignedIn,
    SignIn,
    Switch,
    session_page,
    signed_in,
)
from api.schemas.pages import Paging
from domain.queries.identity import sessions as queries
from domain.roles import May
from domain.services.identity import sessions
from domain.services.identity.sessions import RefreshRefused
from domain.services.steps.admitting import Admitted
from domain.services.steps.proving import Credentials


class SessionController(Controller):
    """Signing in, staying in, signing out."""

    tags = ["Identity"]

    @post("/sessions", public=True, problems=(401,))
    async def sign_in(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[SignIn]
    ) -> Response[SignedIn]:
        """Sign in with an e-mail address and a password.

        At most ten tries per account in five minutes; then 429, whether the account exists or not.
        """
        shown = Credentials(data.email, data.password, client_network(request))
        hasher = request.app.state.passwords
        who = await sessions.sign_in(tx, hasher, shown, data.organization_id, data.device)
        return opened(request.app.state, who)

    @post("/sessions/refresh", public=True, status_code=200, problems=(401,))
    async def refresh_session(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[Refresh]
    ) -> SignedIn:
        """Get a new access token, and the next refresh token.

        A reply that was lost is had again with the same refresh token. One that was replaced twice
        over ends the session.
        """
        presented = request.app.state.refresh_tokens.open(data.refresh_token)
        if presented is None:
            raise RefreshRefused
        return told(request.app.state, await sessions.refresh(tx, presented))

    @post(
        "/sessions/current/switch",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        status_code=200,
        problems=(404,),
        secret_reply=True,
        forgets_actors=True,
    )
    async def switch_organization(
        self, request: Request[Any, Any, State], tx: Db, actor: By, data: JSONBody[Switch]
    ) -> SignedIn:
        """Turn this session to another organization of the same account."""
        who = await sessions.switch(tx, actor, data.organization_id)
        return told(request.app.state, who)

    @delete("/sessions/current", may=May.USE_OWN_ACCOUNT, session_only=True, forgets_actors=True)
    async def sign_out(self, tx: Db, actor: By) -> Response[None]:
        """End this session. Its tokens are good for nothing from now on."""
        await sessions.sign_out(tx, actor)
        return nothing()

    @get("/sessions", may=May.USE_OWN_ACCOUNT, session_only=True)
    async def list_sessions(self, tx: Db, actor: By, page: Paging) -> SessionPage:
        """List where the account is signed in, in all of its organizations."""
        return session_page(await queries.live(tx, actor, page), actor.session_id)

    @delete(
        "/sessions/{session_id:uuid}",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        forgets_actors=True,
    )
    async def revoke_session(self, tx: Db, actor: By, session_id: FromPath[UUID]) -> Response[None]:
        """End one of one's own sessions, on a lost device for instance."""
        await sessions.revoke(tx, actor, session_id)
        return nothing()


def told(state: State, who: Admitted) -> SignedIn:
    """The tokens of somebody who was let in."""
    return signed_in(who, state.tokens, state.refresh_tokens)


def opened(state: State, who: Admitted) -> Response[SignedIn]:
    """201: a new session."""
    headers = {"Location": f"/v1/sessions/{who.session['id']}"}
    return Response(told(state, who), status_code=201, headers=headers)
