"""A `touchstone serve` as an operator runs it, with workers to kill and a ledger to check."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from uuid import UUID

import psutil

from api.commands.machine import machine
from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench.data import person
from bench.machine import free_port
from domain.models.maps.stages import Stage
from domain.queries.maps.siblings import siblings
from domain.rules.templates import Template
from domain.services.maps import journeys

TOUCHSTONE = Path(sys.executable).with_name("touchstone")
READY, PATIENCE = "Ctrl-C", 180.0


@dataclass(frozen=True)
class Ground:
    """Whom to act as, and where."""

    token: str
    organization_id: UUID
    journey_id: UUID
    stage_id: UUID


@dataclass
class Serving:
    """The server and its folder."""

    process: subprocess.Popen[str]
    environ: dict[str, str]
    port: int
    ground: Ground

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[psutil.Process]:
        """The processes that answer."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        others = [one for one in family if "postgres" not in one.name()]
        return [one for one in others if "--parent" not in one.cmdline()]

    def audit(self) -> tuple[bool, str]:
        """Whether `touchstone audit verify` finds nothing, and what it says."""
        command = [str(TOUCHSTONE), "audit", "verify"]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True)
        return done.returncode == 0, done.stdout + done.stderr


@contextmanager
def serving(*options: str, demo: bool = False) -> Iterator[Serving]:
    """Serve from an empty folder until the block ends; with the demo organization if asked."""
    with TemporaryDirectory(prefix="ts-soak-") as folder:
        port = free_port()
        environ = {
            "PATH": os.environ["PATH"],
            "TOUCHSTONE_DATA": folder,
            "TOUCHSTONE_PORT": str(port),
            "TOUCHSTONE_RATE_LIMIT": "0",
        }
        process = subprocess.Popen(
            [TOUCHSTONE, "serve", *(() if demo else ("--no-demo",)), *options],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            _listen(process)
            with machine(Settings.read(environ)) as settings:
                ground = asyncio.run(prepared(settings))
            yield Serving(process, environ, port, ground)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _listen(process: subprocess.Popen[str]) -> None:
    """Wait until it says that it is ready."""
    assert process.stdout is not None
    began, said = time.monotonic(), list[str]()
    for line in process.stdout:
        said.append(line)
        if READY in line:
            # Nobody reads what it says from now on, but it must be able to say it.
            Thread(target=process.stdout.read, daemon=True).start()
            return
        if time.monotonic() - began > PATIENCE:
            break
    raise RuntimeError("".join(said))


async def prepared(settings: Settings) -> Ground:
    """One person, and a journey to write on."""
    database = Database(make_engine(settings.database_url, 1))
    async with database.transaction() as tx:
        actor, token = await person(tx, settings)
        fields = {"title": "Soaked", "status": "published"}
        made = await journeys.create(tx, actor, fields, (), Template.THREE_STAGE)
        stages = await siblings(tx, actor, Stage, made.id)
    await database.close()
    return Ground(token, actor.organization_id, made.id, stages[0][0])
