"""Two servers, two workers and a database that can be restarted under them."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from uuid import UUID

from api.auth.tokens import Principal, Tokens
from api.embedded.cluster import Cluster
from api.embedded.roles import OWNER
from api.plugins.database import Database, make_engine
from api.plugins.migration import upgrade
from api.settings import Settings
from bench.data import person
from bench.machine import free_port, settings_of
from bench.soak.serving import PATIENCE, READY, TOUCHSTONE
from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.models.identity.accounts import Account, Session
from domain.roles import Group
from domain.rules.templates import Template
from domain.services.maps import journeys
from domain.services.steps import joining
from domain.services.steps.joining import Place

Process = subprocess.Popen[str]


@dataclass(frozen=True)
class Villager:
    """Somebody with a token."""

    name: str
    member_id: UUID
    token: str


@dataclass
class Village:
    """The processes, and a journey of `people[0]` in which the others talk."""

    cluster: Cluster
    settings: Settings
    ports: list[int]
    workers: list[Process]
    journey_id: UUID
    people: list[Villager]
    hands: Executor

    async def restart_database(self) -> float:
        """Stop PostgreSQL and start it again at the same address; the seconds it was away."""
        began, loop = time.monotonic(), asyncio.get_running_loop()
        await loop.run_in_executor(self.hands, self.cluster.stop)
        await loop.run_in_executor(self.hands, self.cluster.start)
        return time.monotonic() - began

    def audit(self) -> tuple[bool, str]:
        """Whether `touchstone audit verify` finds nothing, and what it says."""
        command = [str(TOUCHSTONE), "audit", "verify"]
        given = os.environ | self.settings.environ()
        done = subprocess.run(command, env=given, capture_output=True, text=True)
        return done.returncode == 0, done.stdout + done.stderr


@contextmanager
def village(*names: str) -> Iterator[Village]:
    """Everything runs until the block ends; the first of the names owns the journey."""
    # The kernel ends the database with the thread that started it: this one lives on.
    with ThreadPoolExecutor(1) as hands, TemporaryDirectory(prefix="ts-village-") as folder:
        cluster = hands.submit(Cluster(Path(folder)).start).result()
        processes: list[Process] = []
        try:
            settings = settings_of(cluster)
            upgrade(cluster.url(OWNER))
            journey_id, people = asyncio.run(_settled(settings, names))
            ports = [free_port() for _ in range(2)]
            for port in ports:
                command = ("serve", "--no-demo", "--no-clock", "--port", str(port))
                processes.append(_started(settings, READY, *command))
            workers = [_started(settings, "Ctrl-C", "worker") for _ in range(2)]
            processes += workers
            yield Village(cluster, settings, ports, workers, journey_id, people, hands)
        finally:
            for one in processes:
                one.terminate()
            for one in processes:
                one.wait(PATIENCE)
            cluster.stop()


def _started(settings: Settings, until: str, *command: str) -> Process:
    """A `touchstone` that has said that it is ready."""
    process = subprocess.Popen(
        [TOUCHSTONE, *command],
        env=os.environ | settings.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = list[str]()
    for line in process.stdout:
        said.append(line)
        if until in line:
            # Nobody reads what it says from now on, but it must be able to say it.
            Thread(target=process.stdout.read, daemon=True).start()
            return process
    raise RuntimeError("".join(said))


async def _settled(settings: Settings, names: tuple[str, ...]) -> tuple[UUID, list[Villager]]:
    database = Database(make_engine(settings.database_url, 1))
    async with database.transaction() as tx:
        owner, token = await person(tx, settings)
        fields = {"title": "I ask the way", "status": "published"}
        made = await journeys.create(tx, owner, fields, (), Template.THREE_STAGE)
        people = [Villager(names[0], owner.member_id, token)]
        people += [await _moved_in(tx, settings, owner, name) for name in names[1:]]
    await database.close()
    return made.id, people


async def _moved_in(tx: Transaction, settings: Settings, owner: Actor, name: str) -> Villager:
    account = Account(email=f"{name.lower()}@example.org", name=name)
    await tx.add(account)
    head = await ledger.lock(tx, owner, owner.organization_id)
    place = Place(group=Group.FRONTLINE_STAFF)
    member, _ = await joining.join(tx, None, head, account, place)
    session = Session(
        account_id=account.id,
        organization_id=owner.organization_id,
        member_id=member.id,
        seed=bytes(32),
    )
    await tx.add(session)
    principal = Principal(account.id, owner.organization_id, member.id, session.id)
    token = Tokens([settings.secret], issuer=settings.public_url).issue(principal)
    return Villager(name, member.id, token)
