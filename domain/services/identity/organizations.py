"""The organization's own settings."""

from collections.abc import Mapping
from typing import Any

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.identity.organizations import Organization
from domain.policy import require
from domain.roles import May
from domain.rules.settings import possible
from domain.services.steps.changing import change
from domain.services.steps.places import current


async def update(
    tx: Transaction, actor: Actor, changes: Mapping[str, Any], expected: int
) -> Organization:
    """Change the name, the description, the calendar, the chain of command and its terms."""
    head = await ledger.lock_organization(tx, actor)
    organization = await tx.entity(Organization, actor.organization_id)
    if organization is None:
        raise NotFound
    require(actor, May.MANAGE_ORGANIZATION, actor.standing())
    current(organization.version, expected)
    if change(organization, possible(changes)):
        await ledger.record(tx, actor, head, Fact(Verb.ORGANIZATION_UPDATED, organization))
    return organization
