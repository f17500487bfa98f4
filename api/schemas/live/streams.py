"""What a stream says beside the events of the ledger, and the ticket that opens one."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Instant, Reply, Revision
from domain.database import Row

Ticket = Annotated[
    str, Meta(description="Send it as `?ticket=` when opening a stream; it is shown this once.")
]


class StreamReset(Reply):
    """The position could not be gone on from: read the whole anew, events follow from here."""

    event: Literal["reset"]
    revision: Revision


class StreamRevoked(Reply):
    """You may not listen any more; the stream ends."""

    event: Literal["revoked"]


class PresentMember(Reply):
    """Somebody who has the journey open."""

    member_id: UUID
    since: Instant


class StreamPresence(Reply):
    """Who has the journey open at this moment and lets it be seen, those who came first first."""

    members: list[PresentMember]


class StreamTicket(Reply):
    """Opens one stream, once, for a client that cannot send an Authorization header."""

    ticket: Ticket
    expires_at: Instant


def stream_presence(rows: Sequence[Row]) -> StreamPresence:
    """Who is there, from the rows of the query."""
    return StreamPresence(
        members=[PresentMember(member_id=row["member_id"], since=row["since"]) for row in rows]
    )
