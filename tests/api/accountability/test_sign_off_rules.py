"""Sign-off rules: who sets them, what they ask for, and who may see the journey because of it."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from domain.roles import Group
from tests.api.accountability.moments import Scene, approve, asking, become, counted, decisive
from tests.api.maps.drawing import pointers
from tests.api.maps.events import verbs
from tests.world import Caller, World

F, S, D, X = Group
FRONTLINE, SUPPORT = {"group": "frontline_staff"}, {"group": "support_staff"}


@pytest.fixture
async def scene(world: World) -> Scene:
    return await decisive(world)


async def department(scene: Scene, name: str, **more: Any) -> str:
    made = await scene.owner.made("/v1/departments", {"name": name} | more)
    return str(made["id"])


async def test_rules_are_set_changed_and_removed_as_a_whole(scene: Scene) -> None:
    here, journey = scene.moments[0], scene.drawn.journey
    path = f"/v1/sign-off-rules/{here}"
    before = await scene.owner.read(path)
    assert before == before | {
        "subject_kind": "moment",
        "touchpoint_id": scene.here,
        "version": 0,
        "satisfied": True,
        "rules": [],
        "may": ["set_sign_off_rules"],
    }
    service = await department(scene, "Service")
    both = {"rules": [FRONTLINE | {"required": 2}, {"department_id": service}]}
    first = await scene.owner.put(path, both, If_Match='"0"')
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    told = [
        (rule["group"], rule["department_id"], rule["required"]) for rule in first.json()["rules"]
    ]
    assert told == [("frontline_staff", None, 2), (None, service, 1)]
    assert first.json()["satisfied"] is False
    same = await scene.owner.put(path, both, If_Match='"2"')
    assert same.headers["etag"] == '"2"'
    other = await scene.owner.put(path, {"rules": [FRONTLINE, SUPPORT]}, If_Match='"2"')
    # One changed, one removed, one new: nothing that was read before is mistaken for what is there.
    assert other.headers["etag"] == '"5"'
    assert [rule["required"] for rule in other.json()["rules"]] == [1, 1]
    done = [one[14:] for one in await verbs(scene.drawn.org, journey) if "_rule." in one]
    assert done == ["set", "set", "changed", "removed", "set"]


async def test_a_set_without_rules_keeps_its_version(scene: Scene) -> None:
    path = f"/v1/sign-off-rules/{scene.moments[0]}"
    await asking(scene, scene.moments[0], FRONTLINE, SUPPORT)
    none = await scene.owner.put(path, {"rules": []}, If_Match='"2"')
    assert (none.json()["rules"], none.json()["version"], none.json()["satisfied"]) == ([], 4, True)
    again = await scene.owner.put(path, {"rules": [FRONTLINE]}, If_Match='"4"')
    assert again.headers["etag"] == '"5"'


async def test_being_asked_lets_one_see_a_restricted_journey(scene: Scene) -> None:
    org, journey = scene.drawn.org, scene.drawn.journey
    await scene.patch(f"/journeys/{journey}", {"restricted": True})
    service = await department(scene, "Service")
    below = await department(scene, "Desk", parent_id=service)
    ann, bob = await org.member(F), await org.member(S, department_id=below)
    eve = await org.member(S)
    for member in (ann, bob, eve):
        assert (await member.get(f"/v1/journeys/{journey}")).status_code == 404
    await asking(scene, scene.moments[0], FRONTLINE, {"department_id": service})
    for member, status in ((ann, 200), (bob, 200), (eve, 404)):
        assert (await member.get(f"/v1/journeys/{journey}")).status_code == status
    grants = (await scene.owner.read(f"/v1/journeys/{journey}/grants"))["items"]
    assert [(one["role"], one["group"], one["department_id"]) for one in grants] == [
        ("participant", None, service), ("participant", "frontline_staff", None),
    ]  # fmt: skip
    await asking(scene, scene.moments[1], FRONTLINE)
    grants = (await scene.owner.read(f"/v1/journeys/{journey}/grants"))["items"]
    assert len(grants) == 2


async def test_a_department_is_all_below_it(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    service = await department(scene, "Service")
    desk = await department(scene, "Desk", parent_id=service)
    night = await department(scene, "Night desk", parent_id=desk)
    other = await department(scene, "Sales")
    await asking(scene, here, {"department_id": service, "required": 2}, {"department_id": night})
    ann = await org.member(F, department_id=night)
    bob = await org.member(D, department_id=service)
    eve = await org.member(F, department_id=other)
    rules = (await ann.read(f"/v1/sign-off-rules/{here}"))["rules"]
    assert [rule["eligible"] for rule in rules] == [2, 1]
    assert rules[0]["waiting_for"] == sorted([str(ann.member_id), str(bob.member_id)])
    await approve(ann, here)
    assert await counted(ann, here) == [(1, 0, 0, False), (1, 0, 0, True)]
    await approve(bob, here)
    assert await counted(ann, here) == [(2, 0, 0, True), (1, 0, 0, True)]
    body = {"subject_id": here, "decision": "approved"}
    assert (await eve.post("/v1/sign-offs", body)).status_code == 403


async def test_an_approval_counts_where_its_member_stood(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    await asking(scene, here, FRONTLINE, SUPPORT)
    ann = await org.member(F)
    await approve(ann, here)
    path = f"/v1/members/{ann.member_id}"
    moved = await org.admin.patch(path, {"group": "support_staff"}, If_Match='"1"')
    assert moved.status_code == 200
    assert await counted(ann, here) == [(1, 0, 0, True), (0, 0, 0, False)]


async def test_those_who_have_gone_are_not_eligible(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    await asking(scene, here, FRONTLINE)
    ann = await org.member(F)
    await become(org.admin, ann, "suspended")
    rule = (await scene.owner.read(f"/v1/sign-off-rules/{here}"))["rules"][0]
    assert (rule["eligible"], rule["waiting_for"]) == (0, [])


async def test_rules_are_for_the_owner_and_executives_while_it_is_open(scene: Scene) -> None:
    org, path = scene.drawn.org, f"/v1/sign-off-rules/{scene.moments[0]}"
    body: dict[str, Any] = {"rules": [FRONTLINE]}
    for group in (F, S, D):
        refused = await (await org.member(group)).put(path, body, If_Match='"0"')
        assert refused.status_code == 403
        assert "executives or the owner" in refused.json()["detail"]
    stranger = (await org.world.organization()).admin
    assert (await stranger.put(path, body, If_Match='"0"')).status_code == 404
    boss = await org.member(X)
    assert (await boss.put(path, body)).status_code == 428
    stale = await boss.put(path, body, If_Match='"3"')
    assert (stale.status_code, stale.headers["etag"]) == (412, '"0"')
    assert (await boss.put(path, body, If_Match='"0"')).status_code == 200
    await boss.post(f"/v1/journeys/{scene.drawn.journey}/lock", If_Match='"1"')
    refused = await boss.put(path, {"rules": []}, If_Match='"1"')
    assert (refused.status_code, "locked" in refused.json()["detail"]) == (403, True)


async def test_rules_that_cannot_be(scene: Scene) -> None:
    path = f"/v1/sign-off-rules/{scene.moments[0]}"
    service = await department(scene, "Service")
    faults: list[tuple[list[dict[str, Any]], int, list[str]]] = [
        ([{}], 422, ["#/rules/0"]),
        ([FRONTLINE | {"department_id": service}], 422, ["#/rules/0"]),
        ([FRONTLINE, SUPPORT, FRONTLINE | {"required": 2}], 422, ["#/rules/2"]),
        ([FRONTLINE, {"department_id": str(uuid4())}], 422, ["#/rules/1/department_id"]),
        ([FRONTLINE | {"required": 0}], 400, ["#/rules/0/required"]),
        ([{"group": "customers"}], 400, ["#/rules/0/group"]),
        ([FRONTLINE | {"count": 1}], 400, ["#/rules/0/count"]),
    ]
    for rules, status, where in faults:
        refused = await scene.owner.put(path, {"rules": rules}, If_Match='"0"')
        assert (refused.status_code, pointers(refused)) == (status, where), refused.text
    for subject in (uuid4(), scene.here):
        unknown = await scene.owner.put(
            f"/v1/sign-off-rules/{subject}", {"rules": []}, If_Match='"0"'
        )
        assert unknown.status_code == 404
        assert (await scene.owner.get(f"/v1/sign-off-rules/{subject}")).status_code == 404
    await scene.send("POST", f"/moments/{scene.moments[0]}/retire", {"reason": "Over."}, 1)
    retired = await scene.owner.put(path, {"rules": [FRONTLINE]}, If_Match='"0"')
    assert (retired.status_code, retired.json()["code"]) == (409, "moment_retired")
    assert (await scene.owner.read(path))["may"] == []


async def test_a_removed_department_may_stay_where_it_is_named(scene: Scene) -> None:
    here, service = scene.moments[0], await department(scene, "Service")
    await asking(scene, here, {"department_id": service})
    gone = await scene.owner.delete(f"/v1/departments/{service}", If_Match='"1"')
    assert gone.status_code == 204
    kept = await asking(scene, here, {"department_id": service}, FRONTLINE)
    assert [rule["department_id"] for rule in kept["rules"]] == [service, None]


async def test_of_many_who_set_rules_one_wins(scene: Scene) -> None:
    path = f"/v1/sign-off-rules/{scene.moments[0]}"
    owner: Caller = scene.owner.patient()
    bodies = [{"rules": [FRONTLINE | {"required": number}]} for number in range(1, 7)]
    replies = await asyncio.gather(*(owner.put(path, body, If_Match='"0"') for body in bodies))
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * 5
    assert len((await owner.read(path))["rules"]) == 1
