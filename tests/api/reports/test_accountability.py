"""Who answers for each touchpoint, who has spoken, what is missing; of one journey and of all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import clock
from domain.roles import Group
from tests.api.reports.stage import Scene, done
from tests.world import Caller, Org, World

F, S, D, X = Group


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


async def report(reader: Caller, scene: Scene) -> dict[str, Any]:
    return await reader.read(f"/v1/journeys/{scene.journey}/accountability")


async def at(reader: Caller, scene: Scene) -> dict[str, Any]:
    """What is said of the touchpoint of the scene."""
    items = (await report(reader, scene))["items"]
    found: dict[str, Any] = next(one for one in items if one["touchpoint_id"] == scene.touchpoint)
    return found


def codes(found: dict[str, Any]) -> set[str]:
    return {gap["code"] for gap in found["gaps"]}


async def test_a_new_moment_lacks_everything_and_a_plain_touchpoint_less(org: Org) -> None:
    scene = await Scene.of(org)
    await scene.touchpoint_named("Letter")
    found = await report(scene.owner, scene)
    call, letter = found["items"]
    assert (call["touchpoint_name"], letter["touchpoint_name"]) == ("Call", "Letter")
    assert codes(call) == {"no_department", "no_accountable", "no_playbook", "silent_groups"}
    assert codes(letter) == {"no_department", "silent_groups"}
    assert letter["moment"] is None
    assert call["moment"]["accountable"] is None
    assert (found["touchpoints"], found["moments"], found["gaps"]) == (2, 1, [])
    counts = {one["code"]: one["count"] for one in found["gap_counts"]}
    assert (counts["no_department"], counts["no_playbook"], counts["not_accepted"]) == (2, 1, 0)
    shares = {one["measure"]: one for one in found["coverage"]}
    assert (shares["departments"]["share"], shares["sign_offs"]["share"]) == (0.0, None)
    assert shares["accountable"]["explanation"].startswith("0 of 1 moments have an active member")


async def test_gaps_close_as_people_answer(org: Org) -> None:
    scene = await Scene.of(org)
    ann, max_ = await scene.person("Ann"), await scene.person("Max", X)
    department = (await org.admin.made("/v1/departments", {"name": "Service"}))["id"]
    path = f"/v1/touchpoints/{scene.touchpoint}"
    version = (await scene.owner.read(path))["version"]
    named = {"responsible_department_id": department}
    await done(scene.owner, "PATCH", path, named, If_Match=f'"{version}"')
    asked = {"role": "accountable", "member_id": str(ann.member_id)}
    one = await scene.owner.made(f"{scene.path}/responsibilities", asked)
    found = await at(max_, scene)
    assert codes(found) == {"not_accepted", "no_playbook", "silent_groups"}
    assert found["moment"]["accountable"]["status"] == "assigned"
    assert found["moment"]["accountable"]["since"] == one["created_at"]
    yes = await done(ann, "POST", f"/v1/responsibilities/{one['id']}/accept", If_Match='"1"')
    drafted = {"title": "Call back", "recovery_kind": "apology", "steps": ["Say sorry."]}
    book = await ann.made(f"{scene.path}/playbooks", drafted)
    await done(max_, "POST", f"/v1/playbooks/{book['id']}/approve", {}, If_Match='"1"')
    found = await at(max_, scene)
    assert codes(found) == {"silent_groups"}
    told = found["moment"]["accountable"]
    assert (told["member_id"], told["status"]) == (str(ann.member_id), "accepted")
    assert told["since"] == yes["answered_at"]
    assert found["moment"]["approved_playbooks"] == 1
    shares = {one["measure"]: one["share"] for one in (await report(max_, scene))["coverage"]}
    assert (shares["departments"], shares["accountable"], shares["playbooks"]) == (1.0, 1.0, 1.0)


async def test_declining_shows_until_somebody_else_is_asked(org: Org) -> None:
    scene = await Scene.of(org)
    ann, bob = await scene.person("Ann"), await scene.person("Bob")
    path = f"{scene.path}/responsibilities"
    one = await scene.owner.made(path, {"role": "consulted", "member_id": str(ann.member_id)})
    no = f"/v1/responsibilities/{one['id']}/decline"
    await done(ann, "POST", no, {"reason": "No time."}, If_Match='"1"')
    assert "declined" in codes(await at(scene.owner, scene))
    await scene.owner.made(path, {"role": "consulted", "member_id": str(bob.member_id)})
    found = await at(scene.owner, scene)
    assert "declined" not in codes(found)
    assert [who["member_id"] for who in found["moment"]["consulted"]] == [str(bob.member_id)]


async def test_somebody_accountable_who_is_suspended_is_a_gap(org: Org) -> None:
    scene = await Scene.of(org)
    ann = await scene.person("Ann")
    asked = {"role": "accountable", "member_id": str(ann.member_id)}
    one = await scene.owner.made(f"{scene.path}/responsibilities", asked)
    await done(ann, "POST", f"/v1/responsibilities/{one['id']}/accept", If_Match='"1"')
    path = f"/v1/members/{ann.member_id}"
    version = (await org.admin.read(path))["version"]
    await done(org.admin, "PATCH", path, {"status": "suspended"}, If_Match=f'"{version}"')
    found = await at(scene.owner, scene)
    assert "accountable_suspended" in codes(found)
    assert found["moment"]["accountable"]["active"] is False
    shares = {one["measure"]: one["share"] for one in (await report(org.admin, scene))["coverage"]}
    assert shares["accountable"] == 0.0


async def test_what_is_not_accepted_in_time_is_overdue(org: Org) -> None:
    scene = await Scene.of(org)
    ann = await scene.person("Ann")
    asked = {"role": "accountable", "member_id": str(ann.member_id)}
    one = await scene.owner.made(f"{scene.path}/responsibilities", asked)
    assert (await at(scene.owner, scene))["overdue"] == []
    later = clock.now() + timedelta(days=30)
    owner = await again(scene, later)
    with clock.replaced(lambda: later):
        found = await at(owner, scene)
    assert {"overdue_acceptance", "not_accepted"} <= codes(found)
    (late,) = found["overdue"]
    assert (late["kind"], late["subject_id"]) == ("responsibility", one["id"])
    assert (late["due_at"], late["member_id"]) == (one["answer_by"], str(ann.member_id))


async def again(scene: Scene, later: Any) -> Caller:
    """The owner with a token that is good at another time."""
    with clock.replaced(lambda: later):
        token = scene.org.world.tokens.issue(scene.owner.principal)
    return Caller(scene.owner.http, token, scene.owner.member_id, scene.owner.principal, "", "")


async def test_threads_past_their_date_are_overdue_for_those_who_see_them(org: Org) -> None:
    scene = await Scene.of(org)
    ann, bob = await scene.person("Ann"), await scene.person("Bob", S)
    said = await scene.say(ann, visibility="my_group")
    path, due = f"/v1/annotations/{said['id']}", (clock.now() - timedelta(days=9)).date()
    taken = {"member_id": str(ann.member_id), "due_on": due.isoformat()}
    await done(ann, "POST", f"{path}/assign", taken, If_Match='"1"')
    found = await at(ann, scene)
    (late,) = found["overdue"]
    assert (late["kind"], late["subject_id"]) == ("thread", said["id"])
    assert "overdue_thread" in codes(found)
    found = await at(bob, scene)
    assert (found["overdue"], "overdue_thread" in codes(found)) == ([], False)
    await done(ann, "POST", f"{path}/resolve", {"resolution": "fixed"}, If_Match='"2"')
    assert (await at(ann, scene))["overdue"] == []


async def test_who_has_spoken_is_counted_and_no_more(org: Org) -> None:
    scene = await Scene.of(org)
    ann, sam = await scene.person("Ann"), await scene.person("Sam", S)
    numbers = {"emotional": 3, "business": None, "importance": None, "performance": None}
    await done(ann, "PUT", f"/v1/touchpoints/{scene.touchpoint}/ratings/me", numbers)
    await scene.say(sam, visibility="private")
    await scene.say(ann)
    found = {one["group"]: one for one in (await at(ann, scene))["voices"]}
    assert found["frontline_staff"] == {
        "group": "frontline_staff", "raters": 1, "annotations": 1, "silent": False,
    }  # fmt: skip
    # What Sam wrote for nobody else is no voice to others, and one to Sam.
    assert found["support_staff"]["silent"] is True
    mine = {one["group"]: one for one in (await at(sam, scene))["voices"]}
    assert (mine["support_staff"]["silent"], mine["support_staff"]["annotations"]) == (False, 1)
    # There is no executive, so none is missed.
    assert found["executive"]["silent"] is None
    gap = next(g for g in (await at(ann, scene))["gaps"] if g["code"] == "silent_groups")
    assert gap["detail"] == "Nothing is heard of support staff and decision-makers: ask them."


async def test_an_empty_journey_has_a_report(org: Org) -> None:
    journey = await org.journey()
    found = await org.admin.read(f"/v1/journeys/{journey}/accountability")
    assert (found["touchpoints"], found["items"], found["gaps"]) == (0, [], [])
    assert {one["share"] for one in found["coverage"]} == {None}


async def test_what_is_not_seen_has_no_report(org: Org, world: World) -> None:
    scene = await Scene.of(org, status="draft")
    stranger = (await world.organization()).admin
    path = f"/v1/journeys/{scene.journey}/accountability"
    for reader in (await org.member(X), stranger):
        assert (await reader.get(path)).status_code == 404
        assert (await reader.read("/v1/accountability"))["items"] == []


async def test_the_organization_sees_the_worst_journey_first(org: Org) -> None:
    plain, bad = await Scene.of(org, title="Plain"), await Scene.of(org, title="Bad")
    for name in ("Letter", "Form"):
        await bad.decisive(await bad.touchpoint_named(name))
    empty = await org.journey(title="Empty")
    archived = await org.journey(title="Old", status="archived")
    reader = await org.member(X)
    found = (await reader.read("/v1/accountability"))["items"]
    assert [one["journey_title"] for one in found] == ["Bad", "Plain", "Empty"]
    for scene, told in ((bad, found[0]), (plain, found[1])):
        whole = await report(reader, scene)
        assert told["gap_counts"] == whole["gap_counts"]
        assert told["gaps"] == sum(one["count"] for one in whole["gap_counts"])
        assert (told["touchpoints"], told["moments"]) == (whole["touchpoints"], whole["moments"])
    assert (found[2]["journey_id"], found[2]["gaps"]) == (str(empty), 0)
    old = (await reader.read("/v1/accountability?status=archived"))["items"]
    assert [one["journey_id"] for one in old] == [str(archived)]
    mine = (await reader.read(f"/v1/accountability?owner={plain.owner.member_id}"))["items"]
    assert [one["journey_title"] for one in mine] == ["Plain"]


async def test_it_is_narrowed_to_a_department_and_read_in_pages(org: Org) -> None:
    top = (await org.admin.made("/v1/departments", {"name": "Service"}))["id"]
    below = {"name": "Calls", "parent_id": top}
    calls = (await org.admin.made("/v1/departments", below))["id"]
    await Scene.of(org, title="Elsewhere")
    titles = {f"Calls {number}" for number in range(3)}
    for title in titles:
        await Scene.of(org, title=title, department_id=UUID(calls))
    found, cursor = [], ""
    while True:
        page = await org.admin.read(f"/v1/accountability?department={top}&limit=2{cursor}")
        found += [one["journey_title"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert (len(found), set(found)) == (3, titles)
    wrong = await org.admin.get(f"/v1/accountability?limit=2{cursor}")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_cursor")
