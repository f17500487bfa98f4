"""What is measured: one database, the floor and the API beside each other, a worker each."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from api.embedded.cluster import Cluster
from api.embedded.roles import APP, BACKUP, OWNER, WORKER
from api.plugins.migration import upgrade
from api.settings import Settings

SECRET = "the key of a bench that lives for a minute"


@contextmanager
def database(programs: str = "") -> Iterator[Settings]:
    """A new cluster, durable as in production, migrated, gone afterwards; how to reach it."""
    cluster = Cluster(Path(mkdtemp(prefix="ts-bench-")), programs).start()
    try:
        upgrade(cluster.url(OWNER))
        yield settings_of(cluster)
    finally:
        cluster.stop()
        rmtree(cluster.place.folder, ignore_errors=True)


def settings_of(cluster: Cluster) -> Settings:
    """The settings to reach a cluster."""
    return Settings(
        env="test",
        database_url=cluster.url(APP),
        owner_database_url=cluster.url(OWNER),
        worker_database_url=cluster.url(WORKER),
        backup_database_url=cluster.url(BACKUP),
        data=cluster.place.folder,
        secret=SECRET,
        rate_limit=0,
        demo=False,
    )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def served(target: str, settings: Settings) -> Iterator[int]:
    """Serve an application with Granian, one worker, as `touchstone serve` does; its port."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1",
        "--loop", "uvloop", "--backpressure", "4096", "--log-level", "error", "--no-ws",
        "--host", "127.0.0.1", "--port", str(port), target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | settings.environ())
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody answers at a port; RuntimeError when the server has ended instead."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            with socket.create_connection(("127.0.0.1", port), 0.2):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nobody answers")
