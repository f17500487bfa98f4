"""Where a stream begins when it cannot go on, and when there is nothing to go on to."""

from litestar.types import ASGIApp

from tests.api.live.listening import open_stream
from tests.api.live.writing import archive, staged
from tests.world import Caller, World

GARBAGE = [
    "x", "-1", "+1", " ", "1.0", "0x1", "1e3", "null", "9" * 17, "9" * 4096,
    "\u0661".encode().decode("latin-1"),
    "1,2", "01a222ef-9af7-7173-8d96-095025bafdf8", "'; --", "\ufffd".encode().decode("latin-1"),
]  # fmt: skip


async def test_a_position_that_is_none_is_answered_with_a_reset(
    world: World, there: ASGIApp
) -> None:
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/stream"
    for position in (*GARBAGE, "9007199254740991", "999"):
        head = await staged(org.admin, journey)
        async with open_stream(there, org.admin, path, Last_Event_ID=position) as ear:
            await ear.until(lambda ear: ear.of("reset"))
            assert ear.of("reset") == [{"event": "reset", "revision": head}], position
            # The next connection goes on from here; or it would begin with a reset again.
            assert ear.heard[0].id == ear.last_id == str(head)
    assert await ear_after(there, org.admin, path, str(head)) == [head]


async def ear_after(app: ASGIApp, who: Caller, path: str, last: str) -> list[int]:
    """What is heard from just before a revision."""
    async with open_stream(app, who, path, Last_Event_ID=str(int(last) - 1)) as ear:
        return await ear.revisions(int(last))


async def test_the_position_in_another_journey_is_none_in_this_one(
    world: World, there: ASGIApp
) -> None:
    org = await world.organization()
    journey, longer = await org.journey(), await org.journey()
    elsewhere = await staged(org.admin, longer, 3)
    path = f"/v1/journeys/{journey}/stream?after={elsewhere}"
    async with open_stream(there, org.admin, path) as ear:
        assert await ear.until(lambda ear: ear.of("reset"))


async def test_an_empty_header_is_none(world: World, there: ASGIApp) -> None:
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/stream"
    async with open_stream(there, org.admin, path, Last_Event_ID="") as ear:
        head = int(ear.last_id or 0)
        assert await ear.revisions(await staged(org.admin, journey)) == [head + 1]
        assert not ear.of("reset")


async def test_a_position_in_the_address_is_a_number(world: World, here: ASGIApp) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/stream"
    for after in ("-1", "x", "", "1.5", "9" * 20):
        async with open_stream(here, org.admin, f"{path}?after={after}") as ear:
            assert (ear.status, ear.problem["errors"][0]["parameter"]) == (400, "after")


async def test_an_archived_journey_says_what_there_was_and_then_no_more(
    world: World, there: ASGIApp
) -> None:
    org = await world.organization()
    journey = await org.journey()
    head = await archive(org.admin, journey)
    path = f"/v1/journeys/{journey}/stream"
    async with open_stream(there, org.admin, f"{path}?after={head - 1}") as ear:
        assert await ear.revisions(head) == [head]
    for query in (f"?after={head}", ""):
        async with open_stream(there, org.admin, path + query) as ear:
            assert (ear.status, ear.raw, ear.ended) == (204, b"", True)
    async with open_stream(there, org.admin, f"{path}?after={head + 1}") as ear:
        assert await ear.until(lambda ear: ear.of("reset"))
