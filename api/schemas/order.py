"""Where something is to stand, as the domain wants to hear it."""

from uuid import UUID

from msgspec import UnsetType

from domain.rules.ordering import End


def where(after: UUID | UnsetType | None) -> UUID | End:
    """Absent means last, null means first."""
    if isinstance(after, UnsetType):
        return End.LAST
    return End.FIRST if after is None else after
