"""Many writers at once, in two processes' worth of pools: no fork, no gap, no lost update."""

import asyncio
from collections import Counter
from dataclasses import replace
from uuid import UUID

import httpx

from api.embedded.cluster import Cluster
from api.embedded.roles import BACKUP
from domain.roles import Group
from tests.api.voices.scene import Scene, scene
from tests.cluster import connected
from tests.ledger_checks import assert_ledger_complete
from tests.world import Caller, World

WRITERS, APPENDS, EDITORS, EDITS = 16, 6, 16, 12


def through(client: httpx.AsyncClient, caller: Caller) -> Caller:
    return replace(caller, http=client)


async def entries(cluster: Cluster, journey: UUID) -> int:
    async with connected(cluster.url(BACKUP)) as connection:
        count: int = await connection.fetchval(
            "SELECT count(*) FROM entries WHERE stream_id = $1", journey
        )
        return count


async def test_appends_of_two_processes_never_fork_and_leave_no_gap(
    cluster: Cluster, world: World, elsewhere: httpx.AsyncClient
) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF].patient()
    before = await entries(cluster, place.journey)

    async def write(caller: Caller) -> list[int]:
        said = [
            await caller.post(
                "/v1/annotations",
                {"subject_id": str(place.touchpoint), "kind": "issue", "body": f"Number {n}."},
            )
            for n in range(APPENDS)
        ]
        assert {reply.status_code for reply in said} == {201}, said[-1].text
        return [int(reply.headers["Journey-Revision"]) for reply in said]

    writers = [ann, through(elsewhere, ann)] * WRITERS
    told = await asyncio.gather(*map(write, writers))
    revisions = sorted(revision for each in told for revision in each)
    made = WRITERS * 2 * APPENDS
    assert revisions == list(range(before + 1, before + made + 1))
    assert await entries(cluster, place.journey) == before + made
    async with connected(cluster.url(BACKUP)) as connection:
        await assert_ledger_complete(connection, place.org.id)


async def test_no_edit_of_sixteen_editors_is_lost(
    world: World, elsewhere: httpx.AsyncClient
) -> None:
    place = await scene(world)
    seen: Counter[int] = Counter()

    async def edit(number: int) -> None:
        owner = place.owner.patient()
        editor = owner if number % 2 else through(elsewhere, owner)
        version = '"1"'
        for turn in range(EDITS):
            body = {"name": f"{number} {turn}"}
            reply = await editor.patch(f"/v1/stages/{place.stage}", body, If_Match=version)
            assert reply.status_code in (200, 412), reply.text
            seen[reply.status_code] += 1
            version = reply.headers["ETag"]

    started = await version_of(place)
    await asyncio.gather(*(edit(number) for number in range(EDITORS)))
    assert seen[200] + seen[412] == EDITORS * EDITS
    assert seen[200] >= EDITS
    assert await version_of(place) == started + seen[200]


async def version_of(place: Scene) -> int:
    drawn = await place.owner.read(f"/v1/journeys/{place.journey}/map")
    [stage] = [one for one in drawn["stages"] if one["id"] == str(place.stage)]
    version: int = stage["version"]
    return version
