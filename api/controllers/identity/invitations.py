"""Invitations over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody, QueryParameter

from api.auth.actor import By, Db
from api.auth.client import client_network
from api.auth.passwords import require_good
from api.auth.precondition import Expected
from api.auth.secrets import Minted
from api.mail import invitation as letter_of
from api.replies import created, found, nothing, shown
from api.schemas.base import changes, present
from api.schemas.identity.invitations import (
    Invitation,
    InvitationAcceptance,
    InvitationNew,
    InvitationPage,
    invitation_page,
)
from api.schemas.identity.members import Member, member
from api.schemas.pages import Paging
from domain.actor import Actor
from domain.database import Transaction
from domain.queries.identity import invitations as queries
from domain.queries.identity.organizations import organization
from domain.roles import May
from domain.services.identity import acceptance, invitations
from domain.services.identity.acceptance import Acceptance
from domain.services.steps.inviting import InvitationGone
from domain.words import InvitationStatus

KIND = "inv"

Statuses = Annotated[
    list[InvitationStatus] | None, QueryParameter(description="Without it: all of them.")
]


class InvitationController(Controller):
    """Asking people to join, and joining."""

    tags = ["Identity"]

    # Whoever accepts signs in: an access token would invite itself to a full session.
    @post("/invitations", may=May.MANAGE_INVITATIONS, session_only=True)
    async def invite_member(
        self, request: Request[Any, Any, State], tx: Db, actor: By, data: JSONBody[InvitationNew]
    ) -> Response[Invitation]:
        """Invite a person by mail. The letter carries a secret that lets them join."""
        minted = request.app.state.secrets.mint(KIND, actor.organization_id)
        made = await invitations.send(tx, actor, changes(data), minted.digest)
        reply = created(present(Invitation, made), f"/v1/invitations/{made.id}")
        return await mailed(request.app.state, tx, actor, reply, minted)

    @get("/invitations", may=May.MANAGE_INVITATIONS)
    async def list_invitations(
        self, tx: Db, actor: By, page: Paging, status: Statuses = None
    ) -> InvitationPage:
        """List the invitations, newest first."""
        filters = {"status": status}
        return invitation_page(await queries.list_invitations(tx, actor, filters, page))

    @get("/invitations/{invitation_id:uuid}", may=May.MANAGE_INVITATIONS)
    async def get_invitation(
        self, tx: Db, actor: By, invitation_id: FromPath[UUID]
    ) -> Response[Invitation]:
        """One invitation."""
        row = await invitations.read(tx, actor, invitation_id)
        return shown(present(Invitation, row))

    @post(
        "/invitations/{invitation_id:uuid}/resend",
        may=May.MANAGE_INVITATIONS,
        session_only=True,
        status_code=200,
        problems=(409, 429),
    )
    async def resend_invitation(
        self, request: Request[Any, Any, State], tx: Db, actor: By, invitation_id: FromPath[UUID]
    ) -> Response[Invitation]:
        """Send the letter again with a new secret and a new term. The old secret is void."""
        minted = request.app.state.secrets.mint(KIND, actor.organization_id)
        sent = await invitations.resend(tx, actor, invitation_id, minted.digest)
        reply = found(present(Invitation, sent))
        return await mailed(request.app.state, tx, actor, reply, minted)

    @delete("/invitations/{invitation_id:uuid}", may=May.MANAGE_INVITATIONS, problems=(409,))
    async def revoke_invitation(
        self, tx: Db, actor: By, invitation_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take an invitation back. Its secret is void from now on."""
        await invitations.revoke(tx, actor, invitation_id, expected)
        return nothing()

    @post("/invitations/accept", public=True, problems=(401, 404, 409, 422))
    async def accept_invitation(
        self, request: Request[Any, Any, State], tx: Db, data: JSONBody[InvitationAcceptance]
    ) -> Response[Member]:
        """Join with the secret from the letter. Then sign in.

        Whoever has no account under the address gets one with this password; whoever has one
        proves with its password that it is theirs.
        """
        state = request.app.state
        opened = state.secrets.open(KIND, data.secret)
        if opened is None or opened.organization_id is None:
            raise InvitationGone
        given = Acceptance(
            opened.organization_id,
            opened.digests,
            data.name,
            data.password,
            client_network(request),
        )
        row, actor = await acceptance.accept(tx, state.passwords, require_good, given)
        return created(member(row, actor), f"/v1/members/{row['id']}")


async def mailed(
    state: State, tx: Transaction, actor: Actor, reply: Response[Invitation], minted: Minted
) -> Response[Invitation]:
    """The reply, and after it the letter: nobody is invited by a transaction that failed."""
    name = (await organization(tx, actor))["name"]
    invited = reply.content
    letter = letter_of(invited.email, invited.name, name, minted.text)
    reply.background = BackgroundTask(state.mailer.send, letter)
    return reply
