"""Looking names up, in threads of its own: a nameserver that hangs holds up whoever named it."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from weakref import WeakValueDictionary

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives every address of a host."""

THREADS = 32
SHARE = 4  # of them, for one caller
LOOKED_UP_WITHIN = 5.0  # seconds
THREAD_WITHIN = 10.0  # seconds


class NoThread(Exception):
    """No thread became free in time: nothing is known of the name, nor of who has it."""


class Names:
    """Looks up what is asked, for no caller more than a few names at once.

    The machine's own resolver cannot be interrupted. It has its thread, and counts in its caller's
    share, until it ends by itself, long after nobody waits for it any more.
    """

    def __init__(
        self,
        resolve: Resolver | None = None,
        *,
        share: int = SHARE,
        looked_up_within: float = LOOKED_UP_WITHIN,
        thread_within: float = THREAD_WITHIN,
    ) -> None:
        self._resolve, self._share = resolve, share
        self._looked_up_within, self._thread_within = looked_up_within, thread_within
        self._threads = ThreadPoolExecutor(THREADS, "names")
        self._free = asyncio.Semaphore(THREADS)
        self._shares: WeakValueDictionary[Hashable, asyncio.Semaphore] = WeakValueDictionary()

    async def look_up(self, host: str, port: int, caller: Hashable | None) -> Sequence[str]:
        """Every address of a host, within 5 s once a thread is free.

        OSError (a TimeoutError among them) and UnicodeError when it is not known, NoThread when
        none is free for 10 s. Without a caller, those share who name hosts of one domain.
        """
        if self._resolve is not None:
            async with asyncio.timeout(self._looked_up_within):
                return await self._resolve(host, port)
        work = await self._begun(host, port, caller or ".".join(host.rstrip(".").split(".")[-2:]))
        async with asyncio.timeout(self._looked_up_within):
            return await asyncio.wrap_future(work)

    async def _begun(self, host: str, port: int, caller: Hashable) -> Future[Sequence[str]]:
        share = self._shares.setdefault(caller, asyncio.Semaphore(self._share))
        try:
            async with asyncio.timeout(self._thread_within):
                await self._thread(share)
        except TimeoutError:
            raise NoThread from None
        loop = asyncio.get_running_loop()

        def ended(_: Future[Sequence[str]]) -> None:
            with suppress(RuntimeError):  # the loop is closed, and nobody waits
                loop.call_soon_threadsafe(self._free.release)
                loop.call_soon_threadsafe(share.release)

        work = self._threads.submit(_addresses, host, port)
        work.add_done_callback(ended)
        return work

    async def _thread(self, share: asyncio.Semaphore) -> None:
        await share.acquire()
        try:
            await self._free.acquire()
        except asyncio.CancelledError:
            share.release()
            raise


def _addresses(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
