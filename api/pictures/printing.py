"""From pictures to PDF: in another process, few at a time, and not for long."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from api.pictures import press
from api.pictures.drawing import drawn
from api.pictures.marks import Picture
from domain.errors import Invalid, Unavailable

AT_ONCE, WAITING = 2, 6
SECONDS = 20.0
LARGEST = 64 * 1024 * 1024
TOO_LARGE = "It is too large for a picture: ask for a part of it, or for another format."


class Page(Struct):
    """A picture as it goes into a document."""

    svg: str
    alt: str
    width: float
    height: float


class Printer:
    """Prints documents. `fonts` is a folder for more fonts; it need not be there."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._free = asyncio.Semaphore(AT_ONCE)
        self._asked = 0

    async def printed(self, template: press.Template, told: bytes, at: datetime) -> bytes:
        """The PDF of a template with its data; Unavailable when too many are asked for at once."""
        fonts = [str(self._fonts)] if self._fonts.is_dir() else []
        job = press.Job(template, told.decode(), fonts, int(at.timestamp()))
        asked = msgspec.json.encode(job)
        if len(asked) > LARGEST:
            raise Invalid(TOO_LARGE, code="too_large")
        if self._asked >= AT_ONCE + WAITING:
            raise Unavailable(retry_after=2)
        self._asked += 1
        try:
            async with self._free:
                return await _pressed(asked)
        finally:
            self._asked -= 1


async def _pressed(asked: bytes) -> bytes:
    """What the press makes of a job; it inherits no environment, and so no secrets."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", press.__file__),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={},
    )
    try:
        async with asyncio.timeout(SECONDS):
            made, complaint = await process.communicate(asked)
    except TimeoutError:
        raise Invalid(TOO_LARGE, code="too_large") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(complaint.decode(errors="replace")[-2000:])
    return made


def page(picture: Picture) -> Page:
    """A picture ready for a document."""
    return Page(drawn(picture), picture.description(), picture.width, picture.height)


def pages(title: str, pictures: Sequence[Picture]) -> bytes:
    """The data of a document with a picture on each page."""
    found = [page(one) for one in pictures]
    return msgspec.json.encode({"title": title, "pages": found})
