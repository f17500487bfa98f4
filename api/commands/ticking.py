"""The clock beside the server: a process of its own, started anew when it dies."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.commands.machine import say
from api.settings import Settings

COMMAND = "from api.commands.worker import worker; worker(prog_name='touchstone worker')"
OUT_WITHIN = 8.0  # seconds for what is being done when the server stops
LIVED, FIRST_DELAY, LONGEST_DELAY = 60.0, 1.0, 60.0


class Ticking:
    """One clock, from `start` to `stop`, whatever happens to its process."""

    def __init__(self, settings: Settings) -> None:
        self._environ = {**os.environ, **settings.environ()}
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        # The kernel ends the process with the thread that started it: this one lives on.
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start it; the server need not wait."""
        if not self._stopped.is_set():
            self._thread.start()

    def stop(self) -> None:
        """Let it finish what it is doing, and insist after a while."""
        with self._lock:
            self._stopped.set()
            if self._process is None:
                return
            self._process.terminate()
        try:
            self._process.wait(OUT_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _keep(self) -> None:
        delay = FIRST_DELAY
        while (process := self._begin()) is not None:
            began = time.monotonic()
            ended = process.wait()
            if self._stopped.is_set():
                return
            delay = FIRST_DELAY if time.monotonic() - began > LIVED else delay * 2
            say(f"The clock ended ({ended}) and is started anew.")
            self._stopped.wait(min(delay, LONGEST_DELAY))

    def _begin(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._stopped.is_set():
                return None
            self._process = subprocess.Popen(
                [sys.executable, "-c", COMMAND, "--parent", str(os.getpid())],
                env=self._environ,
                stdin=subprocess.DEVNULL,
                # Ctrl-C is meant for the server, which stops the clock itself.
                start_new_session=True,
            )
            return self._process


@contextmanager
def ticking(settings: Settings) -> Iterator[Callable[[], None]]:
    """A clock that begins when the server is ready and ends with the block, if one is wanted."""
    clock = Ticking(settings)
    try:
        yield clock.start if runs(settings) else lambda: None
    finally:
        clock.stop()


def runs(settings: Settings) -> bool:
    """Whether the server has a clock: it is wanted, and there is a role that sees what is due."""
    return settings.clock and bool(settings.worker_database_url)
