"""Access tokens over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody, QueryParameter

from api.auth.access import KIND
from api.auth.actor import By, Db
from api.replies import nothing
from api.schemas.identity.access_tokens import (
    AccessToken,
    AccessTokenCreated,
    AccessTokenNew,
    AccessTokenPage,
    access_token,
    access_token_created,
    access_token_page,
)
from api.schemas.pages import Paging
from domain.roles import May
from domain.services.identity import access_tokens
from domain.services.identity.access_tokens import Kept, Wish
from domain.words import TokenStatus

Of = Annotated[UUID | None, QueryParameter(description="Whose tokens; without it one's own.")]
Statuses = Annotated[
    list[TokenStatus] | None, QueryParameter(description="Without it: all of them.")
]


class AccessTokenController(Controller):
    """What programs show instead of a session's token: named, for some scopes, for some days."""

    tags = ["Identity"]

    @post(
        "/access-tokens",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        secret_reply=True,
        problems=(409,),
    )
    async def create_access_token(
        self, request: Request[Any, Any, State], tx: Db, actor: By, data: JSONBody[AccessTokenNew]
    ) -> Response[AccessTokenCreated]:
        """Make an access token. The reply tells the secret, this once.

        It is good for what its scopes allow and its member may at that moment, whichever is less.
        Without `member_id` it is one's own; `manage_tokens` makes tokens for service members, and
        nobody makes them for other people. 409 when 50 of the member are good already.
        """
        minted = request.app.state.secrets.mint(KIND, actor.organization_id)
        wish = Wish(data.name, data.scopes, data.expires_in_days, data.member_id)
        row = await access_tokens.create(tx, actor, wish, Kept(minted.digest, minted.text[-4:]))
        headers = {"Location": f"/v1/access-tokens/{row['id']}"}
        reply = access_token_created(row, minted.text)
        return Response(reply, status_code=201, headers=headers)

    @get("/access-tokens", may=May.USE_OWN_ACCOUNT, session_only=True, problems=(404,))
    async def list_access_tokens(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        member_id: Of = None,
        status: Statuses = None,
    ) -> AccessTokenPage:
        """List one's own access tokens; with `manage_tokens` those of any member.

        Secrets are told nowhere: a token is known by its name and by how it ends.
        """
        filters = {"member_id": member_id, "status": status}
        return access_token_page(await access_tokens.list_tokens(tx, actor, filters, page))

    @get("/access-tokens/{access_token_id:uuid}", may=May.USE_OWN_ACCOUNT, session_only=True)
    async def get_access_token(
        self, tx: Db, actor: By, access_token_id: FromPath[UUID]
    ) -> AccessToken:
        """One access token: one's own or, with `manage_tokens`, that of any member."""
        return access_token(await access_tokens.read(tx, actor, access_token_id))

    @delete(
        "/access-tokens/{access_token_id:uuid}",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        forgets_actors=True,
    )
    async def revoke_access_token(
        self, tx: Db, actor: By, access_token_id: FromPath[UUID]
    ) -> Response[None]:
        """End an access token: one's own or, with `manage_tokens`, that of any member.

        Writes with it are refused at once, reads and open streams within seconds. For one that
        has ended already the answer is 204 too, and why it ended stays as it was.
        """
        await access_tokens.revoke(tx, actor, access_token_id)
        return nothing()
