"""One's own identities over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.controllers.identity.flows import KIND, Wish, away, back
from api.replies import nothing
from api.schemas.base import present
from api.schemas.identity.identities import (
    Identity,
    IdentityBeginning,
    IdentityPage,
    identity_page,
)
from api.schemas.identity.sign_ins import SignInCompletion, SignInFlow
from api.schemas.pages import Paging
from domain.errors import Invalid, Unauthenticated
from domain.queries.identity import identities as queries
from domain.roles import May
from domain.services.identity import identities


class IdentityController(Controller):
    """As whom identity providers know one."""

    tags = ["Identity"]

    @get("/me/identities", may=May.USE_OWN_ACCOUNT, session_only=True)
    async def list_my_identities(self, tx: Db, actor: By, page: Paging) -> IdentityPage:
        """List as whom identity providers of this organization know one."""
        return identity_page(await queries.own(tx, actor, page))

    @post(
        "/me/identities",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        status_code=200,
        secret_reply=True,
        problems=(503, "bad_redirect_uri", "unknown_identity_provider"),
    )
    async def begin_linking(
        self,
        request: Request[Any, Any, State],
        tx: Db,
        actor: By,
        data: JSONBody[IdentityBeginning],
    ) -> SignInFlow:
        """Begin to link oneself to an identity provider, as `beginSignIn` does."""
        wish = Wish(data.provider_id, data.redirect_uri, member_id=actor.member_id)
        return await away(request.app.state, tx, actor.organization_id, wish)

    @post(
        "/me/identities/complete",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        status_code=200,
        secret_reply=True,
        problems=(409, 422, 503),
    )
    async def complete_linking(
        self, request: Request[Any, Any, State], tx: Db, actor: By, data: JSONBody[SignInCompletion]
    ) -> Identity:
        """Link oneself: from now on this identity of the provider signs one in."""
        state = request.app.state
        opened = state.secrets.open(KIND, data.flow)
        if opened is not None and opened.organization_id != actor.organization_id:
            opened = None
        try:
            flow, vouched = await back(state, tx, opened, data, actor.member_id)
        except Unauthenticated as refusal:  # the session is as good as before
            raise Invalid(refusal.detail, code="linking_refused") from None
        linked = await identities.link(tx, actor, flow, vouched)
        return present(Identity, await queries.one(tx, actor, linked))

    @delete(
        "/me/identities/{identity_id:uuid}",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        problems=(409,),
        forgets_actors=True,
    )
    async def unlink_identity(
        self, tx: Db, actor: By, identity_id: FromPath[UUID]
    ) -> Response[None]:
        """Unlink an identity. Other sessions that its provider began end, this one goes on.

        The last way to sign in stays.
        """
        await identities.unlink(tx, actor, identity_id)
        return nothing()
