"""A server for the clients: what `make serve` starts, with data that is thrown away."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from tests.sdk.steps import ROOT, Failed

SERVE = "from api.cli import main; main()"
READY = "Touchstone is ready"


class Server:
    """One that is starting; `ready` waits for it."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", "--no-clock"],
            cwd=ROOT,
            env=settings(data, self.port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self.since = time.monotonic()
        self.took = 0.0
        self.answers = Event()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line)
            if READY in line:
                self.took = time.monotonic() - self.since
                self.answers.set()
        self.answers.set()  # it has ended: nobody waits for more

    def ready(self) -> str:
        """Its address, as soon as it answers; Failed with what it said if it does not."""
        self.answers.wait(300)
        if not any(READY in line for line in self.said):
            raise Failed("The server did not start:\n" + "".join(self.said))
        return f"http://127.0.0.1:{self.port}"

    def end(self) -> None:
        """End it, kindly at first, and whatever it has started."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def settings(data: Path, port: int) -> dict[str, str]:
    """This environment without any setting of its own."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("TOUCHSTONE_", "DATABASE_"))}
    return mine | {
        "TOUCHSTONE_DATA": str(data),
        "TOUCHSTONE_PORT": str(port),
        "TOUCHSTONE_RATE_LIMIT": "0",
        "TOUCHSTONE_DEMO": "on",
    }


@contextmanager
def serving() -> Iterator[Server]:
    """A server that is there as long as it is needed, and ends whatever happens."""
    with tempfile.TemporaryDirectory(prefix="touchstone-sdk-") as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.end()
