"""Linked identities on the wire."""

from typing import ClassVar
from uuid import UUID

from api.schemas.base import Body, Instant, Reply, present
from api.schemas.identity.provider_fields import ISSUER, OWN_BACK
from api.schemas.identity.sign_ins import RedirectUri
from domain.queries.page import Page


class IdentityBeginning(Body):
    """To which provider to link oneself, and where the browser is to come back to."""

    example: ClassVar = {"redirect_uri": OWN_BACK}

    provider_id: UUID
    redirect_uri: RedirectUri


class Identity(Reply):
    """As whom a provider knows one: its issuer's subject. `email` is what it said last."""

    example: ClassVar = {
        "provider_name": "Staff login",
        "issuer": ISSUER,
        "subject": "248289761001",
        "email": "fay@example.org",
    }

    id: UUID
    provider_id: UUID
    provider_name: str
    issuer: str
    subject: str
    email: str
    linked_at: Instant
    used_at: Instant


class IdentityPage(Reply):
    """One's identities, the newest first."""

    items: list[Identity]
    next_cursor: str | None


def identity_page(page: Page) -> IdentityPage:
    """A page of identities."""
    items = [present(Identity, row) for row in page.rows]
    return IdentityPage(items=items, next_cursor=page.next_cursor)
