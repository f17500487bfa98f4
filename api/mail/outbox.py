"""Letters on their way: what is done next does not wait for a slow mail server."""

import asyncio
import logging
from collections.abc import Iterable

from api.mail.letters import Letter
from api.mail.post import Mailer

log = logging.getLogger("touchstone.mail")

AT_ONCE = 8
LAST_CALL = 5.0  # seconds for what is still on its way when everything ends


class Outbox:
    """Sends letters in the background, a few at once."""

    def __init__(self, mailer: Mailer) -> None:
        self.mailer = mailer
        self._places = asyncio.Semaphore(AT_ONCE)
        self._going = set[asyncio.Task[None]]()

    def put(self, letters: Iterable[Letter]) -> None:
        """Take letters to be sent."""
        for letter in letters:
            task = asyncio.create_task(self._send(letter))
            self._going.add(task)
            task.add_done_callback(self._going.discard)

    async def emptied(self) -> None:
        """Wait until everything is sent, or has failed."""
        await asyncio.gather(*self._going)

    async def close(self) -> None:
        """Send what can be sent within a few seconds, and say what is lost."""
        if not self._going:
            return
        _, late = await asyncio.wait(self._going, timeout=LAST_CALL)
        for task in late:
            task.cancel()
        if late:
            log.error("%d letters were not sent before the end", len(late))

    async def _send(self, letter: Letter) -> None:
        async with self._places:
            await self.mailer.send(letter)
