"""Where the content of files is kept, as far as the domain knows: by keys that tell nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4


class FileStore(Protocol):
    """What is under a key never changes; a key of its own is made for every file."""

    async def put(self, key: str, content: bytes) -> None: ...
    async def remove(self, *keys: str) -> None: ...
    def older_than(self, prefix: str, age: timedelta) -> AsyncIterator[str]: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it is to be kept; `width` and `height` in pixels where it is a picture."""

    name: str
    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None


def new_key(organization_id: UUID, kind: str) -> str:
    """A key that nobody can know before: `organization/kind/random`."""
    return f"{organization_id}/{kind}/{uuid4().hex}"
