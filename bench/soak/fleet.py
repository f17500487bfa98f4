"""Two servers on one database, each with a port of its own, as a balancer would have them."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import NamedTuple
from uuid import UUID

import psutil

from api.auth.tokens import Principal, Tokens
from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench.data import person
from bench.machine import database, free_port
from bench.soak.serving import PATIENCE, READY
from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.models.identity.accounts import Account, Session
from domain.roles import Group
from domain.rules.templates import Template
from domain.services.maps import journeys
from domain.services.steps import joining
from domain.services.steps.joining import Place


class Listener(NamedTuple):
    """Somebody who listens."""

    member_id: UUID
    token: str


@dataclass
class Ground:
    """Where it happens, and who may do everything there."""

    actor: Actor
    token: str
    journey_id: UUID
    listeners: list[Listener]


@dataclass
class Server:
    """One `touchstone serve` with one worker."""

    settings: Settings
    port: int
    environ: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    def start(self) -> "Server":
        """Serve, and wait until it says that it is ready."""
        given = os.environ | self.settings.environ() | self.environ
        command = ["serve", "--no-demo", "--no-clock", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.soak.process", *command],
            env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = list[str]()
        for line in self.process.stdout:
            said.append(line)
            if READY in line:
                Thread(target=self.process.stdout.read, daemon=True).start()
                return self
        raise RuntimeError("".join(said))

    def worker(self) -> psutil.Process:
        """The process that answers."""
        assert self.process is not None
        return psutil.Process(self.process.pid).children()[-1]

    def stop(self) -> float:
        """SIGTERM; the seconds until it was gone."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return time.monotonic() - began


@dataclass
class Fleet:
    """The servers, their database, and a journey to write in."""

    settings: Settings
    servers: list[Server]
    ground: Ground


@contextmanager
def fleet(count: int = 2, **environ: str) -> Iterator[Fleet]:
    """Serve until the block ends."""
    with database() as settings:
        ground = asyncio.run(prepared(settings))
        servers = [Server(settings, free_port(), environ) for _ in range(count)]
        try:
            yield Fleet(settings, [one.start() for one in servers], ground)
        finally:
            for one in servers:
                if one.process is not None and one.process.poll() is None:
                    one.stop()


async def prepared(settings: Settings, members: int = 12) -> Ground:
    """Somebody, a published journey, and members who listen to it."""
    pool = Database(make_engine(settings.database_url, 1))
    async with pool.transaction() as tx:
        actor, token = await person(tx, settings)
        fields = {"title": "Soaked", "status": "published"}
        made = await journeys.create(tx, actor, fields, (), Template.THREE_STAGE)
        listeners = [await listener(tx, settings, actor, number) for number in range(members)]
    await pool.close()
    return Ground(actor, token, made.id, listeners)


async def listener(tx: Transaction, settings: Settings, admin: Actor, number: int) -> Listener:
    """One more member of the organization, signed in."""
    account = Account(email=f"listener{number}@example.org", name=f"Listener {number}")
    await tx.add(account)
    head = await ledger.lock(tx, admin, admin.organization_id)
    place = Place(group=list(Group)[number % len(Group)])
    member, _ = await joining.join(tx, None, head, account, place)
    session = Session(
        account_id=account.id,
        organization_id=admin.organization_id,
        member_id=member.id,
        seed=bytes(32),
    )
    await tx.add(session)
    principal = Principal(account.id, admin.organization_id, member.id, session.id)
    token = Tokens([settings.secret], issuer=settings.public_url).issue(principal)
    return Listener(member.id, token)
