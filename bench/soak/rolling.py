"""R10: each of two processes is stopped and started anew, and nobody's request fails."""

import asyncio
import time
from collections import Counter
from contextlib import suppress

import httpx

from bench.soak.ears import Ear, stream_of
from bench.soak.fleet import Fleet, Server, fleet
from bench.soak.stream import hang_up
from bench.soak.waiting import until

RESTARTS, RATE, STREAMS = 5, 50, 100
OK, CLOSED_WITHIN, OUT_WITHIN = 200, 1.0, 10.0


class Balancer:
    """Sends requests to whoever says that they are ready, asked ten times a second."""

    def __init__(self, two: Fleet) -> None:
        self.servers, self.ready = two.servers, {one.port for one in two.servers}
        self._turn, self._last = 0, sorted(self.ready)

    def port(self) -> int:
        """Who is next."""
        ports = sorted(self.ready) or self._last
        self._last = ports
        self._turn += 1
        return ports[self._turn % len(ports)]

    async def look(self, over: asyncio.Event) -> None:
        """Keep asking."""
        async with httpx.AsyncClient(timeout=3) as client:
            while not over.is_set():
                await asyncio.gather(*(self._ask(client, one.port) for one in self.servers))
                await asyncio.sleep(0.1)

    async def _ask(self, client: httpx.AsyncClient, port: int) -> None:
        status = 0
        with suppress(httpx.HTTPError):
            status = (await client.get(f"http://127.0.0.1:{port}/health/ready")).status_code
        (self.ready.add if status == OK else self.ready.discard)(port)


def main() -> bool:
    """Restart by turns; whether everything held."""
    with fleet(2) as two:
        return asyncio.run(soak(two))


async def soak(two: Fleet) -> bool:
    """Requests and streams, and a restart now and then."""
    over, balancer = asyncio.Event(), Balancer(two)
    people = two.ground.listeners
    path = stream_of(two.ground.journey_id)
    ears = [Ear(path, people[n % len(people)].token, balancer.port) for n in range(STREAMS)]
    answers: Counter[str] = Counter()
    async with asyncio.TaskGroup() as group:
        group.create_task(balancer.look(over))
        for ear in ears:
            group.create_task(ear.run(over))
        await until(lambda: all(ear.connected for ear in ears))
        group.create_task(requests(two, balancer, answers, over))
        times = [await restart(two.servers[n % 2], balancer, ears) for n in range(RESTARTS)]
        hang_up(ears, over)
    closed, out = max(times)[0], max(one[1] for one in times)
    good = answers.pop(str(OK), 0)
    print(f"{RESTARTS} restarts at {RATE} requests/s and {STREAMS} streams: {good} answered,")
    print(f"  {sum(answers.values())} failed {dict(answers) or ''}; streams closed within "
          f"{closed:.2f} s, out within {out:.1f} s")  # fmt: skip
    return not answers and closed <= CLOSED_WITHIN and out <= OUT_WITHIN


async def restart(server: Server, balancer: Balancer, ears: list[Ear]) -> tuple[float, float]:
    """Stop one and start it anew; when its last stream had ended, and when it was gone."""
    await asyncio.sleep(1)
    before = {id(ear): ear.ended_at for ear in ears}
    began = time.monotonic()
    out = await asyncio.to_thread(server.stop)
    balancer.ready.discard(server.port)
    ended = [ear.ended_at - began for ear in ears if ear.ended_at != before[id(ear)]]
    await asyncio.to_thread(server.start)
    await until(lambda: len(balancer.ready) == 2 and all(ear.connected for ear in ears))
    return max(ended, default=0.0), out


async def requests(
    two: Fleet, balancer: Balancer, answers: Counter[str], over: asyncio.Event
) -> None:
    """So many a second, each to whoever is ready."""
    headers = {"authorization": f"Bearer {two.ground.token}"}

    async def one(client: httpx.AsyncClient) -> None:
        url = f"http://127.0.0.1:{balancer.port()}/v1/journeys/{two.ground.journey_id}/map"
        try:
            answers[str((await client.get(url)).status_code)] += 1
        except httpx.HTTPError as error:
            answers[type(error).__name__] += 1

    began, number = time.monotonic(), 0
    async with (
        httpx.AsyncClient(headers=headers, timeout=10) as client,
        asyncio.TaskGroup() as group,
    ):
        while not over.is_set():
            number += 1
            await asyncio.sleep(max(0, began + number / RATE - time.monotonic()))
            group.create_task(one(client))
