"""Workers are killed while 16 clients annotate: what was acknowledged is there, once."""

import asyncio
import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import psutil

from bench.soak.serving import Serving, serving

# A worker that dies within 5.5 s of its start is a crash loop to Granian, which then gives up.
CLIENTS, KILLS, BETWEEN = 16, 3, 6.0
CREATED, GIVE_UP = 201, 30.0


@dataclass
class Score:
    """What the clients were told, and what it took."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    answers: Counter[str] = field(default_factory=Counter)


def main() -> bool:
    """Kill, count, verify; whether everything held."""
    with serving("--workers", "2") as server:
        score, killed = asyncio.run(soak(server))
        stored = asyncio.run(written(server))
        alive = len(server.workers()) == 2
        verified, says = server.audit()
    lost = set(score.acknowledged.items()) - set(stored)
    twice = [body for body, count in Counter(body for _, body in stored).items() if count > 1]
    held = alive and verified and not lost and not twice
    print(f"kill -9 of {killed} workers while {CLIENTS} clients annotate:")
    print(f"  {len(score.acknowledged)} acknowledged, {len(lost)} lost, {len(twice)} twice;")
    print(f"  {score.repeated} requests repeated {dict(score.answers)};")
    print(f"  both workers {'live' if alive else 'do NOT live'}; {says.strip()}")
    return held


async def soak(server: Serving) -> tuple[Score, int]:
    """Write until the killing is over, then finish what was begun."""
    score, over = Score(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number in range(CLIENTS):
            group.create_task(annotate(server, number, score, over))
        killed = await kill(server)
        over.set()
    return score, killed


async def kill(server: Serving) -> int:
    """kill -9 one worker after another; each is replaced by the server."""
    killed = 0
    for _ in range(KILLS):
        await asyncio.sleep(BETWEEN)
        with suppress(psutil.NoSuchProcess, IndexError):
            random.choice(server.workers()).kill()
            killed += 1
    await asyncio.sleep(BETWEEN / 2)
    return killed


async def annotate(server: Serving, number: int, score: Score, over: asyncio.Event) -> None:
    """One client: says one thing after another, each until it is acknowledged."""
    count = 0
    async with httpx.AsyncClient(base_url=server.url, timeout=5) as client:
        while not over.is_set():
            count += 1
            body = f"Client {number} says {count}."
            score.acknowledged[await said(client, server, body, score)] = body


async def said(client: httpx.AsyncClient, server: Serving, body: str, score: Score) -> str:
    """Send until somebody acknowledges, always with the same key; the id of what was made."""
    key, began = str(uuid4()), time.monotonic()
    while time.monotonic() - began < GIVE_UP:
        try:
            reply = await client.post("/v1/annotations", **request(server, key, body))
            if reply.status_code == CREATED:
                made: str = reply.json()["id"]
                return made
            score.answers[str(reply.status_code)] += 1
        except httpx.TransportError as error:
            score.answers[type(error).__name__] += 1
        score.repeated += 1
        await asyncio.sleep(0.05)
    raise TimeoutError(f"nobody acknowledged within {GIVE_UP} s: {score.answers}")


def request(server: Serving, key: str, body: str) -> dict[str, Any]:
    """An annotation of the journey."""
    return {
        "headers": {"authorization": f"Bearer {server.ground.token}", "idempotency-key": key},
        "json": {"subject_id": str(server.ground.journey_id), "kind": "comment", "body": body},
    }


async def written(server: Serving) -> list[tuple[str, str]]:
    """Everything that stands there now, through the API: id and body."""
    found, cursor = list[tuple[str, str]](), None
    headers = {"authorization": f"Bearer {server.ground.token}"}
    chosen = {"journey": str(server.ground.journey_id), "limit": "100"}
    async with httpx.AsyncClient(base_url=server.url, timeout=30, headers=headers) as client:
        while True:
            given = chosen | ({"cursor": cursor} if cursor else {})
            page = (await client.get("/v1/annotations", params=given)).raise_for_status().json()
            found += [(one["id"], one["body"]) for one in page["items"]]
            cursor = page.get("next_cursor")
            if not cursor:
                return found
