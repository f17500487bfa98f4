"""Identity providers on the wire; their secrets go in and never come out."""

from typing import Any, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType, field

from api.schemas.base import Body, Instant, Name, Reply, Version, changes, present
from api.schemas.identity.provider_fields import (
    BACK,
    ISSUER,
    OWN_BACK,
    ClaimName,
    ClientId,
    ClientSecret,
    DefaultGroup,
    DepartmentMap,
    GroupMap,
    Issuer,
    Joins,
    RedirectUris,
    Scopes,
)
from domain.queries.page import Page
from domain.roles import Group


class IdentityProviderNew(Body):
    """An OpenID provider, and what its claims say about members."""

    example: ClassVar = {
        "name": "Staff login",
        "issuer": ISSUER,
        "client_id": "touchstone",
        "client_secret": "what the provider gave you",
        "redirect_uris": [BACK],
        "group_claim": "groups",
        "group_map": {"front-desk": "frontline_staff", "board": "executive"},
        "joins": True,
    }

    name: Name
    issuer: Issuer
    client_id: ClientId
    redirect_uris: RedirectUris
    client_secret: ClientSecret | None = None
    scopes: Scopes = field(default_factory=lambda: ["openid", "profile", "email"])
    group_claim: ClaimName = ""
    group_map: GroupMap = field(default_factory=dict)
    default_group: DefaultGroup = None
    department_claim: ClaimName = ""
    department_map: DepartmentMap = field(default_factory=dict)
    joins: Joins = False
    enabled: bool = True


class IdentityProviderPatch(Body):
    """What to change of a provider. Lists and maps replace what was there; null clears a secret."""

    name: Name | UnsetType = UNSET
    issuer: Issuer | UnsetType = UNSET
    client_id: ClientId | UnsetType = UNSET
    redirect_uris: RedirectUris | UnsetType = UNSET
    client_secret: ClientSecret | UnsetType | None = UNSET
    scopes: Scopes | UnsetType = UNSET
    group_claim: ClaimName | UnsetType = UNSET
    group_map: GroupMap | UnsetType = UNSET
    default_group: DefaultGroup | UnsetType = UNSET
    department_claim: ClaimName | UnsetType = UNSET
    department_map: DepartmentMap | UnsetType = UNSET
    joins: Joins | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class IdentityProvider(Reply):
    """An OpenID provider that vouches for members of this organization."""

    example: ClassVar = {
        "name": "Staff login",
        "issuer": ISSUER,
        "client_id": "touchstone",
        "has_client_secret": True,
        "scopes": ["openid", "profile", "email"],
        "redirect_uris": [OWN_BACK],
        "group_claim": "groups",
        "group_map": {"front-desk": "frontline_staff", "board": "executive"},
        "department_claim": "",
        "enabled": True,
        "joins": True,
    }

    id: UUID
    version: Version
    name: str
    issuer: str
    client_id: str
    has_client_secret: bool
    scopes: list[str]
    redirect_uris: list[str]
    group_claim: str
    group_map: dict[str, Group]
    default_group: Group | None
    department_claim: str
    department_map: dict[str, UUID]
    joins: bool
    enabled: bool
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class IdentityProviderPage(Reply):
    """Identity providers, in the order in which they were added."""

    items: list[IdentityProvider]
    next_cursor: str | None


def identity_provider(source: Any) -> IdentityProvider:
    """A provider, from a row or an entity."""
    read = source.__getitem__ if hasattr(source, "keys") else lambda name: getattr(source, name)
    return present(
        IdentityProvider,
        source,
        has_client_secret=read("client_secret") is not None,
        group_map=msgspec.json.decode(read("group_map"), type=dict[str, Group]),
        department_map=msgspec.json.decode(read("department_map"), type=dict[str, UUID]),
    )


def identity_provider_page(page: Page) -> IdentityProviderPage:
    """A page of providers."""
    items = [identity_provider(row) for row in page.rows]
    return IdentityProviderPage(items=items, next_cursor=page.next_cursor)


def fields(body: IdentityProviderNew | IdentityProviderPatch, sealed: bytes | None) -> Any:
    """The fields that a body names, its secret sealed."""
    named = changes(body)
    return named | {"client_secret": sealed} if "client_secret" in named else named
