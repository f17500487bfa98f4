"""A shelf of encoded replies, each good for one tag, in the memory of this process."""

from collections import OrderedDict
from typing import NamedTuple
from uuid import UUID

Key = tuple[UUID, UUID]

ROOM = 64 * 1024 * 1024


class Kept(NamedTuple):
    """The bytes of a reply, and the ETag at which they are right."""

    tag: str
    body: bytes


class Shelf:
    """Replies by key, the least recently used put away first when the room is full."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0

    def get(self, key: Key) -> Kept | None:
        """What is kept under a key, whatever its tag."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep a reply instead of what was kept under its key."""
        self._drop(self._kept.pop(key, None))
        self._kept[key] = kept
        self._size += len(kept.body)
        while self._size > self._room:
            self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, kept: Kept | None) -> None:
        self._size -= len(kept.body) if kept else 0
