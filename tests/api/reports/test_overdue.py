"""What is overdue: by department in the overview, and where it is in accountability."""

from datetime import timedelta

import pytest

from domain import clock
from domain.roles import Group
from tests.api.reports.stage import Scene, done
from tests.api.reports.test_accountability import at, codes, report
from tests.api.reports.test_overview import seen
from tests.world import Org, World

F, S, D, X = Group


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


async def test_what_is_overdue_is_counted_by_department(org: Org) -> None:
    scene = await Scene.of(org)
    service = (await org.admin.made("/v1/departments", {"name": "Service"}))["id"]
    ann, eve = await scene.person("Ann", department_id=service), await scene.person("Eve", X)
    for by, day in ((ann, 9), (scene.owner, 8)):
        said = await scene.say(ann)
        due = (clock.now() - timedelta(days=day)).date().isoformat()
        taken = {"member_id": str(by.member_id), "due_on": due}
        await done(scene.owner, "POST", f"/v1/annotations/{said['id']}/assign", taken,
                   If_Match='"1"')  # fmt: skip
    for by, about in ((ann, {}), (scene.owner, {}), (scene.owner, {"department_id": service})):
        work = {"title": "Call at ten", "kind": "training", "due_on": due} | about
        await by.made(f"/v1/journeys/{scene.journey}/actions", work)
    asked = {"role": "accountable", "member_id": str(ann.member_id)}
    await scene.owner.made(f"{scene.path}/responsibilities", asked)
    later = clock.now() + timedelta(days=30)
    with clock.replaced(lambda: later):
        eve.token = org.world.tokens.issue(eve.principal)
        found = await seen(eve)
    assert found["overdue_total"] == 6
    assert found["overdue"] == [
        {"department_id": service, "responsibilities": 1, "threads": 1, "actions": 2, "input": 0,
         "total": 4},
        {"department_id": None, "responsibilities": 0, "threads": 1, "actions": 1, "input": 0,
         "total": 2},
    ]  # fmt: skip


async def test_actions_past_their_day_are_overdue_where_they_are(org: Org) -> None:
    scene = await Scene.of(org)
    ann = await scene.person("Ann")
    work = {"title": "Call at ten", "kind": "training", "due_on": "2020-01-01"}
    path = f"/v1/journeys/{scene.journey}/actions"
    letter = await scene.touchpoint_named("Letter")
    here, gone, nowhere = [
        await ann.made(path, work | about)
        for about in ({"touchpoint_id": scene.touchpoint}, {"touchpoint_id": letter}, {})
    ]
    await ann.made(path, work | {"touchpoint_id": scene.touchpoint, "due_on": "2999-01-01"})
    await done(scene.owner, "DELETE", f"/v1/touchpoints/{letter}", If_Match='"1"')
    found = await report(ann, scene)
    told = {one["subject_id"] for one in found["overdue"]}
    assert told == {gone["id"], nowhere["id"]}
    sentences = {gap["code"]: gap["detail"] for gap in found["gaps"]}
    assert sentences["overdue_action"].startswith("2 actions are past the date")
    assert {one["code"]: one["count"] for one in found["gap_counts"]}["overdue_action"] == 2
    at_call = await at(ann, scene)
    (late,) = at_call["overdue"]
    assert (late["kind"], late["subject_id"]) == ("action", here["id"])
    assert (late["member_id"], "overdue_action" in codes(at_call)) == (str(ann.member_id), True)
    begun = {"to": "dropped", "note": "No."}
    await done(ann, "POST", f"/v1/actions/{here['id']}/transitions", begun, If_Match='"1"')
    assert (await at(ann, scene))["overdue"] == []
