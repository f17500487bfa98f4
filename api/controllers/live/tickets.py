"""Tickets for streams, over HTTP."""

from typing import Any

from litestar import Controller, Request, post
from litestar.datastructures import State

from api.auth.actor import By, Db
from api.auth.tickets import KIND
from api.schemas.live.streams import StreamTicket
from domain.roles import May
from domain.services.live import tickets


class StreamTicketController(Controller):
    """Opening a stream from a browser."""

    tags = ["Live"]

    @post("/stream-tickets", may=May.USE_OWN_ACCOUNT, status_code=200, secret_reply=True)
    async def create_stream_ticket(
        self, request: Request[Any, Any, State], tx: Db, actor: By
    ) -> StreamTicket:
        """Get a ticket that opens one stream, once, within a minute.

        For EventSource, which cannot send an Authorization header: `?ticket=...` on streamJourney
        or streamOrganization. It speaks for this session and ends with it. Ask for a new one before
        every connection: the second use of one is refused like any bad token.
        """
        minted = request.app.state.secrets.mint(KIND, actor.organization_id)
        ticket = await tickets.issue(tx, actor, minted.digest)
        return StreamTicket(ticket=minted.text, expires_at=ticket.expires_at)
