"""The clock and who was asked: reminded by letter, recorded as silent, taken up the chain."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.mail import Mailer
from api.settings import Settings
from tests.api.accountability.chain import Chain, chain
from tests.api.accountability.clocks import Hands, hands, march
from tests.api.identity.letterbox import opened_letterbox
from tests.world import World

DUE = march(4, 12)


@pytest.fixture
async def clock(world: World, settings: Settings) -> AsyncIterator[Hands]:
    async with hands(world, settings) as made:
        yield made


@pytest.fixture
async def scene(clock: Hands, world: World) -> Chain:
    made = await chain(world)
    clock.works.only = made.place.org.id
    return made


async def ask(scene: Chain, *names: str) -> dict[str, Any]:
    """The owner asks for views on the journey."""
    members = [str(scene[name].member_id) for name in names]
    body = {"members": members, "due_at": DUE.isoformat(), "questions": ["What do you see?"]}
    path = f"/v1/journeys/{scene.place.journey}/input-requests"
    return await scene["owner"].made(path, body)


async def look(scene: Chain, clock: Hands, *at: int) -> dict[str, int]:
    """Let the clock look at a moment of March."""
    tally = await clock.look(march(*at), scene.people.values(), scene.place.org.id)
    await clock.works.outbox.emptied()
    return dict(tally)


async def test_the_silent_are_reminded_recorded_and_taken_up_the_chain(
    scene: Chain, clock: Hands
) -> None:
    async with opened_letterbox() as (box, address):
        clock.works.outbox.mailer = Mailer(address, "touchstone@localhost")
        made = await ask(scene, "ann")
        (asked,) = made["asks"]
        before = await scene.place.revision()
        assert await look(scene, clock, 3, 11, 59) == {}
        # One working day before Thursday noon.
        assert await look(scene, clock, 3, 12) == {"done": 1}
        assert (await box.next())["To"] == scene["ann"].email
        assert await look(scene, clock, 3, 13) == {}
        # Closed when it is due; the first level waits for no day, and is told in the same look.
        assert await look(scene, clock, 4, 12) == {"done": 2}
        assert await scene.steps(asked["id"]) == [(1, "manager", "mia")]
        assert await look(scene, clock, 8, 12) == {"done": 1}
        assert (await scene.steps(asked["id"]))[1:] == [(2, "head_of_department", "hal")]
        assert box.empty
    assert await scene.place.verbs(before) == [
        "input.reminded",
        "input.closed",
        "input.no_answer",
        "escalation.raised",
        "escalation.raised",
    ]


async def test_a_late_answer_ends_the_climb(scene: Chain, clock: Hands) -> None:
    made = await ask(scene, "ann")
    (asked,) = made["asks"]
    await look(scene, clock, 4, 12)
    answer = {"answers": ["Too late, and still true."]}
    late = await scene["ann"].post(f"/v1/input-requests/{made['id']}/answer", answer)
    assert late.is_success, late.text
    assert await look(scene, clock, 31) == {}
    assert len(await scene.steps(asked["id"])) == 1


async def test_that_somebody_was_silent_is_not_for_everybody(scene: Chain, clock: Hands) -> None:
    (asked,) = (await ask(scene, "ann"))["asks"]
    await look(scene, clock, 4, 12)
    raised = (await scene["owner"].read(f"/v1/escalations?subject={asked['id']}"))["items"][0]
    assert raised["subject_kind"] == "input_ask"
    knows = {"owner": 200, "ann": 200, "mia": 200, "eve": 200, "hal": 404, "dan": 404}
    for name, status in knows.items():
        reply = await scene[name].get(f"/v1/escalations/{raised['id']}")
        assert reply.status_code == status, name
