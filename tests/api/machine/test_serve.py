"""`touchstone serve` as a newcomer runs it: a process, its workers and its database."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import psutil
import pytest

from tests.cluster import PROGRAMS

pytestmark = pytest.mark.within(180)  # each starts servers, on a machine that may be busy
TOUCHSTONE = Path(sys.executable).with_name("touchstone")
READY = "Ctrl-C"
SIGN_UP = "/v1/organizations"


def name_of(process: psutil.Process) -> str:
    """What a process is called; one that has just ended counts as the database's."""
    try:
        return str(process.name())
    except psutil.NoSuchProcess:
        return "postgres, ended"


def is_clock(process: psutil.Process) -> bool:
    """Whether this is the clock beside the server."""
    try:
        return "--parent" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


class Serving:
    """A `touchstone serve`, and what it says."""

    def __init__(self, data: Path, *options: str) -> None:
        self.port = free_port()
        self.says: list[str] = []
        self.process = subprocess.Popen(
            [TOUCHSTONE, "serve", "--no-demo", "--port", str(self.port), *options],
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

    def ready(self) -> "Serving":
        """Listen until it says that it is ready."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.says.append(line.strip())
            if READY in line:
                return self
        raise AssertionError("\n".join(self.says))

    @property
    def family(self) -> list[psutil.Process]:
        """Its workers and its database."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> set[psutil.Process]:
        """The processes that answer."""
        return {p for p in self.family if "postgres" not in name_of(p)} - self.clocks()

    def clocks(self) -> set[psutil.Process]:
        """The process that does what is due."""
        return {p for p in self.family if is_clock(p)}

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

    @contextmanager
    def asked(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> Iterator[http.client.HTTPResponse]:
        """The answer to a request."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, {"Content-Type": "application/json"} | headers)
            yield connection.getresponse()

    @contextmanager
    def listened_to(self) -> Iterator[http.client.HTTPResponse]:
        """An open stream of somebody who has just signed up."""
        founder = {"organization_name": "Listeners", "name": "Lee", "group": "executive"}
        founder |= {"email": "lee@example.org", "password": "12 geese fly north"}
        with self.asked("POST", SIGN_UP, json.dumps(founder)) as reply:
            token = json.loads(reply.read())["access_token"]
        path = "/v1/organization/stream"
        with self.asked("GET", path, Authorization=f"Bearer {token}") as stream:
            yield stream

    def stopped_by(self, how: signal.Signals) -> str:
        """Send a signal to the whole group, as Ctrl-C does, and give the last words."""
        os.killpg(self.process.pid, how)
        rest, _ = self.process.communicate(timeout=30)
        return rest


Start = Callable[..., Serving]


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ts-") as made:
        yield Path(made)


@pytest.fixture
def start(data: Path) -> Iterator[Start]:
    """Start servers in the folder; none outlives its test."""
    started: list[Serving] = []

    def ready(*options: str) -> Serving:
        started.append(Serving(data, *options))
        return started[-1].ready()

    yield ready
    for serving in started:
        if serving.process.poll() is None:
            serving.process.kill()
            serving.process.communicate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Ask again and again, at most for a while, and leave the processor to who is waited for."""
    deadline, breath = time.monotonic() + seconds, Event()
    while not happened():
        assert time.monotonic() < deadline
        breath.wait(0.05)


def test_it_says_what_it_does_survives_what_is_killed_and_stops_cleanly(
    data: Path, start: Start
) -> None:
    serving = start("--workers", "2")
    assert [line.split(" in ")[0] for line in serving.says if line][:3] == [
        "Starting the database",
        "Making a PostgreSQL of its own",
        "Applying the migrations",
    ]
    assert f"Docs   http://127.0.0.1:{serving.port}/docs" in serving.says
    wait_until(lambda: len(serving.clocks()) == 1)
    workers, clocks = serving.workers(), serving.clocks()
    assert len(workers) == 2
    for killed in (workers.copy().pop(), clocks.copy().pop()):
        killed.kill()
    wait_until(lambda: len(serving.workers() - workers) == 1)
    wait_until(lambda: len(serving.clocks() - clocks) == 1)
    wait_until(serving.answers)
    family = serving.family
    said = serving.stopped_by(signal.SIGINT)
    assert "Stopped." in said
    assert "The clock ended (-9) and is started anew." in said
    assert serving.process.returncode == 0
    assert not [p for p in family if p.is_running()]
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_a_killed_server_takes_workers_clock_and_database_with_it(start: Start) -> None:
    serving = start()
    wait_until(lambda: bool(serving.clocks()))
    family = serving.family
    serving.process.kill()
    serving.process.wait()
    assert family
    _, alive = psutil.wait_procs(family, timeout=30)
    for survivor in alive:
        survivor.kill()
    assert not alive
    serving.process.communicate()


def test_the_next_start_makes_nothing_and_sigterm_stops_it_within_ten_seconds(
    start: Start,
) -> None:
    serving = start("--no-clock")
    assert not [line for line in serving.says if "only the first time" in line]
    wait_until(serving.answers)
    assert not serving.clocks()
    taken = subprocess.run(
        [TOUCHSTONE, "serve", "--port", str(serving.port)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert taken.returncode == 1
    assert f"port {serving.port}" in " ".join(taken.stderr.split())
    with serving.listened_to() as stream:
        assert stream.readline() == b"retry: 3000\n"
        began = time.monotonic()
        os.killpg(serving.process.pid, signal.SIGTERM)
        # Told to come back later, and that nobody new should come: the stream has an end.
        assert stream.read().split(b"retry: ")[-1].strip().isdigit()
    with serving.asked("GET", "/health/ready") as reply:
        assert reply.status == http.client.SERVICE_UNAVAILABLE
    said = serving.stopped_by(signal.SIGTERM)
    assert "Stopped." in said
    assert "Clock" not in said
    assert serving.process.returncode == 0
    assert time.monotonic() - began < 10
