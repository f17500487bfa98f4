"""One `touchstone serve` with the demo, as a newcomer starts it, for all pages."""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.api.machine.test_serve import READY, free_port
from tests.cluster import PROGRAMS

COMMAND = (sys.executable, "-c", "from api.cli import main; main()")
WITHIN = 60.0  # seconds in which a letter must have been written


class Serving:
    """A server that runs until it is stopped, and all that it has said."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.said: list[str] = []
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.getcwd(),
            "TOUCHSTONE_DATA": str(data),
            "TOUCHSTONE_DRAIN": "0",
            "TOUCHSTONE_OUTBOUND_PRIVATE": "127.0.0.0/8",  # as a page says, for trying webhooks out
            "TOUCHSTONE_PORT": str(self.port),
            "TOUCHSTONE_POSTGRES_BIN": PROGRAMS,
        }
        self.process = subprocess.Popen(
            [*COMMAND, "serve"],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._is_ready = threading.Event()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if READY in line:
                self._is_ready.set()
        self._is_ready.set()

    def ready(self) -> "Serving":
        """Wait until it says that it is ready."""
        assert self._is_ready.wait(120), "".join(self.said)
        assert self.process.poll() is None, "".join(self.said)
        return self

    def written(self, pattern: str) -> str:
        """Wait for what it writes to its log, such as the code in a letter; the newest."""
        until = time.monotonic() + WITHIN
        while not (found := re.findall(pattern, "".join(self.said))):
            assert time.monotonic() < until, f"nothing like {pattern} in the log"
            threading.Event().wait(0.05)
        return str(found[-1])

    def stop(self) -> None:
        """Stop it, database included."""
        self.process.terminate()
        self.process.wait(30)
        self._listener.join(30)
        assert self.process.stdout
        self.process.stdout.close()
