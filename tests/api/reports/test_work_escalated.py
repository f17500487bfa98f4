"""Work that went up the chain: for whom it reached, as long as it is unsettled."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from api.settings import Settings
from domain.roles import Group
from tests.api.accountability.clocks import Hands, hands, march
from tests.api.reports.work import Office, kinds_of, office, work_of
from tests.world import Caller, World

F, S, D, X = Group


@pytest.fixture
async def time(world: World, settings: Settings) -> AsyncIterator[Hands]:
    async with hands(world, settings) as made:
        yield made


async def pair(here: Office) -> tuple[Caller, Caller]:
    """Somebody, and their manager."""
    boss = await here.org.member(D, name="Boss")
    return await here.org.member(F, name="Ann", manager_id=boss.member_id), boss


async def test_a_thread_goes_up_by_hand_and_comes_back_resolved(world: World) -> None:
    here = await office(world)
    ann, boss = await pair(here)
    thread = await here.give_thread(ann)
    path = f"/v1/annotations/{thread['id']}"
    await here.owner.made(f"{path}/escalate", {"reason": "Nothing moves."})
    (item,) = await work_of(boss)
    assert (item["kind"], item["subject_kind"]) == ("escalation", "annotation")
    assert (item["subject_id"], item["escalated_to"]) == (thread["id"], "manager")
    assert item["from_member_id"] == str(here.owner.member_id)
    assert item["reason"] == "This was escalated to you."
    assert "assign_thread" in item["may"]
    (mine,) = await work_of(ann)
    assert (mine["kind"], mine["escalated_to"]) == ("thread", "manager")
    version = (await ann.read(path))["version"]
    body = {"resolution": "fixed"}
    resolved = await ann.post(f"{path}/resolve", body, If_Match=f'"{version}"')
    assert resolved.status_code == 200, resolved.text
    assert await work_of(boss) == await work_of(ann) == []


async def test_a_responsibility_that_nobody_accepts_reaches_the_manager(
    world: World, time: Hands
) -> None:
    here = await office(world)
    ann, boss = await pair(here)
    people = (here.owner, ann, boss)
    given = await here.assign(member_id=ann.member_id)
    await time.look(march(1) + timedelta(days=4), people)
    (item,) = await work_of(boss)
    assert (item["kind"], item["subject_kind"]) == ("escalation", "responsibility")
    assert (item["subject_id"], item["overdue"]) == (given["id"], True)
    assert (item["from_member_id"], item["due_at"]) == (None, given["answer_by"])
    assert item["may"] == ["assign_responsibility"]
    assert item["moment_id"] == here.moment
    (mine,) = await work_of(ann)
    assert (mine["overdue"], mine["escalated_to"]) == (True, "manager")
    path = f"/v1/responsibilities/{given['id']}/accept"
    assert (await ann.post(path, If_Match='"1"')).status_code == 200
    assert await work_of(boss) == await work_of(ann) == []


async def test_silence_reaches_the_manager_until_it_is_broken(world: World, time: Hands) -> None:
    here = await office(world)
    ann, boss = await pair(here)
    people = (here.owner, ann, boss)
    due = (march(1) + timedelta(days=1)).isoformat()
    body = {"members": [str(ann.member_id)], "due_at": due}
    path = f"/v1/journeys/{here.journey}/input-requests"
    request = await here.owner.made(path, body)
    for days in (2, 3, 4):
        await time.look(march(1) + timedelta(days=days), people)
    (item,) = [one for one in await work_of(boss) if one["kind"] == "escalation"]
    assert (item["subject_kind"], item["overdue"]) == ("input_ask", True)
    assert item["reason"].startswith("Input was asked for")
    (mine,) = await work_of(ann)
    assert (mine["kind"], mine["overdue"]) == ("answer_input", True)
    assert mine["reason"].endswith("a late answer is welcome.")
    answer = {"abstain": {"reason": "I was away."}}
    reply = await ann.post(f"/v1/input-requests/{request['id']}/answer", answer)
    assert reply.status_code == 200, reply.text
    assert await kinds_of(boss) == await kinds_of(ann) == []


async def test_a_late_rating_ends_what_a_brief_counts_as_unsettled(
    world: World, time: Hands
) -> None:
    here = await office(world)
    boss = await here.org.member(D, name="Boss")
    calls = (await here.owner.made("/v1/departments", {"name": "Calls"}))["id"]
    ann, bob = [
        await here.org.member(F, manager_id=boss.member_id, department_id=UUID(calls))
        for _ in range(2)
    ]
    due = (march(1) + timedelta(days=1)).isoformat()
    path = f"/v1/journeys/{here.journey}/input-requests"
    await here.owner.made(path, {"departments": [calls], "due_at": due})
    for days in (2, 3, 4):
        await time.look(march(1) + timedelta(days=days), (here.owner, ann, bob, boss))
    brief = f"/v1/departments/{calls}/brief"
    assert (await boss.read(brief))["open_escalations"] == 2
    rated = await ann.put(f"/v1/touchpoints/{here.touchpoint}/ratings/me", {"emotional": 2})
    assert rated.status_code == 200, rated.text
    assert (await boss.read(brief))["open_escalations"] == 1


async def test_each_step_up_is_shown_once_to_whom_it_reached(world: World, time: Hands) -> None:
    here = await office(world)
    top = await here.org.member(X, name="Top")
    boss = await here.org.member(D, name="Boss", manager_id=top.member_id)
    ann = await here.org.member(F, name="Ann", manager_id=boss.member_id)
    people = (here.owner, ann, boss, top)
    await here.assign(member_id=ann.member_id)
    for days in range(3, 15):
        await time.look(march(1) + timedelta(days=days), people)
    found = [len(await work_of(one, "?kind=escalation")) for one in (boss, top)]
    assert found == [1, 1]
    assert (await work_of(boss))[0]["escalated_to"] == "executive"
