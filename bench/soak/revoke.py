"""S7: 20 streams on 2 processes whose readers lose their right: the time until each has ended."""

import asyncio
import time
from collections import Counter
from functools import partial
from uuid import UUID

import httpx

from bench.soak.ears import Ear
from bench.soak.fleet import Fleet, Listener, fleet
from bench.soak.waiting import until

PROMISED, OK, NO_CONTENT = 5.0, 200, 204


def main() -> bool:
    """Suspend some, sign some out, move some to another group; whether all held."""
    with fleet(2) as two:
        return asyncio.run(soak(two))


async def soak(two: Fleet) -> bool:
    """Ten members with a stream on each process; all lose it within a second."""
    over = asyncio.Event()
    people = two.ground.listeners[:10]
    path = f"/v1/journeys/{two.ground.journey_id}/stream"
    ears = {
        one: [Ear(path, one.token, partial(int, server.port)) for server in two.servers]
        for one in people
    }
    async with httpx.AsyncClient(timeout=10) as client, asyncio.TaskGroup() as group:
        for ear in (ear for both in ears.values() for ear in both):
            group.create_task(ear.listen())
        await until(lambda: all(ear.connected for both in ears.values() for ear in both))
        reading = {one: group.create_task(read_on(two, client, one, over)) for one in people}
        lost = {one: await lose(two, client, one, place) for place, one in enumerate(people)}
        every = [ear for both in ears.values() for ear in both]
        await until(lambda: not any(ear.connected for ear in every), 20)
        over.set()
    streams = [ear.ended_at - lost[one] for one, both in ears.items() for ear in both]
    reads = [max(0.0, reading[one].result() - lost[one]) for one in people]
    said = Counter(ear.kinds[-1] for both in ears.values() for ear in both)
    print(f"{len(streams)} streams on 2 processes, suspended or signed out: ended {dict(said)}")
    print(f"  after {min(streams):.2f} to {max(streams):.2f} s; last good read after "
          f"{max(reads):.2f} s; promised {PROMISED:.0f} s")  # fmt: skip
    moved = await regroup(two)
    print(f"  another group was seen with other eyes after {moved:.2f} s")
    return max(*streams, *reads, moved) <= PROMISED and set(said) == {"revoked"}


async def lose(two: Fleet, client: httpx.AsyncClient, who: Listener, place: int) -> float:
    """Sign out or suspend; when it had happened."""
    port = two.servers[place % 2].port
    if place % 2:
        headers = {"authorization": f"Bearer {who.token}"}
        url = f"http://127.0.0.1:{port}/v1/sessions/current"
        assert (await client.delete(url, headers=headers)).status_code == NO_CONTENT
    else:
        await change(two, client, who.member_id, port, status="suspended")
    return time.monotonic()


async def change(
    two: Fleet, client: httpx.AsyncClient, member_id: UUID, port: int, **fields: str
) -> None:
    """What the administrator does to a member."""
    headers = {"authorization": f"Bearer {two.ground.token}"}
    url = f"http://127.0.0.1:{port}/v1/members/{member_id}"
    found = (await client.get(url, headers=headers)).raise_for_status()
    headers |= {"if-match": f'"{found.json()["version"]}"'}
    (await client.patch(url, headers=headers, json=fields)).raise_for_status()


async def read_on(
    two: Fleet, client: httpx.AsyncClient, who: Listener, over: asyncio.Event
) -> float:
    """Read every tenth of a second on both processes; when it was last answered."""
    last, headers = 0.0, {"authorization": f"Bearer {who.token}"}
    while not over.is_set():
        for server in two.servers:
            url = f"http://127.0.0.1:{server.port}/v1/journeys/{two.ground.journey_id}/events"
            if (await client.get(url, headers=headers)).status_code == OK:
                last = time.monotonic()
        await asyncio.sleep(0.1)
    return last


async def regroup(two: Fleet) -> float:
    """Move somebody to another group; how long until they hear what that group may hear."""
    who, port = two.ground.listeners[10], two.servers[1].port
    ear = Ear(f"/v1/journeys/{two.ground.journey_id}/stream", who.token, partial(int, port))
    listening = asyncio.create_task(ear.listen())
    headers = {"authorization": f"Bearer {two.ground.token}"}
    said = {"subject_id": str(two.ground.journey_id), "kind": "comment", "body": "For my group.",
            "visibility": "my_group"}  # fmt: skip
    async with httpx.AsyncClient(timeout=10, headers=headers) as client:
        await until(lambda: ear.connected)
        await change(two, client, who.member_id, two.servers[0].port, group="decision_maker")
        began = time.monotonic()
        while "annotation.written" not in ear.kinds:
            url = f"http://127.0.0.1:{two.servers[0].port}/v1/annotations"
            (await client.post(url, json=said)).raise_for_status()
            await asyncio.sleep(0.1)
    took = time.monotonic() - began
    ear.cut()
    await asyncio.wait({listening})
    return took
