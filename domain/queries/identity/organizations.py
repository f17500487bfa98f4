"""The organization as its members see it."""

from sqlalchemy import select

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.organizations import Organization
from domain.queries.readers import ORGANIZATION

_ONE = hot(select(*Organization.__table__.c).where(Organization.id == ORGANIZATION))


async def organization(tx: Transaction, actor: Actor) -> Row:
    """The actor's own organization; no other can be asked for."""
    row = await tx.row(_ONE, organization_id=actor.organization_id)
    if row is None:
        raise NotFound
    return row
