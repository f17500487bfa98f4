"""The process of the embedded PostgreSQL: launch it, wait for it, end it."""

import shutil
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

import psutil

from api.embedded.errors import EmbeddedError
from api.embedded.parent import end_with_parent
from api.embedded.place import Place

PATIENCE = 60.0  # seconds for a start: after a power cut the log is replayed first
MANNERS = 30.0  # seconds for a stop, before it is told to drop everything
SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
)
CAREFREE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum_naptime=10min",
)


def launch(
    place: Place, programs: Path, socket: Path, *, durable: bool
) -> "subprocess.Popen[bytes]":
    """Start the server on its socket and wait until it answers."""
    settings = [*SETTINGS, *([] if durable else CAREFREE), f"unix_socket_directories={socket}"]
    place.log.touch(0o600)  # it may quote the statements that failed
    with place.log.open("ab") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", place.data, *(f"--{setting}" for setting in settings)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            # Ctrl-C is meant for the API: the database stops after it, not with it.
            start_new_session=True,
            preexec_fn=partial(end_with_parent, signal.SIGINT),
            **place.keeper.run_as(),
        )
    _wait_until_ready(place, process)
    return process


def end(process: "subprocess.Popen[bytes]", *, durable: bool) -> None:
    """Ask for a fast shutdown (open transactions roll back), then insist."""
    process.send_signal(signal.SIGINT if durable else signal.SIGQUIT)
    try:
        process.wait(MANNERS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(MANNERS)


def end_leftover(place: Place) -> None:
    """Clear what a killed Touchstone left: its server, or only the pid file of a dead one.

    Only the holder of the lock comes here, so a server that still runs has lost its Touchstone.
    """
    lines = place.postmaster()
    if not lines:
        return
    try:
        server = psutil.Process(int(lines[0]))
        if str(place.data) in server.cmdline():
            server.send_signal(signal.SIGINT)
            server.wait(MANNERS)
    except psutil.NoSuchProcess:
        pass
    except psutil.TimeoutExpired:
        raise EmbeddedError(
            f"A PostgreSQL (process {lines[0]}) will not leave {place.data}."
        ) from None
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    if len(lines) > 4:
        shutil.rmtree(lines[4], ignore_errors=True)


def _wait_until_ready(place: Place, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        lines = place.postmaster()
        if len(lines) > 7 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
            return
        if process.poll() is not None:
            break
        time.sleep(0.02)
    else:
        end(process, durable=False)
    says = "\n".join(place.log.read_text(errors="replace").splitlines()[-8:])
    raise EmbeddedError(f"The database did not start. The end of {place.log}:\n{says}")
