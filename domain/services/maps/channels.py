"""Channels: create."""

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.channels import Channel
from domain.policy import require
from domain.roles import May


async def create(tx: Transaction, actor: Actor, key: str, name: str) -> Channel:
    """A new channel; its key is taken for good."""
    require(actor, May.MANAGE_CHANNELS, actor.standing())
    head = await ledger.lock_organization(tx, actor)
    channel = Channel(
        organization_id=actor.organization_id, key=key, name=name, created_by=actor.member_id
    )
    await tx.add(channel)
    await ledger.record(tx, actor, head, Fact(Verb.CHANNEL_CREATED, channel))
    return channel
