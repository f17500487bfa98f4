"""From pictures to PDF: in another process, few at a time, and not for long."""

import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from subprocess import CalledProcessError, TimeoutExpired, run
from threading import BoundedSemaphore

import msgspec
from msgspec import Struct

from api.pictures import press
from api.pictures.marks import Picture
from domain.errors import Invalid, Unavailable

logger = logging.getLogger(__name__)

AT_ONCE, WAITING = 2, 2
SECONDS = 20.0
LARGEST = 64 * 1024 * 1024
UNPRINTABLE = "It holds letters that cannot be laid out on paper: ask for an SVG."
TOO_LARGE = "It is too large for a picture: ask for a part of it, or for another format."


class Page(Struct):
    """A picture as it goes into a document."""

    svg: str
    alt: str
    width: float
    height: float


class Printer:
    """Prints documents, for whoever has a thread to spend: a call returns when it is printed.

    `fonts` is a folder for more fonts; it need not be there. So many are printed `at_once` while so
    many more are `waiting`, each for so many `seconds` at the most.
    """

    def __init__(
        self,
        fonts: Path | None = None,
        *,
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
        seconds: float = SECONDS,
    ) -> None:
        self._fonts, self._seconds = fonts, seconds
        self._waiting = BoundedSemaphore(at_once + waiting)
        self._printing = BoundedSemaphore(at_once)

    def printed(self, template: press.Template, told: bytes, at: datetime) -> bytes:
        """The PDF of a template with its data; Unavailable when too many are asked for at once."""
        fonts = [str(self._fonts)] if self._fonts and self._fonts.is_dir() else []
        job = press.Job(template, told.decode(), fonts, int(at.timestamp()))
        asked = msgspec.json.encode(job)
        if len(asked) > LARGEST:
            raise Invalid(TOO_LARGE, code="too_large")
        if not self._waiting.acquire(blocking=False):
            raise Unavailable(retry_after=2)
        try:
            with self._printing:
                return _pressed(asked, self._seconds)
        finally:
            self._waiting.release()


PRINTER = Printer()
"""For whoever has no folder of fonts besides ours."""


def _pressed(asked: bytes, seconds: float) -> bytes:
    """What the press makes of a job; it inherits no environment, and so no secrets."""
    try:
        made = run(
            [sys.executable, "-I", press.__file__],
            input=asked,
            capture_output=True,
            env={},
            timeout=seconds,
            check=True,
        )
    except TimeoutExpired:
        raise Invalid(TOO_LARGE, code="too_large") from None
    except CalledProcessError as broken:
        logger.error("the press broke: %s", broken.stderr.decode(errors="replace")[-2000:])
        raise Invalid(UNPRINTABLE, code="not_printable") from None
    return made.stdout


def page(picture: Picture) -> Page:
    """A picture ready for a document."""
    from api.pictures.drawing import drawn

    return Page(drawn(picture), picture.description(), picture.width, picture.height)


def pages(title: str, pictures: Sequence[Picture]) -> bytes:
    """The data of a document with a picture on each page."""
    found = [page(one) for one in pictures]
    return msgspec.json.encode({"title": title, "pages": found})
