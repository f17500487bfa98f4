"""How else somebody could sign in: before a way in is closed."""

from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, exists, or_, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.models.identity.providers import Identity, IdentityProvider
from domain.queries.readers import ORGANIZATION
from domain.words import MemberStatus

_MEMBER = bindparam("member_id", type_=Uuid())
_PROVIDER = bindparam("provider_id", type_=Uuid())
_ITS_PROVIDER = (IdentityProvider.organization_id == Identity.organization_id) & (
    IdentityProvider.id == Identity.provider_id
)
_LETS_IN = IdentityProvider.enabled & IdentityProvider.removed_at.is_(None)


def _otherwise(but: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a member can sign in with a password or by an identity that is not one of `but`."""
    by_identity = exists(
        select(Identity.id)
        .join(IdentityProvider, _ITS_PROVIDER)
        .where(
            Identity.organization_id == Member.organization_id,
            Identity.member_id == Member.id,
            _LETS_IN,
            ~but,
        )
    )
    return or_(Account.password_hash.is_not(None) & Account.email.is_not(None), by_identity)


def _members() -> ColumnElement[bool]:
    return (Member.organization_id == ORGANIZATION) & (Member.status == MemberStatus.ACTIVE.value)


_OTHER_WAY = hot(
    select(
        exists(
            select(Member.id)
            .join(Account, Account.id == Member.account_id)
            .where(
                _members(),
                Member.id == _MEMBER,
                _otherwise(Identity.id == bindparam("identity_id", type_=Uuid())),
            )
        )
    )
)


def _an_administrator(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(Member.id)
        .join(Account, Account.id == Member.account_id)
        .where(_members(), Member.administrator, which)
    )


_BY_IT = exists(
    select(Identity.id).where(
        Identity.organization_id == Member.organization_id,
        Identity.member_id == Member.id,
        Identity.provider_id == _PROVIDER,
    )
)
_LOCKS_OUT = hot(
    select(
        _an_administrator(_BY_IT)
        & ~_an_administrator(_otherwise(Identity.provider_id == _PROVIDER))
    )
)


async def other_way(tx: Transaction, actor: Actor, identity_id: UUID) -> bool:
    """Whether the actor can sign in without this identity."""
    given = {"organization_id": actor.organization_id, "member_id": actor.member_id}
    return bool(await tx.value(_OTHER_WAY, identity_id=identity_id, **given))


async def locks_out(tx: Transaction, actor: Actor, provider_id: UUID) -> bool:
    """Whether administrators sign in by this provider, and none could without it."""
    given = {"organization_id": actor.organization_id, "provider_id": provider_id}
    return bool(await tx.value(_LOCKS_OUT, **given))
