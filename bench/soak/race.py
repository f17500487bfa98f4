"""Two workers, many writers: appends to one journey never fork, edits of one stage are never lost.

Each connection stays with the worker that accepted it, so the writers are spread over both.
"""

import asyncio
import time
from collections import Counter
from typing import Any

import httpx

from bench.soak.serving import Serving, serving

WRITERS, APPENDS, EDITORS, EDITS = 32, 50, 16, 100
OK, CREATED, STALE = 200, 201, 412
PROMISED = 300


def main() -> bool:
    """Race twice, verify; whether everything held."""
    with serving("--workers", "2") as server:
        appended = asyncio.run(appending(server))
        edited = asyncio.run(editing(server))
        verified, says = server.audit()
    print(f"  {says.strip()}")
    return appended and edited and verified


def client_of(server: Serving) -> httpx.AsyncClient:
    """One writer's own connection."""
    headers = {"authorization": f"Bearer {server.ground.token}"}
    return httpx.AsyncClient(base_url=server.url, timeout=30, headers=headers)


async def appending(server: Serving) -> bool:
    """Everybody annotates one journey; revisions without a gap, none given twice."""
    said = {"subject_id": str(server.ground.journey_id), "kind": "comment", "body": "So it is."}

    async def append() -> list[int]:
        async with client_of(server) as client:
            replies = [await client.post("/v1/annotations", json=said) for _ in range(APPENDS)]
        return [int(r.headers["Journey-Revision"]) for r in replies if r.status_code == CREATED]

    began = time.monotonic()
    told = await asyncio.gather(*(append() for _ in range(WRITERS)))
    rate = WRITERS * APPENDS / (time.monotonic() - began)
    revisions = sorted(revision for each in told for revision in each)
    whole = revisions == list(range(revisions[0], revisions[0] + WRITERS * APPENDS))
    print(f"{WRITERS} writers x {APPENDS} appends on one journey, 2 workers:")
    pace = f"{rate:.0f} appends/s, promised {PROMISED}{'' if rate >= PROMISED else ', missed'}"
    print(f"  {'no fork, no gap' if whole else 'FORKED OR WITH GAPS'}; {pace}")
    return whole and rate >= PROMISED


async def editing(server: Serving) -> bool:
    """Everybody edits one stage; as many versions as were acknowledged."""
    answers: Counter[int] = Counter()
    path = f"/v1/stages/{server.ground.stage_id}"

    async def edit(number: int) -> int:
        version = 1
        async with client_of(server) as client:
            for turn in range(EDITS):
                reply = await client.patch(path, **change(f"{number} {turn}", version))
                answers[reply.status_code] += 1
                version = int(reply.headers["ETag"].strip('"'))
        return version

    last = max(await asyncio.gather(*(edit(number) for number in range(EDITORS))))
    held = last == answers[OK] + 1 and set(answers) <= {OK, STALE}
    print(f"{EDITORS} editors x {EDITS} edits of one stage, 2 workers:")
    print(f"  {answers[OK]} accepted, {answers[STALE]} stale, version {last} in the end")
    return held


def change(name: str, version: int) -> dict[str, Any]:
    """An edit that says which version it is based on."""
    return {
        "headers": {"if-match": f'"{version}"', "content-type": "application/merge-patch+json"},
        "json": {"name": name},
    }
