"""The embedded PostgreSQL: closed to others, one Touchstone at a time, sound after a crash."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from api.commands.machine import plain
from api.embedded.cluster import Cluster
from api.embedded.errors import EmbeddedError
from api.embedded.roles import APP, BACKUP, OWNER, WORKER
from api.plugins.role_check import UnsafeRole, check_application_role
from tests.cluster import PROGRAMS, connected

OTHER_PROCESS = """
import sys
from pathlib import Path
from api.embedded.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), sys.argv[2])
getattr(cluster, sys.argv[3])()
print(cluster.url("touchstone_app"), flush=True)
sys.stdin.read()
cluster.stop()
"""


def other_process(folder: Path, verb: str) -> subprocess.Popen[str]:
    """Another Touchstone that starts or joins the database of the folder."""
    return subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, str(folder), PROGRAMS, verb],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a database that has been made and stopped."""
    with tempfile.TemporaryDirectory(prefix="ts-") as made:
        Cluster(Path(made), PROGRAMS).start().stop()
        yield Path(made)


@pytest.fixture
def running(folder: Path) -> Iterator[Cluster]:
    """The database of the folder, started by this process."""
    cluster = Cluster(folder, PROGRAMS).start()
    yield cluster
    cluster.stop()


async def test_each_role_is_what_it_is_called(running: Cluster) -> None:
    seen = {}
    for role in (OWNER, APP, WORKER, BACKUP):
        async with connected(running.url(role)) as connection:
            seen[role] = tuple(
                await connection.fetchrow(
                    "SELECT current_user::text, rolsuper, rolbypassrls, rolcreaterole, "
                    "current_setting('statement_timeout'), current_setting('transaction_read_only')"
                    "FROM pg_roles WHERE rolname = current_user"
                )
            )
    assert seen == {
        OWNER: (OWNER, False, False, False, "0", "off"),
        APP: (APP, False, False, False, "5s", "off"),
        WORKER: (WORKER, False, False, False, "5s", "off"),
        BACKUP: (BACKUP, False, True, False, "0", "on"),
    }


async def test_it_asks_for_a_password_and_listens_on_no_port(running: Cluster) -> None:
    address = plain(running.url(APP))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(address.replace(f"{APP}:", f"{APP}:x"))
    async with connected(running.url(APP)) as connection:
        assert await connection.fetchval("SHOW listen_addresses") == ""
        assert await connection.fetchval("SHOW password_encryption") == "scram-sha-256"
    hba = (running.place.data / "pg_hba.conf").read_text().splitlines()
    rules = [line.split()[-1] for line in hba if line and not line.startswith("#")]
    assert set(rules) == {"scram-sha-256"}


def test_nobody_else_reaches_socket_data_or_secrets(running: Cluster) -> None:
    for path in (running.socket, running.place.data):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for name in ("secrets.json", "postgres.log"):
        assert stat.S_IMODE((running.place.folder / name).stat().st_mode) == 0o600
    assert running.place.data.stat().st_uid != 0


def test_a_second_touchstone_is_refused_and_a_command_joins(folder: Path, running: Cluster) -> None:
    refused = other_process(folder, "start")
    _, says = refused.communicate()
    assert refused.returncode != 0
    assert f"running Touchstone (process {os.getpid()})" in says

    joined = other_process(folder, "join")
    url, _ = joined.communicate()
    assert url.strip() == running.url(APP)
    assert joined.returncode == 0
    assert running.place.postmaster(), "the one who joined must not stop it"


async def test_a_killed_touchstone_leaves_nothing_in_the_way(folder: Path) -> None:
    other = other_process(folder, "start")
    assert other.stdout
    assert other.stdout.readline()
    other.send_signal(signal.SIGKILL)
    other.communicate()
    cluster = Cluster(folder, PROGRAMS).start()
    try:
        async with connected(cluster.url(APP)) as connection:
            assert await connection.fetchval("SELECT 1") == 1
    finally:
        cluster.stop()


def test_a_pid_file_of_another_program_does_not_stop_the_start(folder: Path) -> None:
    cluster = Cluster(folder, PROGRAMS)
    pid_file = cluster.place.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{cluster.place.data}\n1\n5432\n\n\n")
    cluster.start()
    try:
        assert pid_file.read_text().split()[0] != str(os.getpid())
    finally:
        cluster.stop()


def test_stopping_ends_the_server_and_removes_its_socket(folder: Path) -> None:
    cluster = Cluster(folder, PROGRAMS).start()
    server = psutil.Process(int(cluster.place.postmaster()[0]))
    cluster.stop()
    assert not server.is_running()
    assert not cluster.socket.exists()
    assert not cluster.place.postmaster()


async def test_a_path_too_long_for_a_socket_gets_a_short_one() -> None:
    with tempfile.TemporaryDirectory(prefix="ts-") as made:
        cluster = Cluster(Path(made, "x" * 60, "y" * 60), PROGRAMS, throwaway=True).start()
        try:
            assert len(str(cluster.socket)) < 80
            assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
            async with connected(cluster.url(APP)) as connection:
                assert await connection.fetchval("SELECT 1") == 1
        finally:
            cluster.stop()
        assert not cluster.place.folder.exists()


def test_a_start_that_fails_shows_what_the_server_said(folder: Path) -> None:
    cluster = Cluster(folder, PROGRAMS)
    broken = cluster.place.data / "postgresql.auto.conf"
    broken.write_text("shared_buffers = 'much'\n")
    try:
        with pytest.raises(EmbeddedError, match="shared_buffers"):
            cluster.start()
    finally:
        broken.write_text("")
    cluster.start().stop()


@pytest.mark.parametrize(
    ("role", "fault"), [(OWNER, "owns tables"), (BACKUP, "has BYPASSRLS"), (APP, ""), (WORKER, "")]
)
async def test_an_unsafe_application_role_is_refused(
    cluster: Cluster, role: str, fault: str
) -> None:
    async with connected(cluster.url(role)) as connection:
        if not fault:
            await check_application_role(connection)
            return
        with pytest.raises(UnsafeRole, match=f"{role} of DATABASE_URL {fault}"):
            await check_application_role(connection)
