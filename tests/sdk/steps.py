"""Steps of `make sdk`: run, told, and left out where nothing has changed."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = HERE / "build"
# What npm and pip say when nobody answers, or the network is not there.
NOBODY = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT"
    r"|name resolution|Failed to establish a new connection|NewConnectionError|timed out",
)


class Failed(Exception):
    """A step did not go well; the message is what its program said."""


class Unreachable(Exception):
    """The packages that are needed cannot be had on this machine at present."""


def say(line: str) -> None:
    """Tell the reader, at once."""
    sys.stdout.write(f"{line}\n")  # in one piece: steps end side by side
    sys.stdout.flush()


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say what was done and how long it took."""
    start = time.monotonic()
    yield
    say_took(what, time.monotonic() - start)


def say_took(what: str, seconds: float) -> None:
    """Say of something done how long it took."""
    say(f"  ✓ {what:<52} {seconds:5.1f} s")


@contextmanager
def once(what: str, output: Path, inputs: Iterable[Path]) -> Iterator[bool]:
    """Whether a step has to be done: not if its output is there, made of the same inputs."""
    told = hashlib.sha256()
    for path in sorted(inputs):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    stamp = output.parent / f".{output.name.lstrip('.')}.stamp"
    fresh = output.exists() and stamp.exists() and stamp.read_text() == told.hexdigest()
    if fresh:
        yield False
        say(f"  ✓ {what:<52} as before")
        return
    stamp.unlink(missing_ok=True)
    with timed(what):
        yield True
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(told.hexdigest())


def run(command: list[str], cwd: Path = HERE, more: Mapping[str, str] | None = None) -> str:
    """Run a program to its end and give what it said; Failed with all of it if it went wrong."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", "REDOCLY_TELEMETRY": "off", **(more or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


def fetched(command: list[str], what: str) -> None:
    """Run a program that takes packages from a registry."""
    try:
        run(command)
    except Failed as fault:
        if NOBODY.search(str(fault)):
            raise Unreachable(f"{what} cannot be reached from here.") from fault
        raise
