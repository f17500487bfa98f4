"""Access tokens: what programs show instead of a session's token."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import SECRET, Base, Tenant, link, of_organization


class AccessToken(Tenant, Base, kw_only=True):
    """A named right to act as a member, for a while, within scopes.

    How long, for what, when it was used last and whether it is over stands in its session. Only a
    keyed hash of the secret is kept; `ending` is its last four characters, to be told apart by.
    """

    __tablename__ = "access_tokens"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        link("created_by", "members"),
        UniqueConstraint("organization_id", "secret_hash"),
        UniqueConstraint("organization_id", "session_id"),
        Index("ix_access_tokens_member", "organization_id", "member_id", "id"),
    )

    member_id: Mapped[UUID]
    session_id: Mapped[UUID]
    name: Mapped[str]
    ending: Mapped[str]
    secret_hash: Mapped[bytes] = mapped_column(info=SECRET)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
