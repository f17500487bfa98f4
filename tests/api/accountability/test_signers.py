"""Who signs off: those who are asked, and nobody their own last edit unless they are alone."""

import pytest

from domain.roles import Group
from tests.api.accountability.moments import Scene, approve, asking, become, decisive
from tests.world import World

F, S, D, X = Group
FRONTLINE, LEADERS = {"group": "frontline_staff"}, {"group": "decision_maker"}


@pytest.fixture
async def scene(world: World) -> Scene:
    """Two moments and their journey, each for one of the frontline staff to approve."""
    scene = await decisive(world)
    for subject in (*scene.moments, scene.drawn.journey):
        await asking(scene, subject, FRONTLINE)
    return scene


async def test_only_those_who_are_asked_sign_off(scene: Scene) -> None:
    body = {"subject_id": scene.moments[0], "decision": "approved"}
    for group in (S, D, X):
        refused = await (await scene.drawn.org.member(group)).post("/v1/sign-offs", body)
        assert refused.status_code == 403
        assert "those who were asked" in refused.json()["detail"]
    await asking(scene, scene.moments[0])
    refused = await (await scene.drawn.org.member(F)).post("/v1/sign-offs", body)
    assert refused.status_code == 403


async def test_whoever_made_the_last_edit_is_told_who_could_sign_off(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    await asking(scene, here, LEADERS)
    bea = await org.member(D, name="Bea")
    for name in ("Cem", "Dia", "Eli", "Fay", "Gus"):
        await org.member(D, name=name)
    suspended = await org.member(D, name="Aaron")
    await become(org.admin, suspended, "suspended")
    body = {"subject_id": here, "decision": "approved"}
    assert "sign_off" not in (await org.admin.read(f"/v1/sign-off-rules/{here}"))["may"]
    refused = await org.admin.post("/v1/sign-offs", body)
    assert refused.status_code == 403
    detail = refused.json()["detail"]
    assert "You made the last edit yourself." in detail
    assert "Bea, Cem, Dia, Eli, Fay and 1 more" in detail
    await org.admin.made(
        f"/v1/journeys/{scene.drawn.journey}/grants",
        {"role": "editor", "member_id": str(bea.member_id)},
    )
    edit = {"thoughts": "Will they call back?"}
    reply = await bea.patch(f"/v1/touchpoints/{scene.here}", edit, If_Match='"1"')
    assert reply.status_code == 200
    assert (await bea.post("/v1/sign-offs", body)).status_code == 403
    assert (await approve(org.admin, here))["sole_signer"] is False


async def test_who_is_alone_may_sign_their_own_edit_off_and_it_is_recorded(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    await asking(scene, here, LEADERS)
    assert (await approve(org.admin, here))["sole_signer"] is True
    await org.member(D, name="Bea")
    refused = await org.admin.post("/v1/sign-offs", {"subject_id": here, "decision": "approved"})
    assert refused.status_code == 403
    assert "Those who could: Bea." in refused.json()["detail"]


async def test_an_edit_elsewhere_is_no_edit_of_the_moment(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    editor, other = await org.member(F), await org.member(F)
    for member in (editor, other):
        grant = {"role": "editor", "member_id": str(member.member_id)}
        await org.admin.made(f"/v1/journeys/{scene.drawn.journey}/grants", grant)
    path = f"/v1/touchpoints/{scene.drawn.touchpoints[1]['id']}"
    edit = {"thoughts": "Finally."}
    assert (await editor.patch(path, edit, If_Match='"1"')).status_code == 200
    assert (await approve(editor, here))["sole_signer"] is False
    body = {"subject_id": str(scene.drawn.journey), "decision": "approved"}
    assert (await editor.post("/v1/sign-offs", body)).status_code == 403
    assert (await other.post("/v1/sign-offs", body)).status_code == 201


async def test_who_signed_off_for_one_group_is_asked_anew_for_another(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    ann = await org.member(F)
    await approve(ann, here)
    await asking(scene, here, FRONTLINE, {"group": "support_staff"})
    path = f"/v1/members/{ann.member_id}"
    version = (await org.admin.read(path))["version"]
    moved = await org.admin.patch(path, {"group": "support_staff"}, If_Match=f'"{version}"')
    assert moved.status_code == 200, moved.text
    rules = {
        rule["group"]: rule for rule in (await ann.read(f"/v1/sign-off-rules/{here}"))["rules"]
    }
    assert rules["frontline_staff"]["satisfied"]
    assert rules["support_staff"]["waiting_for"] == [str(ann.member_id)]
    found = (await ann.read("/v1/me/work"))["items"]
    waiting = {one["subject_id"]: one["kind"] for one in found}
    assert waiting == {here: "sign_off"}


async def test_taking_a_lane_away_is_an_edit_of_the_moments_that_said_something_in_it(
    scene: Scene,
) -> None:
    org, (here, there) = scene.drawn.org, scene.moments
    lane = await scene.drawn.lane()
    said = {"touchpoint_id": scene.here, "body": "Refund at once."}
    await scene.send("PUT", f"/lanes/{lane['id']}/cells", said, 0)
    editor, other = await org.member(F), await org.member(F)
    grant = {"role": "editor", "member_id": str(editor.member_id)}
    await org.admin.made(f"/v1/journeys/{scene.drawn.journey}/grants", grant)
    gone = await editor.call("DELETE", f"/v1/lanes/{lane['id']}", None, If_Match='"1"')
    assert gone.status_code in (200, 204), gone.text
    work = (await editor.read("/v1/me/work"))["items"]
    mays = {one["subject_id"]: one["may"] for one in work}
    assert (mays[here], mays[there]) == ([], ["sign_off"])
    body = {"subject_id": here, "decision": "approved"}
    assert (await editor.post("/v1/sign-offs", body)).status_code == 403
    await approve(editor, there)
    await approve(other, here)


async def test_who_is_alone_in_one_of_their_rules_may_sign_their_own_edit_off(scene: Scene) -> None:
    org, here = scene.drawn.org, scene.moments[0]
    desk = (await org.admin.made("/v1/departments", {"name": "Desk"}))["id"]
    ann = await org.member(F, department_id=desk)
    await org.member(F, name="Bob")
    cem = await org.member(F, name="Cem")
    await asking(scene, here, FRONTLINE, {"department_id": desk})
    grant = {"role": "editor", "member_id": str(ann.member_id)}
    await org.admin.made(f"/v1/journeys/{scene.drawn.journey}/grants", grant)
    edit = {"thoughts": "Will they call back?"}
    path = f"/v1/touchpoints/{scene.here}"
    assert (await ann.patch(path, edit, If_Match='"1"')).status_code == 200
    work = (await ann.read("/v1/me/work"))["items"]
    assert {one["subject_id"]: one["may"] for one in work}[here] == ["sign_off"]
    assert (await approve(ann, here))["sole_signer"] is True
    assert (await approve(ann, here))["sole_signer"] is True
    await org.member(S, name="Dia", department_id=desk)
    await approve(cem, here)
    refused = await ann.post("/v1/sign-offs", {"subject_id": here, "decision": "approved"})
    assert refused.status_code == 403
    assert "Those who could: Dia." in refused.json()["detail"]
