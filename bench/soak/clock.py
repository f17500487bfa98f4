"""Two clocks take what is overdue up the chain, one of them is killed: each step is taken once."""

import asyncio
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx

from api.commands.machine import machine
from api.plugins.database import Database, make_engine
from api.settings import Settings
from bench.soak.serving import TOUCHSTONE, Serving, serving
from domain import ledger
from domain.models.identity.accounts import Account
from domain.roles import Group
from domain.services.steps import joining
from domain.services.steps.joining import Place

DUE, UNTIL_KILLED, GIVE_UP = 100, 10, 60.0


def main() -> bool:
    """Let them run, kill one in the middle, count; whether everything held."""
    with serving("--no-clock") as server:
        asyncio.run(hire(server))
        due = asyncio.run(fall_due(server))
        killed_at, left = race(server)
        taken = Counter(asyncio.run(steps(server)))
        verified, says = server.audit()
    once = taken == Counter((subject, 1) for subject in due)
    print(f"2 clocks x {DUE} steps that are due, kill -9 of one:")
    print(f"  killed when {killed_at} were taken; {len(taken)} taken, {left} left for a third;")
    print(f"  {'each step once' if once else 'NOT EACH STEP ONCE'}; {says.strip()}")
    return once and verified and UNTIL_KILLED <= killed_at < DUE


async def hire(server: Serving) -> None:
    """Somebody whom the last level of the chain reaches."""
    with machine(Settings.read(server.environ)) as settings:
        database = Database(make_engine(settings.database_url, 1))
        organization_id = server.ground.organization_id
        async with database.transaction(organization_id) as tx:
            account = Account(email="chief@example.org", name="Chief")
            await tx.add(account)
            head = await ledger.lock_alone(tx, organization_id)
            await joining.join(tx, None, head, account, Place(group=Group.EXECUTIVE))
        await database.close()


def client_of(server: Serving) -> httpx.AsyncClient:
    """The one who looks after everything."""
    headers = {"authorization": f"Bearer {server.ground.token}"}
    return httpx.AsyncClient(base_url=f"{server.url}/v1", timeout=30, headers=headers)


async def fall_due(server: Serving) -> list[str]:
    """Threads that are to be finished today, all in one journey."""
    today, due = datetime.now(UTC).date().isoformat(), list[str]()
    async with client_of(server) as client:
        me = (await client.get("/me")).raise_for_status().json()["member"]["id"]
        for number in range(DUE):
            said = {"subject_id": str(server.ground.journey_id), "kind": "issue"}
            made = await client.post("/annotations", json=said | {"body": f"Issue {number}."})
            due.append(made.raise_for_status().json()["id"])
            assigned = await client.post(
                f"/annotations/{due[-1]}/assign",
                json={"member_id": me, "due_on": today},
                headers={"if-match": '"1"'},
            )
            assigned.raise_for_status()
    return due


def race(server: Serving) -> tuple[int, int]:
    """Run two clocks, kill one in the middle; how far it had come, and what was left at the end."""
    clocks = [begin(server) for _ in range(2)]
    began, taken = time.monotonic(), 0
    while taken < UNTIL_KILLED and time.monotonic() - began < GIVE_UP:
        taken = len(asyncio.run(steps(server)))
    clocks[0].kill()
    for one in clocks:
        one.communicate(timeout=GIVE_UP)
    said, _ = begin(server).communicate(timeout=GIVE_UP)
    return taken, int(said.split()[0])


def begin(server: Serving) -> "subprocess.Popen[str]":
    """A clock that does what is due in ten days, and ends."""
    then = (datetime.now(UTC) + timedelta(days=10)).isoformat()
    return subprocess.Popen(
        [TOUCHSTONE, "worker", "--at", then],
        env=server.environ,
        stdout=subprocess.PIPE,
        text=True,
    )


async def steps(server: Serving) -> list[tuple[str, int]]:
    """What went up: subject and step."""
    found, cursor = list[tuple[str, int]](), ""
    async with client_of(server) as client:
        while True:
            reply = await client.get(f"/escalations?limit=100{cursor}")
            page = reply.raise_for_status().json()
            found += [(one["subject_id"], one["step"]) for one in page["items"]]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"
