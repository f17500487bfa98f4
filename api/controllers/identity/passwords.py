"""Passwords over HTTP."""

from typing import Any

from litestar import Controller, MediaType, Request, Response, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import State
from litestar.params import JSONBody

from api.auth.actor import By, Db
from api.auth.client import client_network
from api.auth.passwords import require_good
from api.mail import password_reset
from api.replies import nothing
from api.schemas.identity.passwords import (
    PasswordChange,
    PasswordResetRedemption,
    PasswordResetRequest,
)
from domain.roles import May
from domain.services.identity import passwords
from domain.services.identity.passwords import Change

KIND = "reset"


class PasswordController(Controller):
    """Changing a password, and getting a new one when it was forgotten."""

    tags = ["Identity"]

    @post(
        "/me/password",
        may=May.USE_OWN_ACCOUNT,
        session_only=True,
        status_code=204,
        secret_reply=True,  # what was sent is a secret, too: not even its digest is kept
        forgets_actors=True,
    )
    async def change_password(
        self, request: Request[Any, Any, State], tx: Db, actor: By, data: JSONBody[PasswordChange]
    ) -> Response[None]:
        """Set a new password, knowing the present one. All other sessions of the account end.

        Its access tokens stay: no password made them. `resetPassword` ends those as well.
        """
        wish = Change(data.current_password, data.new_password, client_network(request))
        await passwords.change(tx, request.app.state.passwords, require_good, actor, wish)
        return nothing()

    @post("/password-resets", public=True, status_code=202, reply=None)
    async def request_password_reset(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[PasswordResetRequest]
    ) -> Response[bytes]:
        """Have a code sent by mail with which to set a new password.

        The answer is the same whether there is such an account or not.
        """
        await passwords.ask(tx, data.email, client_network(request))
        after = BackgroundTask(send_code, request.app.state, data.email)
        return Response(b"", status_code=202, media_type=MediaType.TEXT, background=after)

    @post(
        "/password-resets/redeem",
        public=True,
        status_code=204,
        problems=(422,),
        forgets_actors=True,
    )
    async def reset_password(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[PasswordResetRedemption]
    ) -> Response[None]:
        """Set a new password with the code from the letter. Every session of the account ends."""
        state = request.app.state
        opened = state.secrets.open(KIND, data.secret)
        if opened is None:
            raise passwords.refused()
        await passwords.reset(tx, state.passwords, require_good, opened.digests, data.password)
        return nothing()


async def send_code(state: State, email: str) -> None:
    """Write to the account, if there is one: after the answer, so that its time tells nothing."""
    minted = state.secrets.mint(KIND)
    async with state.database.transaction() as tx:
        account = await passwords.begin_reset(tx, email, minted.digest)
    if account is not None:
        letter = password_reset(account["email"], account["name"], minted.text)
        await state.mailer.send(letter)
