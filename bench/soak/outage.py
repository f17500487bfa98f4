"""A PostgreSQL of one's own that can be taken away and brought back, in every way there is."""

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import asyncpg
import psutil

from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.errors import EmbeddedError
from api.embedded.roles import APP, BACKUP, OWNER, WORKER
from api.embedded.server import launch
from api.plugins.migration import upgrade
from api.settings import Settings
from bench.machine import SECRET

PATIENCE, STOPPED = 60.0, 7.0


class Fragile(Cluster):
    """A durable cluster whose server goes away while its socket's address stays the same."""

    def ended(self, how: signal.Signals) -> None:
        """End the server: SIGINT is a fast shutdown, SIGQUIT an immediate one, SIGKILL a crash."""
        assert self._process is not None
        family = self._family()
        self._process.send_signal(how)
        self._process.wait(PATIENCE)
        psutil.wait_procs(family, timeout=PATIENCE)  # they hold the memory that it shares

    def begun(self) -> None:
        """Start it again where it was."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._process = launch(
                    self.place, self.programs, self.socket, durable=not self.throwaway
                )
                return
            except EmbeddedError:
                if time.monotonic() > until:
                    raise

    def frozen(self, seconds: float) -> None:
        """Stop every process of it, as a hung disk does, and let them go on after a while."""
        assert self._process is not None
        family = [psutil.Process(self._process.pid), *self._family()]
        _signal(family, signal.SIGSTOP)
        time.sleep(seconds)
        _signal(family, signal.SIGCONT)

    def _family(self) -> list[psutil.Process]:
        assert self._process is not None
        found: list[psutil.Process] = psutil.Process(self._process.pid).children(recursive=True)
        return found

    def restarted(self, how: signal.Signals) -> None:
        """End it and start it again."""
        self.ended(how)
        self.begun()


def _signal(family: list[psutil.Process], how: signal.Signals) -> None:
    for process in family:
        try:
            process.send_signal(how)
        except psutil.NoSuchProcess:
            continue


Outage = Callable[[Fragile], None]
OUTAGES: dict[str, Outage] = {
    "fast restart": lambda cluster: cluster.restarted(signal.SIGINT),
    "immediate restart": lambda cluster: cluster.restarted(signal.SIGQUIT),
    "kill -9 of the postmaster": lambda cluster: cluster.restarted(signal.SIGKILL),
    f"SIGSTOP for {STOPPED:.0f} s": lambda cluster: cluster.frozen(STOPPED),
}


@contextmanager
def fragile(programs: str = "", *, durable: bool = True) -> Iterator[tuple[Fragile, Settings]]:
    """A new cluster, migrated; the settings to reach it.

    It is durable as in production; one that is not keeps everything through a fast restart only.
    """
    made = Path(mkdtemp(prefix="ts-outage-"))
    cluster = Fragile(made, programs, throwaway=not durable)
    cluster.start()
    try:
        upgrade(cluster.url(OWNER))
        yield (
            cluster,
            Settings(
                env="test",
                database_url=cluster.url(APP),
                owner_database_url=cluster.url(OWNER),
                worker_database_url=cluster.url(WORKER),
                backup_database_url=cluster.url(BACKUP),
                data=cluster.place.folder,
                postgres_bin=programs,
                secret=SECRET,
                rate_limit=0,
                demo=False,
            ),
        )
    finally:
        cluster.stop()


async def accepts(settings: Settings) -> float:
    """When the database takes connections again."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            connection = await asyncpg.connect(plain(settings.database_url), timeout=1)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            await asyncio.sleep(0.01)
        else:
            await connection.close()
            return time.monotonic()
    raise RuntimeError("the database did not come back")
