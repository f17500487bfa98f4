"""Every reader hears every revision, and of each only what they may see."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

from litestar.types import ASGIApp

from domain.roles import Group
from tests.api.live.listening import Ear, open_stream
from tests.api.live.writing import events, staged
from tests.api.voices.scene import scene
from tests.world import Caller, World

F, S, D, X = Group


async def all_listening(
    stack: AsyncExitStack, app: ASGIApp, people: Sequence[Caller], path: str
) -> list[Ear]:
    return [await stack.enter_async_context(open_stream(app, one, path)) for one in people]


async def test_what_one_may_not_see_is_a_number(world: World, there: ASGIApp) -> None:
    stage = await scene(world)
    ann, peer = stage[F], await stage.org.member(F)
    people = (ann, peer, stage[S], stage[D], stage[X])
    sees = {"everyone": people, "my_group": (ann, peer), "private": (ann,)}
    sees["leadership"] = (ann, stage[D], stage[X])
    path = f"/v1/journeys/{stage.journey}/stream"
    async with AsyncExitStack() as stack:
        ears = await all_listening(stack, there, people, path)
        for visibility, eyes in sees.items():
            said = await stage.say(ann, visibility=visibility)
            await peer.post(f"/v1/annotations/{said['id']}/replies", {"body": "Yes."})
            revision = await stage.revision()
            for who, ear in zip(people, ears, strict=True):
                await ear.revisions(revision)
                found = [one for one in ear.told if one.data["subject_id"] == said["id"]]
                assert bool(found) is (who in eyes), (visibility, who.name)
        for who, ear in zip(people, ears, strict=True):
            listed = await events(who, stage.journey, ear.told[0].data["revision"] - 1)
            assert [one.data for one in ear.told] == listed
            unseen = [one for one in ear.told if one.data["verb"] is None]
            assert {one.kind for one in unseen} <= {"revision"}
            assert all(set(one.data.values()) == {None, one.data["revision"]} for one in unseen)


async def test_whoever_is_not_named_in_the_ledger_is_not_named_here(
    world: World, there: ASGIApp
) -> None:
    stage = await scene(world, group_voice=True)
    ann = stage[F]
    async with open_stream(there, stage[S], f"/v1/journeys/{stage.journey}/stream") as ear:
        path = f"/v1/touchpoints/{stage.touchpoint}/ratings/me"
        assert (await ann.put(path, {"emotional": 2})).status_code == 200
        said = await stage.say(ann, voice="group")
        edited = {"body": "Far too long."}
        assert (
            await ann.patch(f"/v1/annotations/{said['id']}", edited, If_Match='"1"')
        ).status_code == 200
        await ear.revisions(await stage.revision())
        verbs = ["rating.given", "annotation.written", "annotation.edited"]
        assert [one.kind for one in ear.told] == verbs
        for one in ear.told:
            assert one.data["actor"] == {"kind": "hidden", "member_id": None}
        assert str(ann.member_id).encode() not in ear.raw


async def test_the_organization_tells_all_that_something_happened_and_some_what(
    world: World, there: ASGIApp
) -> None:
    org = await world.organization()
    ann, boss = await org.member(F), await org.member(X)
    path = "/v1/organization/stream"
    async with AsyncExitStack() as stack:
        ears = await all_listening(stack, there, (ann, boss, org.admin), path)
        made = await org.admin.made("/v1/departments", {"name": "Care"})
        for ear in ears:
            await ear.until(lambda ear: ear.told)
        by_ann, by_boss, by_admin = [ear.told[-1] for ear in ears]
    assert by_boss == by_admin
    assert (by_boss.kind, by_boss.data["subject_id"]) == ("department.created", made["id"])
    assert (by_ann.kind, by_ann.id) == ("revision", by_boss.id)
    assert [value for value in by_ann.data.values() if value] == [int(by_boss.id or 0)]


async def test_nobody_listens_to_what_they_may_not_read(world: World, here: ASGIApp) -> None:
    org, other = await world.organization(), await world.organization()
    ann = await org.member()
    hidden = [await org.journey(status="draft"), await org.journey(restricted=True)]
    unknown = [*hidden, ann.member_id, org.id]
    for who, journeys in ((ann, unknown), (other.admin, [await org.journey()])):
        for journey in journeys:
            assert (await answer(here, who, journey)).status == 404
    assert (await answer(here, None, hidden[0])).status == 401


async def answer(app: ASGIApp, who: Caller | None, journey: UUID, **headers: Any) -> Ear:
    async with open_stream(app, who, f"/v1/journeys/{journey}/stream", **headers) as ear:
        return ear


async def test_two_organizations_hear_nothing_of_each_other(world: World, there: ASGIApp) -> None:
    one, other = await world.organization(), await world.organization()
    journeys = await one.journey(), await other.journey()
    async with AsyncExitStack() as stack:
        ears = [
            await stack.enter_async_context(
                open_stream(there, org.admin, f"/v1/journeys/{journey}/stream")
            )
            for org, journey in zip((one, other), journeys, strict=True)
        ]
        lasts = [await staged(one.admin, journeys[0], 2), await staged(other.admin, journeys[1], 3)]
        for ear, last in zip(ears, lasts, strict=True):
            await ear.revisions(last)
        assert [len(ear.told) for ear in ears] == [2, 3]
