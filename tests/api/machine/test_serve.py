"""`touchstone serve` as a newcomer runs it: a process, its workers and its database."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.cluster import PROGRAMS

TOUCHSTONE = Path(sys.executable).with_name("touchstone")
SECOND_START = 5.0


@dataclass
class Serving:
    """A `touchstone serve` that has said it is ready."""

    port: int
    process: subprocess.Popen[str]
    says: list[str] = field(default_factory=list)

    @property
    def family(self) -> list[psutil.Process]:
        """Its workers and its database."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> list[psutil.Process]:
        """The processes that answer."""
        return [p for p in self.family if "postgres" not in p.name()]

    def answers(self) -> bool:
        """Whether somebody answers a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/docs")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()

    def stopped_by(self, how: signal.Signals) -> str:
        """Send a signal to the whole group, as Ctrl-C does, and give the last words."""
        os.killpg(self.process.pid, how)
        rest, _ = self.process.communicate(timeout=20)
        return rest


def start(data: Path, *options: str) -> Serving:
    """Start the server and wait until it says that it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [TOUCHSTONE, "serve", "--no-demo", "--port", str(port), *options],
        env={
            "PATH": os.environ["PATH"],
            "TOUCHSTONE_DATA": str(data),
            "TOUCHSTONE_POSTGRES_BIN": PROGRAMS,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    serving = Serving(port, process)
    assert process.stdout
    for line in process.stdout:
        serving.says.append(line.strip())
        if "Ctrl-C" in line:
            return serving
    raise AssertionError("\n".join(serving.says))


def wait_until(happened: object, seconds: float = 10) -> None:
    """Ask again and again, at most for a while."""
    deadline = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < deadline


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ts-") as made:
        yield Path(made)


def test_it_says_what_it_does_survives_a_killed_worker_and_stops_cleanly(data: Path) -> None:
    serving = start(data, "--workers", "2")
    assert [line.split(" in ")[0] for line in serving.says if line][:3] == [
        "Starting the database",
        "Making a PostgreSQL of its own",
        "Applying the migrations",
    ]
    assert f"Docs   http://127.0.0.1:{serving.port}/docs" in serving.says
    first = serving.workers()
    assert len(first) == 2
    first[0].kill()
    wait_until(lambda: len(set(serving.workers()) - set(first)) == 1)
    wait_until(serving.answers)
    family = serving.family
    assert "Stopped." in serving.stopped_by(signal.SIGINT)
    assert serving.process.returncode == 0
    assert not [p for p in family if p.is_running()]
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_the_second_start_is_quick_and_sigterm_stops_it_within_ten_seconds(data: Path) -> None:
    began = time.monotonic()
    serving = start(data)
    assert time.monotonic() - began < SECOND_START
    assert serving.answers()
    taken = subprocess.run(
        [TOUCHSTONE, "serve", "--port", str(serving.port)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert taken.returncode == 1
    assert f"port {serving.port}" in " ".join(taken.stderr.split())
    began = time.monotonic()
    assert "Stopped." in serving.stopped_by(signal.SIGTERM)
    assert serving.process.returncode == 0
    assert time.monotonic() - began < 10


def test_a_killed_server_takes_workers_and_database_with_it(data: Path) -> None:
    serving = start(data)
    family = serving.family
    serving.process.kill()
    serving.process.communicate()
    wait_until(lambda: not [p for p in family if p.is_running()])
    again = start(data)
    assert again.answers()
    again.stopped_by(signal.SIGTERM)
