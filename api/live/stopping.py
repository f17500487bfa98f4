"""SIGTERM: say so, let the streams go, and keep answering until a balancer has noticed."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Litestar

_NOBODYS = (signal.SIG_DFL, signal.SIG_IGN, signal.default_int_handler, None)


@contextmanager
def stopping(app: Litestar) -> Iterator[None]:
    """Listen to signals where a server does; elsewhere, in a test, they are nobody's business.

    A server waits for its connections before it ends the application's life, and a stream would
    wait for that end: it must hear the signal itself.
    """
    if threading.current_thread() is not threading.main_thread() or not _served():
        yield
        return

    def leave() -> None:
        app.state.readiness.draining = True
        app.state.live.close()

    loop = asyncio.get_running_loop()
    interrupted = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, _chained(loop, leave, interrupted))
    loop.add_signal_handler(signal.SIGTERM, _drain, loop, leave, app.state.settings.drain)
    yield


def _served() -> bool:
    return all(signal.getsignal(one) not in _NOBODYS for one in (signal.SIGINT, signal.SIGTERM))


def _chained(loop: asyncio.AbstractEventLoop, leave: Callable[[], None], before: Any) -> Any:
    """At once: somebody is at the keyboard, or has waited long enough."""

    def interrupt(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(leave)
        before(number, frame)

    return interrupt


def _drain(loop: asyncio.AbstractEventLoop, leave: Callable[[], None], seconds: float) -> None:
    """Not ready from now on, gone a little later: the server's own way out is SIGINT."""
    leave()
    loop.call_later(seconds, os.kill, os.getpid(), signal.SIGINT)
