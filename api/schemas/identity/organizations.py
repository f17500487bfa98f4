"""The organization on the wire."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from api.schemas.base import Body, Instant, Name, Reply, Text, Version

NamesLeaders = Annotated[
    bool,
    Meta(description="Whether ratings of decision-makers and executives show with their names."),
]


class OrganizationPatch(Body):
    """What to change of the organization."""

    name: Name | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    names_leaders: NamesLeaders | UnsetType = UNSET


class Organization(Reply):
    """The organization of the token: everything the API shows belongs to it."""

    id: UUID
    version: Version
    name: str
    description: str
    names_leaders: NamesLeaders
    created_at: Instant
    updated_at: Instant
