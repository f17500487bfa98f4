"""PostgreSQL goes away under 8 writers on two API processes: what was acknowledged is there."""

import asyncio
import math
import os
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from uuid import uuid4

import asyncpg
import httpx

from api.commands.machine import plain
from api.settings import Settings
from bench.machine import served
from bench.soak.outage import OUTAGES, Fragile, Outage, accepts, fragile
from bench.soak.serving import TOUCHSTONE, Ground, prepared

WRITERS, BEFORE, AFTER = 8, 2.0, 3.0
CREATED, UNAVAILABLE, FAILED = 201, 503, 500
BACK_WITHIN, GIVE_UP = 5.0, 60.0
WRITTEN = """
SELECT a.id, a.body, e.revision FROM annotations a LEFT JOIN entries e
ON e.organization_id = a.organization_id AND e.subject_id = a.id AND e.verb = 'annotation.written'
"""


@dataclass
class Score:
    """What the writers were told, and when."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    successes: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    rude: int = 0
    """Answers 503 that do not say when to come back."""
    told: asyncio.Event = field(default_factory=asyncio.Event)
    """Set whenever something has been acknowledged."""


@dataclass(frozen=True)
class Verdict:
    """What came of one outage."""

    acknowledged: int
    lost: int
    twice: int
    failed: int
    rude: int
    back: float
    answers: Counter[str]

    @property
    def held(self) -> bool:
        """Whether the promise was kept."""
        return not (self.lost or self.twice or self.failed or self.rude) and (
            self.acknowledged > 0 and self.back <= BACK_WITHIN
        )


def main() -> bool:
    """Try every way to go away; whether all held."""
    with fragile() as (cluster, settings), ExitStack() as stack:
        ground = asyncio.run(prepared(settings))
        ports = [stack.enter_context(served("api.app:app", settings)) for _ in range(2)]
        held = []
        for name, outage in OUTAGES.items():
            verdict = survived(cluster, settings, ground, ports, outage)
            tell(name, verdict)
            held.append(verdict.held)
        verified = subprocess.run(
            [TOUCHSTONE, "audit", "verify"], env=os.environ | settings.environ(),
            capture_output=True, text=True,
        )  # fmt: skip
        print(f"  {(verified.stdout + verified.stderr).strip()}")
    return all(held) and verified.returncode == 0


def tell(name: str, verdict: Verdict) -> None:
    """One line of figures."""
    print(
        f"{name}, {WRITERS} writers on 2 processes: {verdict.acknowledged} acknowledged,"
        f" {verdict.lost} lost, {verdict.twice} twice, {verdict.failed} x 500,"
        f" {verdict.rude} x 503 without Retry-After, back {verdict.back:.2f} s after the database;"
        f" repeated {dict(verdict.answers)}"
    )


def survived(
    cluster: Fragile, settings: Settings, ground: Ground, ports: list[int], outage: Outage
) -> Verdict:
    """Write, take the database away, and count when it is back.

    The writers have a thread of their own: PostgreSQL ends with the thread that started it.
    """
    score, over = Score(), Event()
    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(asyncio.run, keep_writing(ports, ground, score, over))
        try:
            time.sleep(BEFORE)
            outage(cluster)
            began = asyncio.run(accepts(settings))
            time.sleep(AFTER)
        finally:
            over.set()
        writing.result()
    return asyncio.run(counted(settings, score, began))


async def keep_writing(ports: list[int], ground: Ground, score: Score, over: Event) -> None:
    """All the writers, by turns on each process."""
    async with asyncio.TaskGroup() as group:
        for number in range(WRITERS):
            url = f"http://127.0.0.1:{ports[number % len(ports)]}"
            client = httpx.AsyncClient(base_url=url, timeout=30)
            group.create_task(write(client, ground, score, over))


async def counted(settings: Settings, score: Score, began: float) -> Verdict:
    """Hold what was said to the writers against what is in the ledger."""
    connection = await asyncpg.connect(plain(settings.backup_database_url))
    rows = await connection.fetch(WRITTEN)
    await connection.close()
    told = {str(row["id"]): row["body"] for row in rows if row["revision"] is not None}
    often = Counter(row["body"] for row in rows)
    return Verdict(
        acknowledged=len(score.acknowledged),
        lost=len(set(score.acknowledged.items()) - set(told.items())),
        twice=sum(count > 1 for count in often.values()),
        failed=score.answers[str(FAILED)],
        rude=score.rude,
        back=min((m for m in score.successes if m > began), default=math.inf) - began,
        answers=score.answers,
    )


async def write(client: httpx.AsyncClient, ground: Ground, score: Score, over: Event) -> None:
    """One writer: says one thing after another, each until it is acknowledged."""
    async with client:
        while not over.is_set():
            body = f"I say {uuid4()}."
            score.acknowledged[await said(client, ground, body, score)] = body
            score.told.set()


async def said(client: httpx.AsyncClient, ground: Ground, body: str, score: Score) -> str:
    """Send until somebody acknowledges, always with the same key; the id of what was made."""
    asked = request(ground, body)
    until = time.monotonic() + GIVE_UP
    while time.monotonic() < until:
        try:
            reply = await client.post("/v1/annotations", **asked)
        except httpx.TransportError as error:
            score.answers[type(error).__name__] += 1
        else:
            if reply.status_code == CREATED:
                score.successes.append(time.monotonic())
                made: str = reply.json()["id"]
                return made
            score.answers[str(reply.status_code)] += 1
            unsaid = "retry-after" not in reply.headers
            score.rude += reply.status_code == UNAVAILABLE and unsaid
        await asyncio.sleep(0.05)
    raise TimeoutError(f"nobody acknowledged within {GIVE_UP:.0f} s: {score.answers}")


def request(ground: Ground, body: str) -> dict[str, Any]:
    """An annotation of the journey."""
    return {
        "headers": {"authorization": f"Bearer {ground.token}", "idempotency-key": str(uuid4())},
        "json": {"subject_id": str(ground.journey_id), "kind": "comment", "body": body},
    }
