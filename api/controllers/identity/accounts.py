"""Accounts over HTTP: signing up, and oneself."""

from typing import Any

from litestar import Controller, Request, Response, get, patch, post
from litestar.datastructures import State
from litestar.params import JSONBody

from api.auth.actor import By, Db
from api.auth.client import client_network
from api.auth.passwords import require_good
from api.auth.precondition import Expected
from api.controllers.identity.sessions import opened
from api.replies import tagged
from api.schemas.base import changes
from api.schemas.identity.accounts import Me, MePatch, SignUp, me, me_etag
from api.schemas.identity.sessions import MyOrganizationPage, SignedIn, my_organizations
from api.schemas.pages import Paging
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Forbidden
from domain.queries.identity import accounts as queries
from domain.queries.identity.access_tokens import shown
from domain.roles import May
from domain.services.identity import accounts
from domain.services.identity.accounts import Founding
from domain.services.steps.proving import Credentials

SWITCHED_OFF = (
    "Signing up is switched off here: ask an administrator of your organization to invite you."
)


class AccountController(Controller):
    """One's own account, whichever organization it is used in."""

    tags = ["Identity"]

    @post("/organizations", public=True, problems=(401, 403))
    async def sign_up(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[SignUp]
    ) -> Response[SignedIn]:
        """Found an organization, and an account to administer it with.

        Whoever has an account already gives its password; a wrong one is refused as in signing in.
        """
        state = request.app.state
        if not state.settings.sign_up:
            raise Forbidden(SWITCHED_OFF)
        require_good(data.password, data.email)
        shown = Credentials(data.email, data.password, client_network(request))
        founding = Founding(data.organization_name, data.name, data.group, data.device)
        return opened(state, await accounts.sign_up(tx, state.passwords, shown, founding))

    @get("/me", may=May.USE_OWN_ACCOUNT, any_scope=True)
    async def get_me(self, tx: Db, actor: By) -> Response[Me]:
        """Who is signed in, and what they may do.

        With an access token, whatever its scopes, `token` says which one it is.
        """
        return await oneself(tx, actor)

    @patch("/me", may=May.USE_OWN_ACCOUNT, session_only=True)
    async def update_me(
        self, tx: Db, actor: By, data: JSONBody[MePatch], expected: Expected
    ) -> Response[Me]:
        """Change one's name or language. A new name shows in all of one's organizations."""
        await accounts.update(tx, actor, changes(data), expected)
        return await oneself(tx, actor)

    @get("/me/organizations", may=May.USE_OWN_ACCOUNT, session_only=True)
    async def list_my_organizations(self, tx: Db, actor: By, page: Paging) -> MyOrganizationPage:
        """List the organizations in which one is an active member."""
        return my_organizations(await queries.organizations(tx, actor, page), actor.organization_id)


async def oneself(tx: Transaction, actor: Actor) -> Response[Me]:
    """200 with the actor's account; the ETag changes with everything that the reply shows."""
    row = await queries.me(tx, actor)
    token = await shown(tx, actor)
    return tagged(me(row, token, actor), me_etag(row, token))
