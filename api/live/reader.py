"""One open stream, as the rest of the feed sees it: who reads what, and what waits to be sent."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from api.live.pace import Pace
from domain.actor import Actor
from domain.clock import now
from domain.ids import new_id
from domain.queries.live.readers import Channel, Listening

CHUNK = 16 * 1024


class Reader:
    """Told by the broadcaster, asked by the response; neither waits for the other.

    `position` is the last revision that was put into the queue. What does not fit stays in the
    database, so nothing is lost to a reader who is slow, and nobody else waits.
    """

    def __init__(self, actor: Actor, channel: Channel, position: int, pace: Pace) -> None:
        self.id = new_id()
        self.channel = channel
        self.listening = Listening(actor.session_id, actor.member_id, channel.stream_id)
        self.position = position
        self.shown = False
        self.began_at = now()
        self.kept_at = float("-inf")
        self.presence: bytes | None = None
        self.wanting: Callable[[], None] = lambda: None
        self.served = False
        self.ended = False
        self.gone = False
        self._pace = pace
        self._waiting: deque[bytes] = deque()
        self._volume = 0
        self._behind = False
        self._woken = asyncio.Event()

    @property
    def room(self) -> int:
        """How many events it takes; none before a quarter of the queue is free."""
        free = self._pace.events - len(self._waiting)
        full = free * 4 < self._pace.events or self._volume >= self._pace.volume
        return 0 if full or self.ended else free

    @property
    def over(self) -> bool:
        """Whether everything has been said."""
        return self.ended and not self._waiting

    def wants(self, head: int) -> bool:
        """Whether there is something to read for it; when it has room again, it says so itself."""
        self._behind = self.position < head
        return self._behind and self.room > 0

    def is_far(self, head: int) -> bool:
        """Whether there is more for it than a queue holds."""
        return head - self.position > self._pace.events

    def tell(self, revision: int, frame: bytes) -> None:
        """Go on by one revision."""
        self.position = revision
        self.put(frame)

    def put(self, frame: bytes) -> None:
        """Queue what is to be sent."""
        if not self.ended:
            self._waiting.append(frame)
            self._volume += len(frame)
            self._woken.set()

    def end(self, frame: bytes) -> None:
        """Say these last words, after what waits already, and nothing any more."""
        self.put(frame)
        self.ended = True
        self._woken.set()

    def hang_up(self) -> None:
        """The other side has gone: nobody hears what waits."""
        self._waiting.clear()
        self._volume = 0
        self.ended = self.gone = True
        self._woken.set()

    async def take(self) -> bytes:
        """What is to be sent next; nothing when nothing has come for a heartbeat, or will."""
        if not self._waiting and not self.ended:
            self._woken.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace.heartbeat):
                    await self._woken.wait()
        taken = self._pop()
        if self._behind and self.room:
            self.wanting()
        return taken

    def _pop(self) -> bytes:
        chunk = bytearray()
        while self._waiting and len(chunk) < CHUNK:
            chunk += self._waiting.popleft()
        self._volume -= len(chunk)
        return bytes(chunk)
