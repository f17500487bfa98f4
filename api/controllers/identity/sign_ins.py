"""Signing in by an identity provider, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.params import JSONBody, QueryParameter

from api.auth.actor import Db
from api.auth.client import client_network
from api.controllers.identity.flows import KIND, Wish, away, back
from api.controllers.identity.sessions import opened
from api.schemas.identity.sessions import SignedIn
from api.schemas.identity.sign_ins import (
    SignInBeginning,
    SignInCompletion,
    SignInFlow,
    SignInProviders,
    sign_in_providers,
)
from domain.queries.identity import providers
from domain.services.identity import sign_ins
from domain.services.steps.inviting import InvitationGone
from domain.services.steps.throttling import SIGN_INS_PER_ADDRESS, reserve

INVITATION = "inv"

Organization = Annotated[UUID, QueryParameter(description="The organization to sign in to.")]


class SignInController(Controller):
    """Being let in on the word of somebody else."""

    tags = ["Identity"]

    @get("/sign-in/providers", public=True)
    async def list_sign_in_providers(
        self, tx: Db, organization_id: Organization
    ) -> SignInProviders:
        """List by which identity providers one may sign in to an organization.

        An organization without any and one that does not exist look the same.
        """
        return sign_in_providers(await providers.offered(tx, organization_id))

    @post(
        "/sign-in/flows",
        public=True,
        status_code=200,
        problems=(404, 429, 503, "bad_redirect_uri", "unknown_identity_provider"),
    )
    async def begin_sign_in(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[SignInBeginning]
    ) -> SignInFlow:
        """Begin to sign in by an identity provider.

        Keep `flow` in this browser and send the browser to `authorization_url`. It comes back to
        the redirect URI with `code` and `state`, or with `error`: hand them to `completeSignIn`.
        """
        state = request.app.state
        await reserve(tx, (SIGN_INS_PER_ADDRESS, client_network(request)))
        await tx.enter(data.organization_id)
        wish = Wish(data.provider_id, data.redirect_uri, data.device)
        if data.invitation is not None:
            shown = state.secrets.open(INVITATION, data.invitation)
            if shown is None or shown.organization_id != data.organization_id:
                raise InvitationGone
            offer = await sign_ins.invited(tx, data.organization_id, shown.digests)
            wish = wish._replace(invitation_id=offer)
        return await away(state, tx, data.organization_id, wish)

    @post(
        "/sign-in/flows/complete",
        public=True,
        problems=(401, 403, 404, 409, 422, 429, 503),
        forgets_actors=True,
    )
    async def complete_sign_in(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[SignInCompletion]
    ) -> Response[SignedIn]:
        """Sign in with what the identity provider gave the browser.

        A flow is good once, whatever comes of it. The session opens this organization only.
        Whoever the provider knows and nobody here joins, where the organization has said so.
        """
        state = request.app.state
        await reserve(tx, (SIGN_INS_PER_ADDRESS, client_network(request)))
        flow, vouched = await back(state, tx, state.secrets.open(KIND, data.flow), data, None)
        return opened(state, await sign_ins.admit(tx, flow, vouched))
