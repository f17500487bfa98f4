"""Four members talk while a worker is killed and PostgreSQL restarted: each hears what is theirs.

Every thread is the same talk, so that everybody's inbox is known to the line and to the number:
what was told twice, or not at all, shows in how often it happened.
"""

import asyncio
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bench.soak.village import Village, Villager, village

TALKERS, THREADS, PROBES, GIVE_UP = 4, 15, 25, 120.0
SCRIPT = (
    "annotation.written",
    "reply.written",
    "annotation.assigned",
    "annotation.resolved",
    "annotation.reopened",
    "annotation.resolved",
)
EXPECTED = {
    "Olga": {("watching", 1)},
    "Ann": {("reply", 1), ("resolved", 2)},
    "Bob": {("mention", 1)},
    "Cai": {("assigned", 1), ("resolved", 2)},
}

Lines = dict[str, set[tuple[str, int]]]


@dataclass
class Talk:
    """The talk as it goes: what was begun, and what it took."""

    place: Village
    clients: list[httpx.AsyncClient]
    threads: list[str] = field(default_factory=list)
    repeated: Counter[str] = field(default_factory=Counter)
    third: asyncio.Event = field(default_factory=asyncio.Event)
    two_thirds: asyncio.Event = field(default_factory=asyncio.Event)

    def finished(self, thread: str) -> None:
        """Take note of a talk that has come to its end."""
        self.threads.append(thread)
        for event, share in ((self.third, 1), (self.two_thirds, 2)):
            if len(self.threads) >= TALKERS * THREADS * share // 3:
                event.set()

    def __getitem__(self, name: str) -> Villager:
        return next(one for one in self.place.people if one.name == name)

    async def get(self, by: str, path: str) -> Any:
        """Read, from whichever server, until one answers."""
        return (await self._sent("GET", by, path, {})).json()

    async def post(self, by: str, path: str, body: Any = None, version: int = 0) -> Any:
        """Do it once, however often it has to be sent; always under the same key."""
        headers = {"idempotency-key": str(uuid4())} | (
            {"if-match": f'"{version}"'} if version else {}
        )
        return (await self._sent("POST", by, path, headers, body)).json()

    async def _sent(
        self, method: str, by: str, path: str, headers: dict[str, str], body: Any = None
    ) -> httpx.Response:
        began = time.monotonic()
        given = headers | {"authorization": f"Bearer {self[by].token}"}
        while time.monotonic() - began < GIVE_UP:
            try:
                client = random.choice(self.clients)
                reply = await client.request(method, path, headers=given, json=body)
                if reply.is_success:
                    return reply
                self.repeated[str(reply.status_code)] += 1
                if reply.status_code < 500 and reply.status_code != 409:
                    raise RuntimeError(f"{method} {path}: {reply.text}")
            except httpx.TransportError as error:
                self.repeated[type(error).__name__] += 1
            await asyncio.sleep(0.05)
        raise TimeoutError(f"nobody answered {method} {path} within {GIVE_UP} s: {self.repeated}")


def main() -> bool:
    """Talk, kill, restart, compare; whether everything held."""
    with village("Olga", "Ann", "Bob", "Cai") as place:
        talk, took, away, late = asyncio.run(soak(place))
        verified, says = place.audit()
    wrong = [name for name, lines in late.items() if lines != expected(talk, name)]
    print(f"{len(talk.threads)} talks of four members, 2 servers, 2 workers; kill -9 of a worker,")
    print(f"PostgreSQL away for {away:.1f} s; requests repeated {dict(talk.repeated)}:")
    print(f"  {'each heard what is theirs, once' if not wrong else f'WRONG INBOX OF {wrong}'};")
    print(
        f"  in the inbox {statistics.median(took):.2f} s after the commit (median of {len(took)},"
    )
    print(f"  at the most {max(took):.2f} s); {says.strip()}")
    return not wrong and verified


async def soak(place: Village) -> tuple[Talk, list[float], float, dict[str, Lines]]:
    """Measure in peace, then talk through the violence, then read what everybody was told."""
    urls = [f"http://127.0.0.1:{port}/v1" for port in place.ports]
    clients = [httpx.AsyncClient(base_url=url, timeout=10) for url in urls]
    talk = Talk(place, clients)
    took = [await heard(talk) for _ in range(PROBES)]
    async with asyncio.TaskGroup() as group:
        for _ in range(TALKERS):
            group.create_task(talks(talk))
        away = await violence(talk)
    late = await settled(talk)
    in_order(talk, await events(talk))
    for client in clients:
        await client.aclose()
    return talk, took, away, late


async def heard(talk: Talk) -> float:
    """Seconds from an acknowledged mention to the line in the inbox of who is mentioned."""
    await asyncio.sleep(random.random())
    before = (await talk.get("Bob", "/me/notifications/count"))["unread"]
    await say(talk, "Olga")
    began, unread = time.monotonic(), before
    while unread == before:
        unread = (await talk.get("Bob", "/me/notifications/count"))["unread"]
    return time.monotonic() - began


async def say(talk: Talk, by: str) -> str:
    """A new annotation that mentions Bob."""
    words = f"Which way, @[member:{talk['Bob'].member_id}]?"
    body = {"subject_id": str(talk.place.journey_id), "kind": "question", "body": words}
    made: str = (await talk.post(by, "/annotations", body))["id"]
    return made


async def talks(talk: Talk) -> None:
    """One talk after another: mention, reply, assign, resolve, reopen, resolve."""
    for _ in range(THREADS):
        thread = await say(talk, "Ann")
        path = f"/annotations/{thread}"
        await talk.post("Bob", f"{path}/replies", {"body": "Left, then left."})
        to = {"member_id": str(talk["Cai"].member_id)}
        await talk.post("Olga", f"{path}/assign", to, 1)
        done = {"resolution": "answered", "note": "Left."}
        await talk.post("Cai", f"{path}/resolve", done, 2)
        await talk.post("Ann", f"{path}/reopen", None, 3)
        await talk.post("Olga", f"{path}/resolve", done, 4)
        talk.finished(thread)


async def violence(talk: Talk) -> float:
    """kill -9 of a worker after a third of the talks, a restart after two; how long it took."""
    await talk.third.wait()
    talk.place.workers[0].kill()
    await talk.two_thirds.wait()
    return await talk.place.restart_database()


def expected(talk: Talk, name: str) -> Lines:
    """What somebody's inbox should say of each talk."""
    return dict.fromkeys(talk.threads, EXPECTED[name])


async def settled(talk: Talk) -> dict[str, Lines]:
    """Everybody's inbox, once it says what it should, or after a long wait."""
    began = time.monotonic()
    while True:
        found = {name: await lines(talk, name) for name in EXPECTED}
        right = all(found[name] == expected(talk, name) for name in EXPECTED)
        if right or time.monotonic() - began > GIVE_UP:
            # Whatever would be told twice has had its time to be.
            await asyncio.sleep(3)
            return {name: await lines(talk, name) for name in EXPECTED}
        await asyncio.sleep(0.2)


async def lines(talk: Talk, name: str) -> Lines:
    """What an inbox says of the talks: reasons, and how often."""
    found, cursor = Lines(), ""
    while True:
        page = await talk.get(name, f"/me/notifications?limit=100{cursor}")
        for one in page["items"]:
            if one["subject"]["id"] in talk.threads:
                told = (one["reason"], one["happened"])
                found.setdefault(one["subject"]["id"], set()).add(told)
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def events(talk: Talk) -> list[dict[str, Any]]:
    """The whole feed of the journey."""
    path, found, cursor = f"/journeys/{talk.place.journey_id}/events", list[dict[str, Any]](), ""
    while True:
        page = await talk.get("Olga", f"{path}?limit=100{cursor}")
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def in_order(talk: Talk, feed: list[dict[str, Any]]) -> None:
    """Without a gap, and each talk in the order of its script."""
    assert [one["revision"] for one in feed] == list(range(1, len(feed) + 1))
    for thread in talk.threads:
        told = [one["verb"] for one in feed if one["subject_id"] == thread]
        assert told == [verb for verb in SCRIPT if verb != "reply.written"]
    replies = sum(one["verb"] == "reply.written" for one in feed)
    assert replies == len(talk.threads)
