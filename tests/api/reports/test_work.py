"""What is asked of a member: every kind of it, in order, with reason, path and what they may do."""

from datetime import UTC, datetime

from api.plugins.database import LONGEST_KEPT
from domain.queries.reports.work import list_statement
from domain.roles import Group
from tests.api.reports.work import at_time, kinds_of, office, office_in, set_zone, work_of
from tests.world import World

F, S, D, X = Group


async def test_a_responsibility_is_asked_until_it_is_answered(world: World) -> None:
    here = await office(world, title="Moving")
    ann = await here.org.member(F)
    given = await here.assign(member_id=ann.member_id)
    (item,) = await work_of(ann)
    assert (item["kind"], item["subject_kind"]) == ("accept_responsibility", "responsibility")
    assert item["subject_id"] == given["id"]
    assert item["reason"] == ("You are asked to be accountable for this moment: accept or decline.")
    assert item["path"] == "Moving > Ride > Call"
    assert (item["journey_title"], item["touchpoint_id"]) == ("Moving", here.touchpoint)
    assert (item["moment_id"], item["journey_id"]) == (here.moment, here.journey)
    assert item["from_member_id"] == str(here.owner.member_id)
    assert (item["due_at"], item["overdue"]) == (given["answer_by"], False)
    assert (item["may"], item["escalated_to"]) == (["answer_responsibility"], None)
    path = f"/v1/responsibilities/{given['id']}/accept"
    assert (await ann.post(path, If_Match='"1"')).status_code == 200
    assert await work_of(ann) == []


async def test_the_head_answers_for_a_department(world: World) -> None:
    here = await office(world)
    head = await here.org.member(S)
    body = {"name": "Service", "head_member_id": str(head.member_id)}
    department = await here.owner.made("/v1/departments", body)
    await here.assign("responsible", department_id=department["id"])
    (item,) = await work_of(head)
    assert item["reason"].startswith("The department you head is asked to be responsible for")
    assert item["may"] == ["answer_responsibility"]
    member = await here.org.member(S, department_id=department["id"])
    assert await work_of(member) == []


async def test_what_was_declined_waits_for_owner_and_manager(world: World) -> None:
    here = await office(world)
    boss = await here.org.member(D)
    ann = await here.org.member(F, manager_id=boss.member_id)
    given = await here.assign(member_id=ann.member_id)
    path = f"/v1/responsibilities/{given['id']}/decline"
    reply = await ann.post(path, {"reason": "No time."}, If_Match='"1"')
    assert reply.status_code == 200, reply.text
    assert await kinds_of(boss) == ["declined_responsibility"]
    assert await kinds_of(here.owner) == ["accountability_gap", "declined_responsibility"]
    assert await kinds_of(ann) == []
    (item,) = await work_of(boss)
    assert item["from_member_id"] == str(ann.member_id)
    assert item["may"] == ["assign_responsibility"]
    assert "declined to be accountable for this moment" in item["reason"]
    bob = await here.org.member(F)
    await here.assign(member_id=bob.member_id)
    assert await kinds_of(boss) == []
    assert await kinds_of(here.owner) == []


async def test_a_declined_role_waits_though_somebody_was_asked_before(world: World) -> None:
    here = await office(world)
    ann, bob, cleo = [await here.org.member(F) for _ in range(3)]
    for role, waits in (("responsible", 1), ("consulted", 0)):
        await here.assign(role, member_id=bob.member_id)
        given = await here.assign(role, member_id=ann.member_id)
        path = f"/v1/responsibilities/{given['id']}/decline"
        assert (await ann.post(path, {"reason": "No."}, If_Match='"1"')).status_code == 200
        found = await work_of(here.owner, "?kind=declined_responsibility")
        assert len(found) == waits, role
        await here.assign(role, member_id=cleo.member_id)
        assert await work_of(here.owner, "?kind=declined_responsibility") == []


async def test_a_moment_lacks_somebody_once_they_are_suspended(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    await here.assign(member_id=ann.member_id)
    assert await work_of(here.owner, "?kind=accountability_gap") == []
    path, body = f"/v1/members/{ann.member_id}", {"status": "suspended"}
    assert (await here.org.admin.patch(path, body, If_Match='"1"')).status_code == 200
    assert len(await work_of(here.owner, "?kind=accountability_gap")) == 1


async def test_a_gap_is_one_line_per_journey_of_its_owner(world: World) -> None:
    here = await office(world)
    await office_in(here.org)
    found = await work_of(here.owner, "?kind=accountability_gap")
    assert found[0]["subject_id"] == here.journey
    assert len(found) == 2
    assert found[0]["reason"] == "A confirmed moment of your journey has nobody accountable."
    assert (found[0]["path"], found[0]["from_member_id"]) == ("I try it", None)
    ann = await here.org.member(X)
    assert await work_of(ann) == []


async def test_threads_come_with_their_day_in_the_time_zone_of_the_organization(
    world: World,
) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    thread = await here.give_thread(ann, "2031-03-04")
    (item,) = await work_of(ann)
    assert (item["kind"], item["subject_id"]) == ("thread", thread["id"])
    assert item["due_at"] == "2031-03-05T00:00:00Z"
    assert item["reason"] == "This thread (issue) was given to you to resolve."
    assert item["may"] == ["resolve_thread", "assign_thread", "reply", "escalate"]
    async with at_time(here.org, ann, datetime(2031, 3, 4, 23, 59, 59, tzinfo=UTC)) as before:
        assert not (await work_of(before))[0]["overdue"]
    async with at_time(here.org, ann, datetime(2031, 3, 5, 0, 0, 1, tzinfo=UTC)) as after:
        assert (await work_of(after))[0]["overdue"]
        assert (await after.read("/v1/me/work/counts"))["overdue"] == 1
    await set_zone(here.org, "America/New_York")
    assert (await work_of(ann))[0]["due_at"] == "2031-03-05T05:00:00Z"


async def test_most_urgent_first_page_by_page(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    late = await here.give_thread(ann, "2020-01-02", body="late")
    undated = await here.give_thread(ann, body="undated")
    soon = await here.assign("responsible", member_id=ann.member_id)
    later = await here.give_thread(ann, "2900-01-01", body="later")
    latest = await here.give_thread(ann, body="undated, younger")
    order = [one["id"] for one in (late, soon, later, undated, latest)]
    assert [item["subject_id"] for item in await work_of(ann)] == order
    walked, query = [], "?limit=1"
    while True:
        page = await ann.read(f"/v1/me/work{query}")
        walked += [item["subject_id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query = f"?limit=1&cursor={page['next_cursor']}"
    assert walked == order
    assert [one["subject_id"] for one in await work_of(ann, "?overdue=true")] == [late["id"]]
    assert len(await work_of(ann, "?overdue=false")) == 4
    found = await work_of(ann, "?kind=accept_responsibility&kind=sign_off")
    assert [one["subject_id"] for one in found] == [soon["id"]]


async def test_a_cursor_belongs_to_its_list(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    for _ in range(2):
        await here.give_thread(ann)
    cursor = (await ann.read("/v1/me/work?limit=1"))["next_cursor"]
    for query in (f"?overdue=false&cursor={cursor}", f"?kind=thread&cursor={cursor}", "?cursor=x"):
        reply = await ann.get(f"/v1/me/work{query}")
        assert (reply.status_code, reply.json()["code"]) == (400, "invalid_cursor")
    refused = await ann.get("/v1/me/work?kind=gossip")
    assert refused.status_code == 400


async def test_counts_are_polled_by_their_tag(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    empty = await ann.get("/v1/me/work/counts")
    assert (empty.json()["total"], empty.json()["overdue"]) == (0, 0)
    tag = empty.headers["etag"]
    assert (await ann.get("/v1/me/work/counts", If_None_Match=tag)).status_code == 304
    await here.give_thread(ann, "2020-01-02")
    await here.assign("informed", member_id=ann.member_id)
    fresh = await ann.get("/v1/me/work/counts", If_None_Match=tag)
    assert (fresh.status_code, fresh.json()["total"], fresh.json()["overdue"]) == (200, 2, 1)
    by_kind = {one["kind"]: (one["total"], one["overdue"]) for one in fresh.json()["kinds"]}
    assert by_kind["thread"] == (1, 1)
    assert by_kind["accept_responsibility"] == (1, 0)
    assert by_kind["sign_off"] == (0, 0)


async def test_nothing_is_asked_in_what_is_put_away_or_not_seen(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    await here.give_thread(ann)
    await here.assign(member_id=ann.member_id)
    assert len(await work_of(ann)) == 2
    path = f"/v1/touchpoints/{here.touchpoint}"
    assert (await here.owner.delete(path, If_Match='"1"')).status_code == 204
    assert await work_of(ann) == []
    assert (await here.owner.post(f"/v1/subjects/{here.touchpoint}/restore")).status_code == 200
    assert len(await work_of(ann)) == 2
    journey = f"/v1/journeys/{here.journey}"
    version = (await here.owner.get(journey)).json()["version"]
    body = {"to": "archived", "reason": "Done."}
    moved = await here.owner.post(f"{journey}/transition", body, If_Match=f'"{version}"')
    assert moved.status_code == 200, moved.text
    assert await work_of(ann) == []
    assert (await ann.read("/v1/me/work/counts"))["total"] == 0


async def test_nothing_is_asked_where_one_may_not_look_any_more(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    await here.give_thread(ann)
    journey = f"/v1/journeys/{here.journey}"
    version = (await here.owner.get(journey)).json()["version"]
    back = await here.owner.post(f"{journey}/transition", {"to": "draft"}, If_Match=f'"{version}"')
    assert back.status_code == 200, back.text
    assert await work_of(ann) == []
    assert (await ann.read("/v1/me/work/counts"))["total"] == 0


async def test_a_member_sees_only_their_own(world: World) -> None:
    here = await office(world)
    ann, bob = await here.org.member(F), await here.org.member(X)
    await here.give_thread(ann)
    await here.assign(member_id=ann.member_id)
    assert await work_of(bob) == []
    assert (await bob.read("/v1/me/work/counts"))["total"] == 0


def test_the_driver_keeps_the_plan_of_the_statement() -> None:
    assert len(list_statement(True, True).text) < LONGEST_KEPT
