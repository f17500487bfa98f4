"""Who else vouches for a person: identity providers, and whom they know here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.clock import now
from domain.models.base import SECRET, Base, Recorded, Tenant, link, of_organization, one_of
from domain.roles import Group
from domain.words import SubjectKind


class IdentityProvider(Recorded, Base, kw_only=True):
    """An OpenID provider that lets members of one organization in.

    `group_map` and `department_map` are canonical JSON, {claim value: group} and
    {claim value: department id}. Who is not known yet joins when `joins` is set, in the group of
    their claim or in `default_group`. `client_secret` is sealed.
    """

    __tablename__ = "identity_providers"
    subject_kind = SubjectKind.IDENTITY_PROVIDER
    __table_args__ = (
        of_organization(),
        link("created_by", "members"),
        one_of("default_group", Group),
        Index(
            "uq_identity_providers_issuer",
            "organization_id",
            "issuer",
            "client_id",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    name: Mapped[str]
    issuer: Mapped[str]
    client_id: Mapped[str]
    client_secret: Mapped[bytes | None] = mapped_column(default=None, info=SECRET)
    scopes: Mapped[list[str]]
    redirect_uris: Mapped[list[str]]
    group_claim: Mapped[str] = mapped_column(default="")
    group_map: Mapped[str] = mapped_column(default="{}")
    default_group: Mapped[str | None] = mapped_column(default=None)
    department_claim: Mapped[str] = mapped_column(default="")
    department_map: Mapped[str] = mapped_column(default="{}")
    joins: Mapped[bool] = mapped_column(default=False)
    enabled: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    updated_at: Mapped[datetime] = mapped_column(default_factory=now)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)


class Identity(Tenant, Base, kw_only=True):
    """A member as an issuer knows them: by its subject, never by an e-mail address.

    `email` is what the provider told last; letters go there when the account has no address.
    """

    __tablename__ = "identities"
    __table_args__ = (
        of_organization(),
        link("member_id", "members"),
        link("provider_id", "identity_providers"),
        UniqueConstraint("organization_id", "provider_id", "issuer", "subject"),
        Index("ix_identities_member", "organization_id", "member_id", "id"),
    )

    provider_id: Mapped[UUID]
    issuer: Mapped[str]
    subject: Mapped[str]
    member_id: Mapped[UUID]
    email: Mapped[str] = mapped_column(default="")
    linked_at: Mapped[datetime] = mapped_column(default_factory=now)
    used_at: Mapped[datetime] = mapped_column(default_factory=now)


class SignInFlow(Tenant, Base, kw_only=True):
    """A way to a provider and back that somebody has begun: good once, and for ten minutes.

    Whoever comes back takes the row away. `secret_hash` binds it to the browser that began it,
    `state_hash` to what comes back; `verifier` is the sealed PKCE code verifier. With `member_id`
    it links, with `invitation_id` it accepts.
    """

    __tablename__ = "sign_in_flows"
    __table_args__ = (
        of_organization(),
        link("provider_id", "identity_providers"),
        link("member_id", "members"),
        link("invitation_id", "invitations"),
        UniqueConstraint("organization_id", "secret_hash"),
    )

    provider_id: Mapped[UUID]
    secret_hash: Mapped[bytes] = mapped_column(info=SECRET)
    state_hash: Mapped[bytes] = mapped_column(info=SECRET)
    nonce: Mapped[str]
    verifier: Mapped[bytes] = mapped_column(info=SECRET)
    redirect_uri: Mapped[str]
    device: Mapped[str] = mapped_column(default="")
    member_id: Mapped[UUID | None] = mapped_column(default=None)
    invitation_id: Mapped[UUID | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default_factory=now)
    expires_at: Mapped[datetime]
