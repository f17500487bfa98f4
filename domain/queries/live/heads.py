"""How far streams are, whichever organization they belong to."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Uuid, bindparam, column, func, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.errors import NotFound
from domain.models.maps.journeys import Journey
from domain.models.records.ledger import Head
from domain.queries.live.readers import Channel
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.words import JourneyStatus

_STREAM = bindparam("stream_id", type_=Uuid())

# The function is the owner's: row-level security would confine the question to one organization.
_ASKED = func.touchstone_heads(
    bindparam("organizations", type_=ARRAY(Uuid())), bindparam("streams", type_=ARRAY(Uuid()))
).table_valued(
    column("organization_id", Uuid()), column("stream_id", Uuid()), column("revision", BigInteger())
)
_HEADS = hot(select(_ASKED.c.organization_id, _ASKED.c.stream_id, _ASKED.c.revision))
_OF_JOURNEY = hot(
    select(Head.revision, (Journey.status == JourneyStatus.ARCHIVED.value).label("archived"))
    .join(Head, (Head.organization_id == Journey.organization_id) & (Head.stream_id == Journey.id))
    .where(journey_visible(), Journey.id == _STREAM)
)
_OF_ORGANIZATION = hot(
    select(Head.revision).where(Head.organization_id == ORGANIZATION, Head.stream_id == _STREAM)
)


async def heads(tx: Transaction, channels: Collection[Channel]) -> dict[Channel, int]:
    """The revision of each stream, in one statement for all organizations."""
    rows = await tx.rows(
        _HEADS,
        organizations=[channel.organization_id for channel in channels],
        streams=[channel.stream_id for channel in channels],
    )
    return {Channel(row["organization_id"], row["stream_id"]): row["revision"] for row in rows}


async def of_journey(tx: Transaction, actor: Actor, journey_id: UUID) -> tuple[int, bool]:
    """How far a journey is, and whether it is archived; NotFound for who may not see it."""
    row = await tx.row(_OF_JOURNEY, stream_id=journey_id, **reader(actor))
    if row is None:
        raise NotFound
    return row["revision"], row["archived"]


async def of_organization(tx: Transaction, actor: Actor) -> int:
    """How far the organization's own stream is."""
    found: int = await tx.value(
        _OF_ORGANIZATION, organization_id=actor.organization_id, stream_id=actor.organization_id
    )
    return found
