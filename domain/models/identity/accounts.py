"""What belongs to no organization: who can sign in, and how. Only identity reaches it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.ids import new_id
from domain.models.base import Base


class Account(Base, kw_only=True):
    """A person who can sign in, to one organization or several.

    Without an e-mail address it is a service member's, which signs in nowhere, or that of somebody
    whom only an identity provider lets in.
    """

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str] = mapped_column(default="en")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)


class Membership(Base, kw_only=True):
    """Where an account may sign in: the one index from a person to their organizations."""

    __tablename__ = "memberships"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    member_id: Mapped[UUID]
    active: Mapped[bool] = mapped_column(default=True)


class Session(Base, kw_only=True):
    """One sign-in on one device: a family of refresh tokens, of which the newest is valid.

    The generation before the newest is remembered so that a reply lost on the way signs nobody out.
    Behind an access token stands one too, with the `scopes` it is for and without refresh tokens,
    so that whatever ends a session ends a token. `provider_id` is the identity provider that let
    somebody in: such a session opens no other organization.
    """

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    member_id: Mapped[UUID]
    generation: Mapped[int] = mapped_column(default=0)
    seed: Mapped[bytes]
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    used_at: Mapped[datetime] = mapped_column(default_factory=now)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    end_reason: Mapped[str | None] = mapped_column(default=None)
    scopes: Mapped[list[str] | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    provider_id: Mapped[UUID | None] = mapped_column(default=None)


class Throttle(Base, kw_only=True):
    """When something guessable was tried last, over all processes: the times that still count."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[list[datetime]] = mapped_column(ARRAY(DateTime(timezone=True)))
    tried_at: Mapped[datetime] = mapped_column(index=True)


class PasswordReset(Base, kw_only=True):
    """A single-use right to set a new password; only a keyed hash of its secret is kept."""

    __tablename__ = "password_resets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
