"""The overview: what moved since the last visit, what waits, what is overdue, what is at stake."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.reports.stage import Scene, done, rate
from tests.world import Caller, Org, World

F, S, D, X = Group
DRAFT = {"title": "Call back", "recovery_kind": "apology", "steps": ["Say sorry."]}


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


async def seen(reader: Caller, query: str = "") -> dict[str, Any]:
    return await reader.read(f"/v1/overview{query}")


def counts(block: dict[str, Any]) -> dict[str, int]:
    """What there is of anything."""
    return {one["kind"]: one["count"] for one in block["counts"] if one["count"]}


async def test_a_new_organization_has_nothing_to_look_at(org: Org) -> None:
    found = await seen(org.admin)
    assert counts(found["moved"]) == {}
    assert found["awaiting"] == {
        "work": [], "more_work": False, "journeys": [], "journeys_total": 0,
    }  # fmt: skip
    assert (found["overdue"], found["worst_moments"], found["widest_gaps"]) == ([], [], [])
    assert found["stakes"]["explanation"].startswith("0 customers a month at 0 of 0 moments")


async def much_moves(org: Org) -> tuple[Scene, Caller, str]:
    """A journey goes to review, Eve confirms and declines, Ann accepts, her thread is fixed."""
    scene = await Scene.of(org, status="draft")
    ann, eve = await scene.person("Ann"), await scene.person("Eve", X)
    path = f"/v1/journeys/{scene.journey}"
    version = (await scene.owner.read(path))["version"]
    await done(
        scene.owner, "POST", f"{path}/transition", {"to": "in_review"}, If_Match=f'"{version}"'
    )
    await done(eve, "POST", f"{scene.path}/confirm", If_Match='"1"')
    for member, role, verb in ((ann, "accountable", "accept"), (eve, "informed", "decline")):
        asked = {"role": role, "member_id": str(member.member_id)}
        one = await scene.owner.made(f"{scene.path}/responsibilities", asked)
        body = {"reason": "No."} if verb == "decline" else None
        answer = f"/v1/responsibilities/{one['id']}/{verb}"
        await done(member, "POST", answer, body, If_Match='"1"')
    said = await scene.say(ann)
    fixed = {"resolution": "fixed"}
    await done(scene.owner, "POST", f"/v1/annotations/{said['id']}/resolve", fixed, If_Match='"1"')
    return scene, eve, said["id"]


async def test_what_moved_is_counted_and_named(org: Org) -> None:
    _, eve, said = await much_moves(org)
    found = await seen(eve)
    assert counts(found["moved"]) == {
        "journey_moved": 1, "moment_confirmed": 1, "responsibility_accepted": 1,
        "responsibility_declined": 1, "thread_fixed": 1,
    }  # fmt: skip
    items = found["moved"]["items"]
    assert [one["kind"] for one in items] == [
        "thread_fixed", "responsibility_declined", "responsibility_accepted", "moment_confirmed",
        "journey_moved",
    ]  # fmt: skip
    thread, declined, moved = items[0], items[1], items[4]
    assert (thread["subject_kind"], thread["subject_id"]) == ("annotation", said)
    assert (declined["detail"], declined["member_id"]) == ("informed", str(eve.member_id))
    assert (moved["detail"], moved["journey_title"]) == ("in_review", "I try it")
    assert thread["touchpoint_name"] == "Call"


async def test_a_visit_begins_the_next_overview(org: Org) -> None:
    scene = await Scene.of(org)
    eve, max_ = await scene.person("Eve", X), await scene.person("Max", X)
    await done(eve, "POST", f"{scene.path}/confirm", If_Match='"1"')
    assert counts((await seen(eve))["moved"]) == {"moment_confirmed": 1}
    assert await done(eve, "POST", "/v1/overview/seen") is None
    after = await seen(eve)
    assert counts(after["moved"]) == {}
    assert after["since"] > (await seen(max_))["since"]
    assert counts((await seen(max_))["moved"]) == {"moment_confirmed": 1}
    long_ago = "2020-01-01T00:00:00Z"
    asked = await seen(eve, f"?since={long_ago}")
    assert (asked["since"], counts(asked["moved"])) == (long_ago, {"moment_confirmed": 1})
    await done(eve, "POST", "/v1/overview/seen")
    assert (await seen(eve))["since"] > after["since"]


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ("2020-01-01T00:00:00", "no_time_zone"),
        ("2999-01-01T00:00:00Z", "too_late"),
        ("0001-01-01T00:00:00Z", "too_early"),
        ("yesterday", None),
    ],
)
async def test_a_since_that_cannot_be_is_refused(org: Org, since: str, code: str | None) -> None:
    reply = await org.admin.get(f"/v1/overview?since={since}")
    assert reply.status_code == 400
    error = reply.json()["errors"][0]
    assert error["parameter"] == "since"
    assert code in (None, error["code"])


async def test_only_what_the_reader_sees_is_told(org: Org) -> None:
    scene = await Scene.of(org, restricted=True)
    other = await Scene.of(org, title="Open")
    eve = await scene.person("Eve", X)
    await done(scene.owner, "POST", f"{scene.path}/confirm", If_Match='"1"')
    await done(scene.owner, "PATCH", scene.path, {"customers_per_month": 9}, If_Match='"2"')
    ann = await other.person("Ann")
    said = await other.say(ann, visibility="private")
    ended = {"resolution": "fixed"}
    path = f"/v1/annotations/{said['id']}/resolve"
    taken = {"member_id": str(ann.member_id)}
    await done(ann, "POST", f"/v1/annotations/{said['id']}/assign", taken, If_Match='"1"')
    await done(ann, "POST", path, ended, If_Match='"2"')
    found = await seen(eve)
    assert counts(found["moved"]) == {}
    assert (found["stakes"]["moments"], found["stakes"]["customers_per_month"]) == (1, 0)
    assert counts((await seen(ann))["moved"]) == {"thread_fixed": 1}
    assert counts((await seen(scene.owner))["moved"]) == {"moment_confirmed": 1}


async def test_decisions_that_wait_for_me_are_in_it(org: Org) -> None:
    scene = await Scene.of(org)
    ann, eve = await scene.person("Ann"), await scene.person("Eve", X)
    rules = {"rules": [{"group": "executive"}]}
    path = f"/v1/sign-off-rules/{scene.moment['id']}"
    await done(scene.owner, "PUT", path, rules, If_Match='"0"')
    asked = {"role": "accountable", "member_id": str(eve.member_id)}
    await scene.owner.made(f"{scene.path}/responsibilities", asked)
    found = (await seen(eve))["awaiting"]
    assert {one["kind"] for one in found["work"]} == {"sign_off", "accept_responsibility"}
    (journey,) = found["journeys"]
    assert (journey["journey_id"], journey["satisfied"]) == (scene.journey, False)
    assert journey["may"] == ["approve_journey"]
    # The owner cannot approve what is not signed, nobody else of no executive group ever.
    for reader in (scene.owner, ann):
        assert (await seen(reader))["awaiting"]["journeys"] == []
    await done(eve, "POST", "/v1/sign-offs", {"subject_id": scene.moment["id"],
                                              "decision": "approved"})  # fmt: skip
    (journey,) = (await seen(scene.owner))["awaiting"]["journeys"]
    assert (journey["satisfied"], journey["may"]) == (True, ["approve_journey"])


async def test_worst_moments_widest_gaps_and_stakes(org: Org) -> None:
    scene = await Scene.of(org)
    letter = await scene.touchpoint_named("Letter", monthly_volume=500)
    second = await scene.decisive(letter)
    stakes = {"customers_per_month": 1200, "value_at_risk": 90_000, "value_currency": "EUR"}
    await done(scene.owner, "PATCH", scene.path, stakes, If_Match='"1"')
    ann, eve = await scene.person("Ann"), await scene.person("Eve", X)
    await rate(scene.owner, scene.touchpoint, emotional=5, performance=2)
    await rate(eve, scene.touchpoint, emotional=2, performance=2)
    await rate(scene.owner, letter, emotional=3)
    # One of the frontline is too few to move anything.
    await rate(ann, letter, emotional=5)
    found = await seen(eve)
    first, next_ = found["worst_moments"]
    assert (first["rank"], first["score"], first["performance"]) == (1, 3.5, 2.0)
    assert (next_["moment_id"], next_["score"]) == (second["id"], 3.0)
    (gap,) = found["widest_gaps"]
    assert (gap["moment_id"], gap["gap"]["difference"]) == (scene.moment["id"], 3.0)
    told = found["stakes"]
    assert (told["customers_per_month"], told["counted_moments"]) == (1700, 2)
    assert told["values"] == [{"currency": "EUR", "value_at_risk": 90_000, "moments": 1}]
    assert [(one["customers_per_month"], one["counted_at"]) for one in told["items"]] == [
        (1200, "moment"), (500, "touchpoint"),
    ]  # fmt: skip


async def test_what_worked_is_told_without_saying_why(org: Org) -> None:
    scene = await Scene.of(org)
    ann, eve = await scene.person("Ann"), await scene.person("Eve", X)
    book = await ann.made(f"{scene.path}/playbooks", DRAFT)
    await done(eve, "POST", f"/v1/playbooks/{book['id']}/approve", {}, If_Match='"1"')
    for result in ("recovered", "not_recovered"):
        use = await ann.made(f"/v1/playbooks/{book['id']}/uses", {})
        path = f"/v1/playbook-uses/{use['id']}"
        await done(ann, "PATCH", path, {"result": result}, If_Match='"1"')
    found = await seen(eve)
    assert counts(found["worked"]) == {"playbook_recovered": 1}
    (item,) = found["worked"]["items"]
    assert (item["subject_kind"], item["moment_id"]) == ("playbook_use", scene.moment["id"])
    assert counts(found["moved"]) == {"playbook_recovered": 1, "playbook_not_recovered": 1}


async def test_an_approval_that_went_stale_has_moved(org: Org) -> None:
    scene = await Scene.of(org)
    ann, eve = await scene.person("Ann"), await scene.person("Eve", X)
    for subject in (scene.moment["id"], scene.journey):
        rules = {"rules": [{"group": "frontline_staff"}]}
        await done(scene.owner, "PUT", f"/v1/sign-off-rules/{subject}", rules, If_Match='"0"')
        yes = {"subject_id": subject, "decision": "approved"}
        await done(ann, "POST", "/v1/sign-offs", yes)
    assert counts((await seen(eve))["moved"]) == {"sign_off_given": 2}
    await done(eve, "POST", "/v1/overview/seen")
    path = f"/v1/touchpoints/{scene.touchpoint}"
    await done(scene.owner, "PATCH", path, {"process": "New."}, If_Match='"1"')
    found = await seen(eve)
    assert counts(found["moved"]) == {"sign_off_stale": 2}
    kinds = {one["subject_kind"]: one["count"] for one in found["moved"]["items"]}
    assert kinds == {"moment": 1, "journey": 1}


async def test_what_is_put_away_is_left_out(org: Org) -> None:
    scene = await Scene.of(org)
    eve = await scene.person("Eve", X)
    await done(eve, "POST", f"{scene.path}/confirm", If_Match='"1"')
    path = f"/v1/journeys/{scene.journey}"
    version = (await scene.owner.read(path))["version"]
    away = {"to": "archived"}
    await done(scene.owner, "POST", f"{path}/transition", away, If_Match=f'"{version}"')
    found = await seen(eve)
    assert (counts(found["moved"]), found["stakes"]["moments"]) == ({}, 0)
