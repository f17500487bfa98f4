"""Looking into files that were sent: what they are, and pictures drawn anew.

Drawing happens one at a time, in a thread of its own, and a few may wait for it: each of them keeps
a whole file in memory.
"""

import asyncio
from typing import Final

from domain.errors import Unavailable
from domain.files import Incoming
from domain.rules.media import PICTURES, file_name, media_type
from domain.services.steps.refusing import impossible

WAITING: Final = 8
"""How many pictures may wait to be drawn."""


class Pencil:
    """Lets one draw at a time; Unavailable to whoever comes when enough are waiting already."""

    def __init__(self) -> None:
        self._free = asyncio.Lock()
        self.waiting = 0

    async def __aenter__(self) -> None:
        if self.waiting >= WAITING:
            detail = "Many pictures are being drawn: send it again after as long as Retry-After."
            raise Unavailable(5, detail)
        self.waiting += 1
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._free.release()


PENCIL = Pencil()


async def incoming(name: str, content: bytes) -> Incoming:
    """A file as it is to be kept; Invalid for what may not be attached."""
    kind = media_type(content)
    if kind is None:
        detail = "Send a JPEG, PNG or WebP picture, MP3, M4A, Ogg, WebM or WAV sound, or a PDF."
        raise impossible(detail, "unknown_media_type", "file")
    if kind not in PICTURES:
        return Incoming(file_name(name, kind), kind.value, content)
    from api.pixels import redrawn

    async with PENCIL:
        drawn, size = await asyncio.to_thread(redrawn, kind, content)
    return Incoming(file_name(name, kind), kind.value, drawn, *size)
