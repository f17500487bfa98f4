"""What a department answers for: its touchpoints, and its brief."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import convert, to_builtins

from api.schemas.reports.briefs import BriefPlaybookUses
from domain.roles import Group
from tests.api.reports.work import Office, at_time, office, office_in
from tests.world import Caller, Org, World

F, S, D, X = Group


async def unit(org: Org, name: str, **fields: Any) -> str:
    """A department."""
    made: dict[str, str] = await org.admin.made("/v1/departments", {"name": name} | fields)
    return made["id"]


async def hand_to(here: Office, department: str) -> None:
    """Let a department answer for the touchpoint."""
    path = f"/v1/touchpoints/{here.touchpoint}"
    version = (await here.owner.read(path))["version"]
    body = {"responsible_department_id": department}
    reply = await here.owner.patch(path, body, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text


async def listed(caller: Caller, department: str, query: str = "") -> list[dict[str, Any]]:
    """The touchpoints of a department."""
    found = await caller.read(f"/v1/departments/{department}/touchpoints{query}")
    items: list[dict[str, Any]] = found["items"]
    return items


async def rate(caller: Caller, touchpoint: str, emotional: int) -> None:
    axes = dict.fromkeys(("business", "importance", "performance")) | {"emotional": emotional}
    reply = await caller.put(f"/v1/touchpoints/{touchpoint}/ratings/me", axes)
    assert reply.status_code in (200, 201), reply.text


async def test_what_a_department_answers_for_across_journeys(world: World) -> None:
    here = await office(world, title="Moving")
    there = await office_in(here.org, title="Paying")
    service = await unit(here.org, "Service")
    calls = await unit(here.org, "Calls", parent_id=service)
    await hand_to(here, service)
    await hand_to(there, calls)
    ann = await here.org.member(F)
    await here.assign(member_id=ann.member_id)
    await here.give_thread(ann)
    first, second = await listed(ann, service)
    assert (first["touchpoint_id"], second["touchpoint_id"]) == (here.touchpoint, there.touchpoint)
    assert (first["path"], first["department_id"]) == ("Moving > Ride > Call", service)
    assert (second["journey_title"], second["department_id"]) == ("Paying", calls)
    assert first["moment"]["id"] == here.moment
    assert first["moment"]["accountable"]["member_id"] == str(ann.member_id)
    assert first["missing"] == ["not_accepted", "no_playbook"]
    assert second["missing"] == ["no_accountable", "no_playbook"]
    assert (first["open_threads"], second["open_threads"]) == (1, 0)
    own = await listed(ann, service, "?below=false")
    assert [one["touchpoint_id"] for one in own] == [here.touchpoint]
    assert [one["touchpoint_id"] for one in await listed(ann, calls)] == [there.touchpoint]


async def test_sign_offs_that_are_missing_are_told(world: World) -> None:
    here = await office(world)
    service = await unit(here.org, "Service")
    await hand_to(here, service)
    assert (await listed(here.owner, service))[0]["moment"]["sign_offs"] is None
    body = {"rules": [{"group": "executive", "required": 1}]}
    path = f"/v1/sign-off-rules/{here.moment}"
    assert (await here.owner.put(path, body, If_Match='"0"')).status_code == 200
    (item,) = await listed(here.owner, service)
    assert (item["moment"]["sign_offs"]["required"], item["moment"]["sign_offs"]["given"]) == (1, 0)
    assert "sign_offs_missing" in item["missing"]


async def test_the_widest_gap_leaves_out_groups_too_few_to_show(world: World) -> None:
    here = await office(world)
    service = await unit(here.org, "Service")
    await hand_to(here, service)
    await rate(await here.org.member(X), here.touchpoint, 1)
    for _ in range(2):
        await rate(await here.org.member(F), here.touchpoint, 5)
    (item,) = await listed(here.owner, service)
    assert (item["ratings"], item["widest_gap"]) == (3, None)
    await rate(await here.org.member(F), here.touchpoint, 5)
    (item,) = await listed(here.owner, service)
    assert item["widest_gap"]["difference"] == 4.0
    assert item["widest_gap"]["high"]["group"] == "frontline_staff"


async def test_pages_follow_each_other(world: World) -> None:
    here = await office(world)
    service = await unit(here.org, "Service")
    offices = [here, await office_in(here.org), await office_in(here.org)]
    for one in offices:
        await hand_to(one, service)
    path = f"/v1/departments/{service}/touchpoints?limit=2"
    page = await here.owner.read(path)
    rest = await here.owner.read(f"{path}&cursor={page['next_cursor']}")
    found = [one["touchpoint_id"] for one in page["items"] + rest["items"]]
    assert found == [one.touchpoint for one in offices]
    assert rest["next_cursor"] is None
    strange = f"/v1/departments/{service}/touchpoints?below=false&cursor={page['next_cursor']}"
    assert (await here.owner.get(strange)).status_code == 400


async def test_only_journeys_one_sees_are_told_of(world: World) -> None:
    here = await office(world, status="draft")
    service = await unit(here.org, "Service")
    await hand_to(here, service)
    ann = await here.org.member(X)
    assert await listed(ann, service) == []
    assert len(await listed(here.owner, service)) == 1
    brief = await ann.read(f"/v1/departments/{service}/brief")
    assert brief["answers_for"]["touchpoints"] == 0
    stranger = (await world.organization()).admin
    for what in ("touchpoints", "brief"):
        assert (await stranger.get(f"/v1/departments/{service}/{what}")).status_code == 404


@dataclass
class Unit:
    """A department with one below that has two members and answers for a touchpoint."""

    here: Office
    boss: Caller
    ann: Caller
    bob: Caller
    service: str
    calls: str

    async def brief(self, reader: Caller | None = None, query: str = "") -> dict[str, Any]:
        """The brief of the upper one, as its head reads it."""
        path = f"/v1/departments/{self.service}/brief{query}"
        return await (reader or self.boss).read(path)


@pytest.fixture
async def answering(world: World) -> Unit:
    here = await office(world)
    boss = await here.org.member(D)
    service = await unit(here.org, "Service", head_member_id=str(boss.member_id))
    calls = await unit(here.org, "Calls", parent_id=service)
    await hand_to(here, calls)
    ann = await here.org.member(F, department_id=calls, manager_id=boss.member_id)
    bob = await here.org.member(F, department_id=calls)
    return Unit(here, boss, ann, bob, service, calls)


async def test_a_brief_begins_with_what_is_answered_for(answering: Unit) -> None:
    empty = await answering.brief()
    assert (empty["members"], empty["playbook_uses"], empty["values"]) == (2, [], [])
    assert empty["answers_for"] == {
        "touchpoints": 1, "journeys": 1, "confirmed": 1, "nominated": 0,
        "without_accountable": 1, "not_accepted": 0,
    }  # fmt: skip
    alone = await answering.brief(query="?below=false")
    assert (alone["members"], alone["answers_for"]["touchpoints"]) == (0, 0)


async def test_a_brief_tells_what_is_open_and_what_is_late(answering: Unit) -> None:
    here, boss = answering.here, answering.boss
    await here.assign(member_id=answering.ann.member_id)
    await here.assign("consulted", department_id=answering.calls)
    thread = await here.give_thread(answering.ann, "2031-01-01")
    await here.owner.made(f"/v1/annotations/{thread['id']}/escalate", {"reason": "Slow."})
    due = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    asked = {"departments": [answering.service], "due_at": due}
    await here.owner.made(f"/v1/journeys/{here.journey}/input-requests", asked)
    await rate(answering.bob, here.touchpoint, 4)
    found = await answering.brief()
    assert found["answers_for"]["not_accepted"] == 1
    counts = {"assigned": 2, "accepted": 0, "declined": 0, "ended": 0, "overdue": 0}
    assert found["responsibilities"] == counts
    assert (found["input"]["asked"], found["input"]["answered"]) == (1, 1)
    assert found["threads"] == {"open": 1, "overdue": 0}
    assert found["open_escalations"] == 1
    async with at_time(here.org, boss, datetime(2031, 1, 3, tzinfo=UTC)) as late:
        found = await answering.brief(late)
    assert (found["threads"]["overdue"], found["responsibilities"]["overdue"]) == (1, 2)
    assert found["input"]["overdue"] == 1


async def test_a_brief_counts_the_actions_of_the_department_and_of_its_members(
    answering: Unit,
) -> None:
    here, ann = answering.here, answering.ann
    path, other = f"/v1/journeys/{here.journey}/actions", await unit(here.org, "Shops")
    work = {"title": "Call at ten", "kind": "training", "due_on": "2020-01-01"}
    late = await ann.made(path, work)
    await ann.made(path, work | {"department_id": other})
    ours = {"department_id": answering.calls, "due_on": "2999-01-01"}
    await here.owner.made(path, work | ours)
    await here.owner.made(path, work)
    assert (await answering.brief())["actions"] == {"open": 2, "overdue": 1}
    body, path = {"to": "dropped", "note": "No."}, f"/v1/actions/{late['id']}/transitions"
    assert (await ann.post(path, body, If_Match='"1"')).status_code == 200
    assert (await answering.brief())["actions"] == {"open": 1, "overdue": 0}


async def test_playbooks_used_and_values_brought(world: World) -> None:
    here = await office(world)
    service = await unit(here.org, "Service")
    await hand_to(here, service)
    ann, boss = await here.org.member(F), await here.org.member(X)
    body = {"title": "Say sorry", "recovery_kind": "apology", "steps": ["Call back."]}
    playbook = await ann.made(f"/v1/moments/{here.moment}/playbooks", body)
    path = f"/v1/playbooks/{playbook['id']}"
    terms = {"currency": "EUR", "limits": {"frontline_staff": 500}}
    assert (await boss.post(f"{path}/approve", terms, If_Match='"1"')).status_code == 200
    for amount in (100, 250):
        await ann.made(f"{path}/uses", {"amount": amount, "situation": "Lost."})
    found = await boss.read(f"/v1/departments/{service}/brief")
    (euros,) = found["playbook_uses"]
    assert (euros["currency"], euros["uses"], euros["amount"]) == ("EUR", 2, 350)
    assert (euros["pending"], euros["recovered"]) == (2, 0)
    said = {"group": "frontline_staff", "value": "They listen.", "department_id": service}
    values = f"/v1/journeys/{here.journey}/stakeholder-values"
    assert (await here.owner.put(values, said, If_Match='"0"')).status_code == 200
    (value,) = (await boss.read(f"/v1/departments/{service}/brief"))["values"]
    assert (value["value"], value["group"]) == ("They listen.", "frontline_staff")
    assert (value["journey_id"], value["department_id"]) == (here.journey, service)


def test_amounts_may_add_up_to_more_than_any_one_may_be() -> None:
    told = {"currency": "EUR", "uses": 2, "amount": 2**64, "pending": 2}
    told |= dict.fromkeys(("recovered", "partly_recovered", "not_recovered"), 0)
    assert to_builtins(convert(told, BriefPlaybookUses)) == told
