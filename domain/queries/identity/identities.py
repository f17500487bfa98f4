"""Identities: as whom identity providers know a member."""

from uuid import UUID

from sqlalchemy import (
    Text,
    Uuid,
    bindparam,
    select,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.identity.providers import Identity, IdentityProvider
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ORGANIZATION

_LAST = UUID(int=2**128 - 1)
_MEMBER = bindparam("member_id", type_=Uuid())
_ITS_PROVIDER = (IdentityProvider.organization_id == Identity.organization_id) & (
    IdentityProvider.id == Identity.provider_id
)
_KNOWN = hot(
    select(Identity.id, Identity.member_id).where(
        Identity.organization_id == ORGANIZATION,
        Identity.provider_id == bindparam("provider_id", type_=Uuid()),
        Identity.issuer == bindparam("issuer", type_=Text()),
        Identity.subject == bindparam("subject", type_=Text()),
    )
)
_TOLD = (
    select(
        Identity.id,
        Identity.provider_id,
        IdentityProvider.name.label("provider_name"),
        Identity.issuer,
        Identity.subject,
        Identity.email,
        Identity.linked_at,
        Identity.used_at,
    )
    .join(IdentityProvider, _ITS_PROVIDER)
    .where(Identity.organization_id == ORGANIZATION, Identity.member_id == _MEMBER)
)
_ONE = hot(_TOLD.where(Identity.id == bindparam("id", type_=Uuid())))
_OWN = hot(
    _TOLD.where(Identity.id < bindparam("before", type_=Uuid()))
    .order_by(Identity.id.desc())
    .limit(bindparam("limit"))
)


async def known(tx: Transaction, provider_id: UUID, issuer: str, subject: str) -> Row | None:
    """Whom a provider means by a subject; the organization must have been entered."""
    return await tx.row(
        _KNOWN,
        organization_id=tx.organization_id,
        provider_id=provider_id,
        issuer=issuer,
        subject=subject,
    )


async def own(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of the actor's identities, the newest first."""
    bound = binding("identities", {"member": actor.member_id})
    rows = await tx.rows(
        _OWN,
        organization_id=actor.organization_id,
        member_id=actor.member_id,
        before=decode_id(bound, page.cursor) or _LAST,
        limit=page.limit + 1,
    )
    return cut_by_id(rows, page.limit, bound)


async def one(tx: Transaction, actor: Actor, identity_id: UUID) -> Row:
    """One of the actor's identities, which must exist."""
    given = {"organization_id": actor.organization_id, "member_id": actor.member_id}
    row = await tx.row(_ONE, id=identity_id, **given)
    assert row is not None, "it was linked in this transaction"
    return row
