"""Which members are people, and where letters reach them.

Service members stand in a group and a department for what they may see. Where people are asked,
counted, or made to answer for something, they are left out.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, select

from domain.models.identity.accounts import Account
from domain.models.identity.members import Member
from domain.models.identity.providers import Identity
from domain.words import MemberKind, MemberStatus

# Said outright: as parameters they would hide partial indexes, and nobody chooses them.
_PERSON: ColumnElement[Any] = literal_column(f"'{MemberKind.PERSON}'")
_ACTIVE: ColumnElement[Any] = literal_column(f"'{MemberStatus.ACTIVE}'")
IS_PERSON: ColumnElement[bool] = Member.kind == _PERSON
ACTIVE_PERSON: ColumnElement[bool] = and_(Member.status == _ACTIVE, IS_PERSON)

_TOLD = (
    select(Identity.email)
    .where(
        Identity.organization_id == Member.organization_id,
        Identity.member_id == Member.id,
        Identity.email != literal_column("''"),
    )
    .order_by(Identity.used_at.desc(), Identity.id)
    .limit(literal_column("1"))
    .correlate(Member)
    .scalar_subquery()
)
ADDRESS: ColumnElement[str | None] = func.coalesce(Account.email, _TOLD)
"""Where to write to a member whose account is joined: null for a service member. Whom only an
identity provider lets in has the address that it told last."""


def by_person(author_id: Any, organization_id: Any) -> ColumnElement[bool]:
    """Whether a person said it, if only for their group, and not a program."""
    programs = select(Member.id).where(
        Member.organization_id == organization_id, Member.kind != _PERSON
    )
    return func.coalesce(author_id.not_in(programs), literal_column("true"))
