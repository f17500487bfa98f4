"""Signing off: who may, what it is bound to, when it goes stale, and what blocks."""

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
FRONTLINE = {"group": "frontline_staff"}


@pytest.fixture
async def scene(world: World) -> Scene:
    """Two moments and their journey, each for one of the frontline staff to approve."""
    scene = await decisive(world)
    for subject in (*scene.moments, scene.drawn.journey):
        await asking(scene, subject, FRONTLINE)
    return scene


async def stale_ones(by: Caller, filters: str = "") -> dict[str, bool]:
    """Which subjects' sign-offs are stale, by subject."""
    found = await by.read(f"/v1/sign-offs?limit=100{filters}")
    return {item["subject_id"]: item["stale"] for item in found["items"]}


async def test_an_edit_makes_the_moment_and_its_journey_stale_and_nothing_else(
    scene: Scene,
) -> None:
    ann = await scene.drawn.org.member(F)
    here, there = scene.moments
    journey = str(scene.drawn.journey)
    for subject in (here, there, journey):
        signed = await approve(ann, subject)
        assert (signed["stale"], signed["current"], signed["sole_signer"]) == (False, True, False)
    path = f"/touchpoints/{scene.here}"
    await scene.patch(path, {"reality": "They wait an hour."})
    assert await stale_ones(ann) == {here: True, there: False, journey: True}
    assert await stale_ones(ann, "&stale=true") == {here: True, journey: True}
    assert await stale_ones(ann, "&stale=false") == {there: False}
    assert await counted(ann, here) == [(0, 1, 0, False)]
    found = (await ann.read(f"/v1/sign-off-rules/{here}"))["rules"][0]
    assert found["waiting_for"] == found["stale_by"] == [str(ann.member_id)]
    await scene.patch(path, {"reality": ""})
    assert await stale_ones(ann) == {here: False, there: False, journey: False}
    assert await counted(ann, here) == [(1, 0, 0, True)]


async def test_moving_and_renaming_around_it_leaves_a_moment_approved(scene: Scene) -> None:
    ann = await scene.drawn.org.member(F)
    for subject in (scene.moments[0], scene.drawn.journey):
        await approve(ann, subject)
    await scene.patch(f"/stages/{scene.drawn.stages[0]['id']}", {"name": "Renamed"})
    body = {"stage_id": scene.drawn.stages[1]["id"], "after": None}
    await scene.send("POST", f"/touchpoints/{scene.here}/move", body, 1)
    found = await stale_ones(ann)
    assert found == {scene.moments[0]: False, str(scene.drawn.journey): True}


async def test_a_sign_off_says_what_was_approved_and_by_whom(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    made = await scene.owner.made("/v1/departments", {"name": "Service"})
    ann = await org.member(F, department_id=made["id"])
    rules = await ann.read(f"/v1/sign-off-rules/{here}")
    assert rules["may"] == ["sign_off"]
    revision = int((await ann.get(f"/v1/journeys/{scene.drawn.journey}/map")).json()["revision"])
    told = {"content_hash": rules["content_hash"], "comment": "As it is."}
    signed = await approve(ann, here, **told)
    assert signed == signed | {
        "journey_id": str(scene.drawn.journey),
        "touchpoint_id": scene.here,
        "member_id": str(ann.member_id),
        "member_group": "frontline_staff",
        "member_department_id": made["id"],
        "decision": "approved",
        "revision": revision,
        "superseded_at": None,
    } | told  # fmt: skip
    assert await ann.read(f"/v1/sign-offs/{signed['id']}") == signed
    assert (await verbs(org, scene.drawn.journey))[-1] == "sign_off.given"


async def test_nobody_approves_what_they_have_not_read(scene: Scene) -> None:
    ann = await scene.drawn.org.member(F)
    read = (await ann.read(f"/v1/sign-off-rules/{scene.moments[0]}"))["content_hash"]
    await scene.patch(f"/moments/{scene.moments[0]}", {"stakes": "Their trust."})
    body = {"subject_id": scene.moments[0], "decision": "approved", "content_hash": read}
    refused = await ann.post("/v1/sign-offs", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "content_changed")
    assert pointers(refused) == ["#/content_hash"]
    assert (await ann.read("/v1/sign-offs"))["items"] == []


async def test_a_new_decision_takes_the_place_of_the_one_before(scene: Scene) -> None:
    ann, here = await scene.drawn.org.member(F), scene.moments[0]
    first = await approve(ann, here)
    second = await approve(ann, here)
    assert await counted(ann, here) == [(1, 0, 0, True)]
    found = await ann.read(f"/v1/sign-offs?subject={here}")
    assert [(item["id"], item["current"]) for item in found["items"]] == [
        (second["id"], True),
        (first["id"], False),
    ]
    assert found["items"][1]["superseded_at"] is not None
    for current, one in (("true", second), ("false", first)):
        found = await ann.read(f"/v1/sign-offs?subject={here}&current={current}")
        assert [item["id"] for item in found["items"]] == [one["id"]]
    assert (await verbs(scene.drawn.org, scene.drawn.journey))[-3:] == [
        "sign_off.given",
        "sign_off.superseded",
        "sign_off.given",
    ]


async def test_requested_changes_block_until_their_author_decides_anew(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    ann, bob = await org.member(F), await org.member(F)
    await approve(ann, here)
    wish = {"decision": "changes_requested", "comment": "Say how long they wait."}
    asked = await approve(bob, here, **wish)
    assert (asked["decision"], asked["comment"]) == (wish["decision"], wish["comment"])
    assert (await verbs(org, scene.drawn.journey))[-1] == "sign_off.changes_requested"
    assert await counted(ann, here) == [(1, 0, 1, False)]
    rule = (await ann.read(f"/v1/sign-off-rules/{here}"))["rules"][0]
    assert rule["objected_by"] == [str(bob.member_id)]
    assert rule["approved_by"] == [str(ann.member_id)]
    await approve(bob, here)
    assert await counted(ann, here) == [(2, 0, 0, True)]
    await approve(bob, here, **wish)
    await scene.patch(f"/moments/{here}", {"stakes": "Ten minutes."})
    assert await counted(ann, here) == [(0, 1, 0, False)]
    await approve(ann, here)
    assert await counted(ann, here) == [(1, 0, 0, True)]


async def test_two_sign_at_once(scene: Scene) -> None:
    here = scene.moments[0]
    await asking(scene, here, FRONTLINE | {"required": 2})
    signers = [await scene.drawn.org.member(F) for _ in range(2)]
    await asyncio.gather(*(approve(one.patient(), here) for one in signers))
    assert await counted(signers[0], here) == [(2, 0, 0, True)]
    await asyncio.gather(*(approve(signers[0].patient(), here) for _ in range(4)))
    assert await counted(signers[0], here) == [(2, 0, 0, True)]


async def test_decisions_count_while_their_member_is_active(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    ann, bob = await org.member(F), await org.member(F)
    await approve(ann, here)
    await become(org.admin, ann, "suspended")
    found = (await bob.read(f"/v1/sign-off-rules/{here}"))["rules"][0]
    assert (found["eligible"], found["given"], found["satisfied"]) == (1, 0, False)
    assert found["waiting_for"] == [str(bob.member_id)]
    await become(org.admin, ann, "active")
    assert await counted(bob, here) == [(1, 0, 0, True)]


async def test_what_cannot_be_signed_off(scene: Scene) -> None:
    org = scene.drawn.org
    ann, here = await org.member(F), scene.moments[0]
    stranger = (await org.world.organization()).admin

    async def said(by: Caller, subject: object, **more: Any) -> tuple[int, str]:
        body = {"subject_id": str(subject), "decision": "approved"} | more
        reply = await by.post("/v1/sign-offs", body)
        return reply.status_code, reply.json()["code"]

    for subject in (uuid4(), scene.here, scene.drawn.stages[0]["id"]):
        assert await said(ann, subject) == (404, "not_found")
    assert await said(stranger, here) == (404, "not_found")
    assert await said(ann, here, decision="changes_requested") == (422, "comment_required")
    assert (await said(ann, here, decision="perhaps"))[0] == 400
    assert (await said(ann, here, content_hash="abc"))[0] == 400
    assert (await org.admin.post(f"/v1/moments/{here}/retire", {"reason": "No more."},
                                 If_Match='"1"')).status_code == 200  # fmt: skip
    assert await said(ann, here) == (409, "moment_retired")
    gone = scene.drawn.touchpoints[1]["id"]
    await scene.send("DELETE", f"/touchpoints/{gone}", None, 1)
    assert await said(ann, scene.moments[1]) == (404, "not_found")
    assert (await ann.get(f"/v1/sign-off-rules/{scene.moments[1]}")).status_code == 404
