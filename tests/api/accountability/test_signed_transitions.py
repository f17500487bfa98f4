"""Moving a journey on: what its sign-off rules lack is listed; an executive may override it."""

from typing import Any

import httpx
import pytest

from domain.roles import Group
from tests.api.accountability.moments import Scene, approve, asking, decisive
from tests.api.maps.events import verbs
from tests.world import Caller, World

F, S, D, X = Group
FRONTLINE = {"group": "frontline_staff"}


@pytest.fixture
async def scene(world: World) -> Scene:
    """A journey in review: two frontline staff for a moment, one of Service for the journey."""
    scene = await decisive(world)
    made = await scene.owner.made("/v1/departments", {"name": "Service"})
    await asking(scene, scene.moments[0], FRONTLINE | {"required": 2})
    await asking(scene, scene.drawn.journey, {"department_id": made["id"]})
    scene.service = made["id"]
    return scene


async def moved(scene: Scene, by: Caller, to: str, **more: Any) -> httpx.Response:
    path = f"/v1/journeys/{scene.drawn.journey}"
    version = (await by.read(path))["version"]
    return await by.post(f"{path}/transition", {"to": to} | more, If_Match=f'"{version}"')


def told(reply: httpx.Response) -> list[str]:
    assert reply.status_code == 403, reply.text
    assert {error["code"] for error in reply.json()["errors"]} == {"sign_off_missing"}
    return [error["detail"] for error in reply.json()["errors"]]


async def test_a_refusal_lists_what_is_missing(scene: Scene) -> None:
    org = scene.drawn.org
    ann, bob = await org.member(F), await org.member(F)
    refused = await moved(scene, scene.owner, "approved", reason="I want to.")
    title = (await scene.owner.read(f"/v1/journeys/{scene.drawn.journey}"))["title"]
    assert told(refused) == [
        f'The journey "{title}" lacks the sign-off of Service: 0 of 1 given.',
        'The moment "Call" lacks the sign-off of frontline staff: 0 of 2 given.',
    ]
    assert "sign-off rules of the journey are not satisfied" in refused.json()["detail"]
    await approve(ann, scene.moments[0])
    await scene.patch(f"/touchpoints/{scene.here}", {"reality": "They wait."})
    wish = {"decision": "changes_requested", "comment": "Say how long."}
    await approve(bob, scene.moments[0], **wish)
    assert told(await moved(scene, scene.owner, "approved"))[1] == (
        'The moment "Call" lacks the sign-off of frontline staff: 0 of 2 given,'
        " 1 made stale by later changes, changes requested by one member."
    )


async def test_it_moves_on_when_all_have_approved(scene: Scene) -> None:
    org = scene.drawn.org
    path = f"/v1/journeys/{scene.drawn.journey}"
    for signer in (await org.member(F), await org.member(F)):
        await approve(signer, scene.moments[0])
    assert "approve_journey" not in (await scene.owner.read(path))["may"]
    assert len(told(await moved(scene, scene.owner, "approved"))) == 1
    await approve(await org.member(S, department_id=scene.service), scene.drawn.journey)
    for may in (
        (await scene.owner.read(path))["may"],
        (await scene.owner.read(f"{path}/overlay"))["may"],
        (await scene.owner.read("/v1/journeys"))["items"][0]["may"],
    ):
        assert "approve_journey" in may
    assert (await moved(scene, scene.owner, "approved")).status_code == 200
    assert (await verbs(org, scene.drawn.journey))[-1] == "journey.moved"
    assert (await moved(scene, scene.owner, "published")).status_code == 200


async def test_the_way_out_is_said_wherever_a_journey_is_shown(scene: Scene) -> None:
    path = f"/v1/journeys/{scene.drawn.journey}"
    boss = await scene.drawn.org.member(X)
    for caller, expected in ((scene.owner, False), (boss, True)):
        for may in (
            (await caller.read(path))["may"],
            (await caller.read(f"{path}/overlay"))["may"],
            (await caller.read("/v1/journeys"))["items"][0]["may"],
        ):
            assert ("approve_journey" in may) is expected


async def test_only_an_executive_overrides_and_only_with_a_reason(scene: Scene) -> None:
    org = scene.drawn.org
    boss = await org.member(X)
    for by, reason in ((scene.owner, "It is late."), (boss, ""), (boss, "  ")):
        refused = await moved(scene, by, "approved", reason=reason)
        assert len(told(refused)) == 2
        assert "An executive may override them with a reason." in refused.json()["detail"]
    done = await moved(scene, boss, "approved", reason="The regulator waits.")
    assert (done.status_code, done.json()["status_reason"]) == (200, "The regulator waits.")
    assert (await verbs(org, scene.drawn.journey))[-1] == "journey.overridden"
    assert len(told(await moved(scene, scene.owner, "published"))) == 2
    assert (await moved(scene, boss, "published", reason="Still.")).status_code == 200
    # What needs no approval is not held up by a missing one.
    assert (await moved(scene, scene.owner, "draft")).status_code == 200
    assert (await verbs(org, scene.drawn.journey))[-2:] == ["journey.overridden", "journey.moved"]


async def test_a_retired_or_removed_moment_holds_nothing_up(scene: Scene) -> None:
    await scene.send("POST", f"/moments/{scene.moments[0]}/retire", {"reason": "Over."}, 1)
    assert len(told(await moved(scene, scene.owner, "approved"))) == 1
    await asking(scene, scene.moments[1], FRONTLINE)
    assert len(told(await moved(scene, scene.owner, "approved"))) == 2
    gone = scene.drawn.touchpoints[1]["id"]
    await scene.send("DELETE", f"/touchpoints/{gone}", None, 1)
    assert len(told(await moved(scene, scene.owner, "approved"))) == 1
    await asking(scene, scene.drawn.journey)
    assert (await moved(scene, scene.owner, "approved")).status_code == 200


async def test_an_executive_who_need_not_override_does_not(scene: Scene) -> None:
    await asking(scene, scene.moments[0])
    await asking(scene, scene.drawn.journey)
    boss = await scene.drawn.org.member(X)
    assert (await moved(scene, boss, "approved", reason="Well done.")).status_code == 200
    assert (await verbs(scene.drawn.org, scene.drawn.journey))[-1] == "journey.moved"
