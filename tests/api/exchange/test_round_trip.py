"""Out and in again: the same journey, but for ids and times."""

import asyncio
from typing import Any

import msgspec
from hypothesis import Phase, given, settings

from api.schemas.maps.imports import ImportDocument
from domain.roles import Group
from tests.api.exchange.documents import Document, documents, timeless
from tests.api.exchange.test_exports import exported, imported
from tests.world import Org, World

ONLY_IF_USED = ("departments", "channels")


async def into_another(org: Org, document: Document) -> Any:
    """The document as it comes out of an organization that knew nothing of it."""
    other = await org.world.organization()
    return await exported(other.admin, await imported(other.admin, document))


async def back_again(world: World, document: Document) -> None:
    org = await world.organization()
    out = await exported(org.admin, await imported(org.admin, document))
    msgspec.convert(out, ImportDocument)
    assert timeless(await into_another(org, out)) == timeless(out)
    lists = [name for name in document if isinstance(document[name], list)]
    told = {name: len(out[name]) for name in lists if name not in ONLY_IF_USED}
    assert told == {name: len(document[name]) for name in told}


async def test_any_journey_comes_out_as_it_went_in(world: World) -> None:
    """Whatever it holds: examples are played from a thread beside the loop."""
    loop = asyncio.get_running_loop()

    @settings(max_examples=10, deadline=None, phases=[Phase.generate], database=None)
    @given(documents())
    def played(document: Document) -> None:
        work = back_again(world, document)
        asyncio.run_coroutine_threadsafe(work, loop).result(60)

    await asyncio.to_thread(played)


async def test_what_was_made_by_hand_keeps_its_place(world: World) -> None:
    """An export can be imported where it comes from: nothing is made twice."""
    org = await world.organization()
    journey_id = await org.journey()
    said = {"subject_id": str(journey_id), "kind": "idea", "body": "So."}
    first = await org.admin.made("/v1/annotations", said)
    colleague = await org.member(Group.FRONTLINE_STAFF)
    granted = {"role": "participant", "group": "frontline_staff"}
    await org.admin.made(f"/v1/journeys/{journey_id}/grants", granted)
    await colleague.made("/v1/annotations", said | {"body": "Or so?"})
    await colleague.made(f"/v1/annotations/{first['id']}/replies", {"body": "Or so."})
    out = await exported(org.admin, str(journey_id))
    assert timeless(await into_another(org, out)) == timeless(out)
    unchanged = await org.admin.post("/v1/journeys/import", out)
    assert (unchanged.status_code, unchanged.json()["entries"]) == (200, 0), unchanged.text
    out["stages"][0]["name"] = "At first"
    reply = await org.admin.post("/v1/journeys/import", out)
    assert (reply.json()["journey_id"], reply.json()["entries"]) == (str(journey_id), 1)
