"""A stream: every revision in order, wherever one goes on, and no more of it than one may see."""

from litestar.types import ASGIApp

from tests.api.live.listening import open_stream
from tests.api.live.writing import events, staged
from tests.world import World


async def test_what_happens_is_heard_as_the_feed_lists_it(
    world: World, here: ASGIApp, there: ASGIApp
) -> None:
    org = await world.organization()
    journey = await org.journey()
    ann = await org.member()
    path = f"/v1/journeys/{journey}/stream"
    async with open_stream(here, ann, path) as near, open_stream(there, ann, path) as far:
        begun = int(near.last_id or 0)
        assert near.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert near.headers["x-accel-buffering"] == "no"
        assert near.headers["x-content-type-options"] == "nosniff"
        assert "content-length" not in near.headers
        assert near.raw.startswith(b"retry: 3000\n")
        last = await staged(org.admin, journey, 5)
        for ear in (near, far):
            assert await ear.revisions(last) == list(range(begun + 1, last + 1))
            listed = await events(ann, journey, begun)
            assert [one.data for one in ear.told] == listed
            assert [one.kind for one in ear.told] == [one["verb"] for one in listed]
            assert [one.id for one in ear.told] == [str(one["revision"]) for one in listed]


async def test_one_goes_on_at_every_point_on_the_other_process(
    world: World, here: ASGIApp, there: ASGIApp
) -> None:
    org = await world.organization()
    journey = await org.journey()
    last = await staged(org.admin, journey, 6)
    path = f"/v1/journeys/{journey}/stream"
    for after in range(last + 1):
        async with open_stream(there, org.admin, path, Last_Event_ID=str(after)) as ear:
            if after < last:
                assert await ear.revisions(last) == list(range(after + 1, last + 1))
            assert ear.last_id == str(last)
            assert not ear.of("reset")
    async with open_stream(here, org.admin, f"{path}?after=3") as ear:
        assert await ear.revisions(last) == list(range(4, last + 1))
    async with open_stream(here, org.admin, f"{path}?after=3", Last_Event_ID="5") as ear:
        assert await ear.revisions(last) == list(range(6, last + 1))
