"""Channels on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from api.schemas.base import Body, Instant, Name, Reply, Version, present
from domain.queries.page import Page

Key = Annotated[
    str,
    Meta(
        max_length=50,
        pattern=r"^[a-z][a-z0-9_]*$(?!\n)",
        description="A short name that never changes: lower case letters, digits, underscores.",
    ),
]


class ChannelNew(Body):
    """A way to meet customers that is not on the list yet."""

    key: Key
    name: Name


class Channel(Reply):
    """A way to meet customers: website, phone, in person."""

    id: UUID
    version: Version
    key: str
    name: str
    created_by: UUID
    created_at: Instant
    updated_at: Instant


class ChannelPage(Reply):
    """Channels in the order in which they were added."""

    items: list[Channel]
    next_cursor: str | None


def channel_page(page: Page) -> ChannelPage:
    """A page of channels."""
    items = [present(Channel, row) for row in page.rows]
    return ChannelPage(items=items, next_cursor=page.next_cursor)
