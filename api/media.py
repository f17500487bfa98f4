"""Looking into files that were sent: what they are, and pictures drawn anew.

A picture is decoded and encoded again: what stood beside the pixels (where it was taken, by which
camera, whatever somebody hid in it) is gone. It happens one at a time, in a thread of its own, and
a few may wait for it: each of them keeps a whole file in memory.
"""

import asyncio
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageOps

from domain.errors import Invalid, Unavailable
from domain.files import Incoming
from domain.rules.media import PICTURES, MediaType, file_name, media_type
from domain.services.steps.refusing import impossible

LONGEST: Final = 4096
"""Pixels of the longer side; larger pictures are made smaller."""
MOST_PIXELS: Final = 40_000_000
"""What is not even decoded: a small file can claim to be a picture of any size."""
_FORMATS: Final = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_KEPT: Final[dict[MediaType, dict[str, Any]]] = {
    MediaType.JPEG: {"quality": 88, "optimize": True},
    MediaType.PNG: {"optimize": True},
    MediaType.WEBP: {"quality": 88},
}
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
    async with PENCIL:
        drawn, size = await asyncio.to_thread(redrawn, kind, content)
    return Incoming(file_name(name, kind), kind.value, drawn, *size)


def redrawn(kind: MediaType, content: bytes) -> tuple[bytes, tuple[int, int]]:
    """The pixels of a picture and nothing else, upright and not larger than is of use."""
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _refused(f"Send a picture of at most {MOST_PIXELS:,} pixels.")
            return _plain(kind, ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused("This picture cannot be read: is it whole?") from error


def _plain(kind: MediaType, upright: Image.Image) -> tuple[bytes, tuple[int, int]]:
    # Not every mode can be made smaller: colors first.
    clear = upright.has_transparency_data and kind is not MediaType.JPEG
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((LONGEST, LONGEST))
    plain.info.clear()
    out = BytesIO()
    plain.save(out, _FORMATS[kind], **_KEPT[kind])
    return out.getvalue(), plain.size


def _refused(detail: str) -> Invalid:
    return impossible(detail, "unreadable_picture", "file")
