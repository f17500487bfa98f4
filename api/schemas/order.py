"""Where something is to stand: on the wire, and as the domain wants to hear it."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, UnsetType

from domain.rules.ordering import End

After = Annotated[
    UUID | None,
    Meta(description="The neighbor to stand right after; null puts it first."),
]


def where(after: UUID | UnsetType | None) -> UUID | End:
    """Absent means last, null means first."""
    if isinstance(after, UnsetType):
        return End.LAST
    return End.FIRST if after is None else after
