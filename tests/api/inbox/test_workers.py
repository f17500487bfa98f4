"""Several notifiers at once, and one that dies: each line is right, and nothing is half told."""

import asyncio
import logging
from typing import Any

import pytest

from api.commands.patrol import FIRST_REST
from api.settings import Settings
from domain import clock
from domain.clock import now
from domain.services.identity import erasure
from domain.services.inbox import notifying
from domain.services.inbox.notifying import NOTIFIER
from domain.services.steps import feeding
from tests.api.inbox.feeds import feed
from tests.api.inbox.telling import inbox, nothing, reply, say, tell
from tests.world import World, actor_of

MANY = 25
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


async def test_two_workers_tell_a_hundred_entries_once(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "BATCH", 5)
    org = await world.organization()
    ann, bob = await org.member(name="Ann"), await org.member(name="Bob")
    threads = [await say(ann, await org.journey()) for _ in range(2)]
    async with (
        feed(settings, [NOTIFIER], org.id) as one,
        feed(settings, [NOTIFIER], org.id) as two,
    ):
        running = [asyncio.create_task(works.run(0.01)) for works in (one, two)]
        for _ in range(MANY):
            for thread in threads:
                await reply(bob, thread)
                await reply(org.admin, thread)
        for works, task in zip((one, two), running, strict=True):
            works.stop.set()
            await task
            works.stop.clear()
        await one.look()
    told = {(line["subject"]["id"], line["happened"]) for line in await inbox(ann)}
    assert told == {(thread, MANY * 2) for thread in threads}
    heard = {(line["subject"]["id"], line["reason"], line["happened"]) for line in await inbox(bob)}
    assert heard == {(thread, "reply", MANY) for thread in threads}


async def test_a_worker_that_fails_in_the_middle_leaves_nothing(
    world: World,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    org = await world.organization()
    ann = await org.member()
    thread = await say(ann, await org.journey())
    await reply(org.admin, thread)
    begin_letters = notifying.begin_letters

    async def dies(*_: Any) -> None:
        raise RuntimeError("after the lines were written")

    async with feed(settings, [NOTIFIER], org.id) as works:
        monkeypatch.setattr(notifying, "begin_letters", dies)
        with caplog.at_level(logging.CRITICAL, "touchstone.clock"):
            assert (await works.look())["failed"] == 1
        await nothing(ann)
        monkeypatch.setattr(notifying, "begin_letters", begin_letters)
        later = now() + FIRST_REST
        with clock.replaced(lambda: later):
            await works.look()
    (line,) = await inbox(ann)
    assert line["happened"] == 1


async def test_an_erasure_waits_for_what_is_being_told(world: World) -> None:
    """What was told to a member before they are erased is found and deleted."""
    org = await world.organization()
    ann = await org.member()
    journey = await org.journey()
    await reply(org.admin, await say(ann, journey))
    path = f"/v1/members/{ann.member_id}"
    version = (await org.admin.read(path))["version"]
    async with world.database.transaction(org.id) as tx:
        assert await feeding.advance(tx, NOTIFIER, journey) > 0
        erase = org.admin.patient().post(f"{path}/erase", None, If_Match=f'"{version}"')
        erasing = asyncio.create_task(erase)
        done, _ = await asyncio.wait({erasing}, timeout=0.2)
        assert not done
    assert (await erasing).status_code == 200
    async with world.database.transaction(org.id) as tx:
        count = "SELECT count(*) FROM notifications WHERE member_id = $1"
        assert await (await tx.driver()).fetchval(count, ann.member_id) == 0


async def test_who_is_being_erased_is_told_nothing_more(world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    journey = await org.journey()
    await reply(org.admin, await say(ann, journey))
    version = (await org.admin.read(f"/v1/members/{ann.member_id}"))["version"]
    async with world.database.transaction(org.id) as tx:
        await erasure.erase(tx, actor_of(org.admin, org.id), ann.member_id, version)
        telling = asyncio.create_task(tell(org, journey))
        async with asyncio.timeout(20):
            while not await (await tx.driver()).fetchval(WAITING):
                assert not telling.done()
    await telling
    async with world.database.transaction(org.id) as tx:
        count = "SELECT count(*) FROM notifications WHERE member_id = $1"
        assert await (await tx.driver()).fetchval(count, ann.member_id) == 0
