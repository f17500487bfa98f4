"""R7: fifty sockets that never read, beside fifty that do: when they are let go, who notices."""

import asyncio
import time
from collections import Counter

import psutil

from api.plugins.database import Database, make_engine
from bench.soak.ears import Ear, percentile, stalled, stream_of
from bench.soak.fleet import Fleet, fleet
from bench.soak.stream import CREATED, PACED_SECONDS, annotation, hang_up, steadily
from bench.soak.waiting import analyzed, head, until
from domain import ledger
from domain.facts import Verb
from domain.ledger import Fact

STALLED, HEALTHY = 50, 50
PACE = 40  # events a second
FILLS, BATCH, MIB = 9_900, 100, 1024 * 1024
PROMISED_SECONDS, PROMISED_P99, PROMISED_MIB = 30.0, 1.0, 20
MARGIN = 15.0  # seconds until what the kernel keeps for them is full


def main() -> bool:
    """Stall, write, watch; whether everything held."""
    with fleet(1) as one:
        return asyncio.run(soak(one))


async def soak(one: Fleet) -> bool:
    """Fill what the kernel keeps for a deaf reader, then count until nothing of it is left."""
    over, past = asyncio.Event(), await head(one)
    await fill(one)
    port, people = one.servers[0].port, one.ground.listeners
    path, worker = stream_of(one.ground.journey_id), one.servers[0].worker()
    tokens = [people[number % len(people)].token for number in range(HEALTHY)]
    ears = [Ear(path, token, lambda: port) for token in tokens]
    answers: Counter[str] = Counter()
    async with asyncio.TaskGroup() as group:
        for ear in ears:
            group.create_task(ear.run(over))
        await until(lambda: all(ear.connected for ear in ears))
        quiet = worker.num_fds(), worker.memory_info().rss
        deaf = [stalled(port, f"{path}&after={past}", token) for token in tokens[:STALLED]]
        watching = group.create_task(watch(worker, quiet))
        await steadily(one, answers, asyncio.Event(), PACE)
        gone, grown = await watching
        hang_up(ears, over)
    for socket in deaf:
        socket.close()
    return told(ears, gone, grown, answers)


async def fill(one: Fleet) -> None:
    """Let more have happened than the kernel keeps for a socket that nobody reads."""
    pool = Database(make_engine(one.settings.database_url, 1))
    ground = one.ground
    async with pool.transaction(ground.actor.organization_id) as tx:
        locked = await ledger.lock(tx, ground.actor, ground.journey_id)
        for _ in range(FILLS // BATCH):
            said = [annotation(one) for _ in range(BATCH)]
            await tx.add(*said)
            facts = [Fact(Verb.ANNOTATION_WRITTEN, each) for each in said]
            locked = await ledger.record(tx, ground.actor, locked, *facts)
    await pool.close()
    await analyzed(one)


async def watch(worker: psutil.Process, quiet: tuple[int, int]) -> tuple[float, float]:
    """Seconds until the sockets of the deaf were closed, and the memory it took."""
    grown = 0
    began = time.monotonic()
    while worker.num_fds() > quiet[0] + 4 and time.monotonic() - began < 3 * PROMISED_SECONDS:
        grown = max(grown, worker.memory_info().rss - quiet[1])
        await asyncio.sleep(0.25)
    return time.monotonic() - began, grown / MIB


def told(ears: list[Ear], gone: float, grown: float, answers: Counter[str]) -> bool:
    """Say it, and whether it is what was promised."""
    delays = [delay for ear in ears for delay in ear.delays[-int(PACE * PACED_SECONDS) :]]
    p99 = percentile(delays, 0.99)
    whole = all(
        ear.revisions == list(range(ear.revisions[0], ear.revisions[-1] + 1)) for ear in ears
    )
    print(f"{STALLED} deaf readers beside {HEALTHY}, {answers[str(CREATED)]} events:")
    print(f"  the deaf were gone after {gone:.0f} s, memory grew by {grown:.0f} MiB;")
    print(f"  the others have {'all' if whole else 'NOT all'}, p99 {p99 * 1000:.0f} ms")
    return whole and gone <= PROMISED_SECONDS + MARGIN and p99 <= PROMISED_P99
