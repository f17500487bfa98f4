"""What a member would leave behind: told when they are looked at, and when they are suspended."""

from datetime import timedelta
from typing import Any

import pytest

from domain import clock
from domain.roles import Group
from tests.api.accountability.answering import Moment, act, moment_of
from tests.world import Caller, World

F, S, D, X = Group


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def duties(moment: Moment, by: Caller, of: Caller) -> list[tuple[str, str]]:
    """Kind and title of what waits for somebody."""
    told = (await by.read(f"/v1/members/{of.member_id}"))["duties"]
    return [(one["kind"], one["title"]) for one in told]


async def asked(moment: Moment, whom: Caller) -> dict[str, Any]:
    due = (clock.now() + timedelta(days=7)).isoformat()
    body = {"message": "What do you see?", "members": [str(whom.member_id)], "due_at": due}
    path = f"/v1/journeys/{moment.place.journey}/input-requests"
    return await moment.owner.made(path, body)


async def given_thread(moment: Moment, whom: Caller, **fields: Any) -> str:
    said = await moment.place.say(moment.owner, **fields)
    body, path = {"member_id": str(whom.member_id)}, f"/v1/annotations/{said['id']}/assign"
    assert (await moment.owner.post(path, body, If_Match='"1"')).status_code == 200
    return str(said["id"])


async def test_a_suspension_lists_what_is_orphaned(moment: Moment) -> None:
    ann = moment.ann
    await moment.org.journey(owner=ann, title="I leave")
    given = await moment.accepted(ann)
    thread = await given_thread(moment, ann)
    request = await asked(moment, ann)
    expected = [
        ("journey", "I leave"),
        ("responsibility", "Wait"),
        ("thread", "Too long."),
        ("input", "What do you see?"),
    ]
    assert await duties(moment, moment.boss, ann) == expected
    told = (await moment.set_status(ann, "suspended")).json()["duties"]
    assert [(one["kind"], one["title"]) for one in told] == expected
    assert [one["id"] for one in told[1:]] == [given["id"], thread, request["id"]]
    assert {one["journey_id"] for one in told[1:]} == {str(moment.place.journey)}
    assert [one["id"] for one in await moment.listed("&orphaned=true")] == [given["id"]]
    assert await moment.listed("&orphaned=false") == []
    await moment.set_status(ann, "active")
    assert await moment.listed("&orphaned=true") == []


async def test_what_is_done_is_no_duty(moment: Moment) -> None:
    ann = moment.ann
    given = await moment.accepted(ann)
    thread = await given_thread(moment, ann)
    await asked(moment, ann)
    await moment.place.say(ann)
    resolved = {"resolution": "fixed"}
    path = f"/v1/annotations/{thread}/resolve"
    assert (await moment.owner.post(path, resolved, If_Match='"2"')).status_code == 200
    assert (await act(moment.owner, given, "end", reason="Over.")).status_code == 200
    assert await duties(moment, moment.boss, ann) == []


async def test_nobody_reads_there_what_they_do_not_see(moment: Moment) -> None:
    ann = moment.ann
    await moment.org.journey(owner=ann, title="I hide", status="draft")
    said = await moment.place.say(ann, body="Between us.", visibility="my_group")
    body, path = {"member_id": str(ann.member_id)}, f"/v1/annotations/{said['id']}/assign"
    assert (await ann.post(path, body, If_Match='"1"')).status_code == 200
    await asked(moment, ann)
    hidden, among_us = ("journey", "I hide"), ("thread", "Between us.")
    request = ("input", "What do you see?")
    assert await duties(moment, ann, ann) == [hidden, among_us, request]
    assert await duties(moment, moment.place[F], ann) == [among_us]
    assert await duties(moment, moment.place[D], ann) == []
    for asking in (moment.boss, moment.owner):
        assert await duties(moment, asking, ann) == [request]


async def test_a_head_leaves_what_the_department_answers_for(moment: Moment) -> None:
    head = await moment.org.member(D)
    department = await moment.department(head)
    body = {"role": "responsible", "department_id": department}
    path = f"/v1/moments/{moment.id}/responsibilities"
    given = await moment.owner.made(path, body)
    told = (await moment.owner.read(f"/v1/members/{head.member_id}"))["duties"]
    assert [one["id"] for one in told] == [given["id"]]
    assert given["orphaned"] is False
    await moment.set_status(head, "suspended")
    [orphan] = await moment.listed("&orphaned=true")
    assert (orphan["id"], orphan["orphaned"]) == (given["id"], True)


async def test_a_list_of_members_tells_no_duties(moment: Moment) -> None:
    listed = (await moment.owner.read("/v1/members"))["items"]
    assert all("duties" not in one for one in listed)


async def test_a_department_that_answers_for_something_stays(moment: Moment) -> None:
    department = await moment.department()
    body = {"role": "informed", "department_id": department}
    given = await moment.owner.made(f"/v1/moments/{moment.id}/responsibilities", body)
    assert given["orphaned"] is True
    path = f"/v1/departments/{department}"
    refused = await moment.owner.delete(path, If_Match='"1"')
    assert (refused.status_code, refused.json()["code"]) == (409, "department_in_use")
    assert "responsibilities" in refused.json()["detail"]
    assert (await act(moment.owner, given, "end", reason="Over.")).status_code == 200
    assert (await moment.owner.delete(path, If_Match='"1"')).status_code == 204
    [past] = await moment.listed("&status=ended")
    assert (past["department_id"], past["orphaned"]) == (department, False)
