"""Whoever may not listen any more hears so, and nothing else, within five seconds."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from uuid import UUID

from litestar.types import ASGIApp

from api.app import enveloped
from domain.roles import Group
from tests.api.identity.tokens import narrowed
from tests.api.live.conftest import Feed
from tests.api.live.listening import Ear, open_stream
from tests.api.live.writing import change_member, restrict, staged
from tests.api.voices.scene import scene
from tests.world import Caller, Org, World

PROMISED = 5.0

Loss = Callable[[Org, Caller], Awaitable[object]]


async def sign_out(_: Org, who: Caller) -> None:
    assert (await who.delete("/v1/sessions/current")).status_code == 204


async def suspend(org: Org, who: Caller) -> None:
    await change_member(org.admin, who.member_id, status="suspended")


async def erase(org: Org, who: Caller) -> None:
    path = f"/v1/members/{who.member_id}"
    tag = f'"{(await org.admin.read(path))["version"]}"'
    assert (await org.admin.post(f"{path}/erase", If_Match=tag)).status_code == 200


async def revoke_token(org: Org, who: Caller) -> None:
    (token,) = (await org.admin.read(f"/v1/access-tokens?member_id={who.member_id}"))["items"]
    assert (await org.admin.delete(f"/v1/access-tokens/{token['id']}")).status_code == 204


async def test_who_is_out_hears_no_more_on_any_process(
    world: World, here: ASGIApp, there: ASGIApp
) -> None:
    org = await world.organization()
    journey, restricted = await org.journey(), await org.journey()
    losses: list[tuple[Loss, UUID]] = [
        (sign_out, journey),
        (suspend, journey),
        (erase, journey),
        (lambda org, _: restrict(org.admin, restricted), restricted),
        (revoke_token, journey),
    ]
    async with AsyncExitStack() as stack:

        async def listen(who: Caller, journey: UUID) -> list[Ear]:
            path = f"/v1/journeys/{journey}/stream"
            opened = [open_stream(app, who, path) for app in (here, there)]
            return [await stack.enter_async_context(one) for one in opened]

        calm = await listen(await org.member(), journey)
        leaving = [await org.member() for _ in losses]
        leaving[-1] = await narrowed(leaving[-1], "read")
        ears = [await listen(*at) for at in zip(leaving, (one[1] for one in losses), strict=True)]
        for who, both, (lose, _) in zip(leaving, ears, losses, strict=True):
            await lose(org, who)
            await all_revoked(both)
        last = await staged(org.admin, journey)
        for ear in calm:
            await ear.revisions(last)
            assert not ear.of("revoked")


async def all_revoked(ears: list[Ear]) -> None:
    """All have been told so, at the very end, and in time."""
    began = time.monotonic()
    await asyncio.gather(*(ear.until(lambda ear: ear.ended) for ear in ears))
    assert time.monotonic() - began < PROMISED
    for ear in ears:
        assert ear.heard[-1].kind == "revoked"
        assert ear.of("revoked") == [{"event": "revoked"}]


async def test_what_happens_after_the_loss_is_not_told(world: World, feed: Feed) -> None:
    """The right is asked in the very statement that reads, not only every two seconds."""
    app = enveloped(await feed(rights=60.0))
    org = await world.organization()
    journey = await org.journey()
    ann = await org.member()
    path = f"/v1/journeys/{journey}/stream"
    async with open_stream(app, ann, path) as out, open_stream(app, org.admin, path) as within:
        await suspend(org, ann)
        await within.revisions(await staged(org.admin, journey))
        assert not out.told


async def test_another_group_sees_with_other_eyes_at_once(world: World, there: ASGIApp) -> None:
    stage = await scene(world)
    ann = stage[Group.FRONTLINE_STAFF]
    back = stage[Group.SUPPORT_STAFF]
    async with open_stream(there, back, f"/v1/journeys/{stage.journey}/stream") as ear:
        for group, eyes in (("frontline_staff", True), ("executive", False)):
            await change_member(stage.org.admin, back.member_id, group=group)
            await stage.say(ann, visibility="my_group")
            await ear.revisions(await stage.revision())
            assert bool(ear.told[-1].data["verb"]) is eyes


async def test_a_department_that_was_let_in_lets_in_who_comes_to_it(
    world: World, there: ASGIApp
) -> None:
    org = await world.organization()
    care = await org.admin.made("/v1/departments", {"name": "Care"})
    journey = await org.journey(restricted=True)
    grant = {"role": "participant", "department_id": care["id"]}
    await org.admin.made(f"/v1/journeys/{journey}/grants", grant)
    ann = await org.member(department_id=UUID(care["id"]))
    async with open_stream(there, ann, f"/v1/journeys/{journey}/stream") as ear:
        await ear.revisions(await staged(org.admin, journey))
        began = time.monotonic()
        await change_member(org.admin, ann.member_id, department_id=None)
        await ear.until(lambda ear: ear.ended)
        assert time.monotonic() - began < PROMISED
        assert ear.of("revoked")
