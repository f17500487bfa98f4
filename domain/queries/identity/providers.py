"""Identity providers: for administrators, and for whoever is about to sign in."""

from functools import cache
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.providers import IdentityProvider
from domain.queries.listing import oldest_of_all
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION

MOST = 20
"""How many an organization may have."""

_ID = bindparam("id", type_=Uuid())
_PROVIDERS = select(*IdentityProvider.__table__.c).where(
    IdentityProvider.organization_id == ORGANIZATION, IdentityProvider.removed_at.is_(None)
)
_ONE = hot(_PROVIDERS.where(IdentityProvider.id == _ID))
_OPEN = hot(_PROVIDERS.where(IdentityProvider.id == _ID, IdentityProvider.enabled))
_OFFERED = hot(
    select(IdentityProvider.id, IdentityProvider.name)
    .where(
        IdentityProvider.organization_id == ORGANIZATION,
        IdentityProvider.removed_at.is_(None),
        IdentityProvider.enabled,
    )
    .order_by(IdentityProvider.name, IdentityProvider.id)
    .limit(MOST)
)
_COUNT = hot(
    select(func.count()).where(
        IdentityProvider.organization_id == ORGANIZATION, IdentityProvider.removed_at.is_(None)
    )
)


@cache
def _list(paged: bool) -> Hot:
    statement = _PROVIDERS
    if paged:
        statement = statement.where(IdentityProvider.id > bindparam("after", type_=Uuid()))
    return hot(statement.order_by(IdentityProvider.id).limit(bindparam("limit")))


async def list_providers(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of identity providers, in the order in which they were added."""
    return await oldest_of_all(tx, actor, "identity providers", _list, page)


async def provider(tx: Transaction, actor: Actor, provider_id: UUID) -> Row:
    """One identity provider; NotFound without one."""
    row = await tx.row(_ONE, organization_id=actor.organization_id, id=provider_id)
    if row is None:
        raise NotFound
    return row


async def open_provider(tx: Transaction, provider_id: UUID) -> Row | None:
    """One that lets people in now; the organization must have been entered."""
    return await tx.row(_OPEN, organization_id=tx.organization_id, id=provider_id)


async def offered(tx: Transaction, organization_id: UUID) -> list[Row]:
    """Those by which one may sign in: no more than their names, and none of nobody's."""
    await tx.enter(organization_id)
    return await tx.rows(_OFFERED, organization_id=organization_id)


async def count(tx: Transaction, actor: Actor) -> int:
    """How many there are, switched off ones too."""
    return int(await tx.value(_COUNT, organization_id=actor.organization_id))
