"""One that hangs delays nobody, and what a killed worker had sent is sent again."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from msgspec.structs import replace

from api.commands.ticking import COMMAND
from api.settings import Settings
from domain.services.integration.sending import AT_ONCE
from tests.api.integration.hooks import HERE, hooked, log_of, may_call_here, told, working
from tests.api.integration.receiver import OK, Received, Receiver, receiving
from tests.world import World

HEALTHY = 20


@pytest.fixture(autouse=True)
def _here(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    may_call_here(app, monkeypatch)


async def until(receiver: Receiver, holds: Callable[[], bool], seconds: float) -> None:
    """Wait until it holds after something was received."""
    async with asyncio.timeout(seconds):
        while not holds():
            receiver.came.clear()
            await receiver.came.wait()


async def test_one_that_hangs_delays_nobody(world: World, settings: Settings) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        works.delivering.ends_within = 0.1
        stuck: list[Received] = []

        def answers(got: Received) -> bytes | None:
            if got.path != "/stuck":
                return OK
            stuck.append(got)
            return None

        receiver.answers = answers
        wanted = {"events": ["journey.created"]}
        hung = await hooked(org.admin, receiver.url("/stuck"), **wanted)
        for number in range(HEALTHY):
            await hooked(org.admin, receiver.url(f"/{number}"), **wanted)
        running = [asyncio.create_task(one.run(0.1)) for one in (works.feed, works.delivering)]
        for _ in range(3):
            await org.journey()
        await until(receiver, lambda: len(receiver.received) - len(stuck) == 3 * HEALTHY, 5.0)
        assert {one.path for one in stuck} == {"/stuck"}
        works.end()
        await asyncio.wait_for(asyncio.gather(*running), 5.0)
        left = [getattr(one.get_coro(), "__qualname__", "") for one in asyncio.all_tasks()]
        assert [name for name in left if name.startswith("Delivering.")] == []
        assert {one["status"] for one in await log_of(org.admin, hung)} == {"pending"}


async def test_a_look_goes_on_where_lanes_ran_out(world: World, settings: Settings) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        lanes = works.delivering
        lanes.ends_within, lanes.most_lanes = 0.1, 2
        lanes.first = lanes._after = org.id, UUID(int=0)  # after other tests' webhooks
        receiver.answers = lambda got: OK if got.path == "/well" else None
        for path in ("/stuck", "/stuck", "/well"):
            await hooked(org.admin, receiver.url(path), events=["journey.created"])
        for _ in range(AT_ONCE + 1):
            await org.journey()
        await works.feed.look()
        for _ in range(2):
            await lanes.look()
        await until(receiver, lambda: len(receiver.received) == 2 * AT_ONCE, 5.0)
        for lane in lanes._lanes.values():
            lane.cancel()
        await lanes.idle()
        await lanes.look()
        await until(receiver, lambda: "/well" in {one.path for one in receiver.received}, 5.0)
        works.end()
        await lanes.run(1.0)


async def test_what_a_killed_worker_had_sent_is_sent_again_under_the_same_id(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        receiver.answers = lambda _: None
        hook = await hooked(org.admin, receiver.url(), events=["journey.created"])
        for _ in range(2):
            await org.journey()
        await works.feed.look()  # both are due at once: a lane has one turn after another
        environ = {**os.environ, **replace(settings, outbound_private=HERE).environ()}
        arguments = ["--every", "0.1", "--organization", str(org.id)]
        command = [sys.executable, "-c", COMMAND, *arguments]
        worker = await asyncio.create_subprocess_exec(*command, env=environ)
        try:
            await until(receiver, lambda: len(receiver.received) == 2, 30.0)
        finally:
            worker.kill()
            await worker.wait()
        sent = {one.id for one in receiver.received}
        receiver.answers = lambda _: OK
        await told(works)
        assert len(receiver.received) == 2  # it may be alive, and only slow
        await told(works, timedelta(seconds=61))
        again = receiver.received[2:]
        assert (len(again), {one.id for one in again}) == (2, sent)
        assert {one.body for one in again} == {one.body for one in receiver.received[:2]}
        log = await log_of(org.admin, hook)
        assert [(one["status"], one["attempt_count"]) for one in log] == [("delivered", 1)] * 2
