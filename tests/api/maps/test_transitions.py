"""The status of a journey and its lock: who moves it where, and what that closes."""

from typing import Any

import httpx
import pytest

from domain.roles import Group
from tests.api.maps.events import verbs
from tests.world import Caller, World


async def moved(by: Caller, journey: Any, to: str, version: int, **more: Any) -> httpx.Response:
    path = f"/v1/journeys/{journey}/transition"
    return await by.post(path, {"to": to} | more, If_Match=f'"{version}"')


async def test_a_journey_goes_all_the_way_and_back(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="draft")
    way = ["in_review", "approved", "published", "archived", "published", "draft", "archived"]
    for version, to in enumerate([*way, "draft"], start=1):
        reply = await moved(org.admin, journey, to, version, reason="It is time.")
        assert reply.status_code == 200, reply.text
        assert (reply.json()["status"], reply.json()["version"]) == (to, version + 1)
        assert reply.json()["status_reason"] == "It is time."
    assert (await verbs(org, journey)).count("journey.moved") == 8


async def test_an_approved_journey_counts_as_reviewed(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    assert (await org.admin.read(f"/v1/journeys/{journey}"))["reviewed_at"] is None
    approved = (await moved(org.admin, journey, "approved", 1)).json()
    assert approved["reviewed_at"] is not None
    published = (await moved(org.admin, journey, "published", 2)).json()
    assert published["reviewed_at"] == approved["reviewed_at"]


@pytest.mark.parametrize(
    ("status", "to"),
    [
        ("draft", "approved"),
        ("draft", "published"),
        ("in_review", "published"),
        ("in_review", "in_review"),
        ("published", "in_review"),
        ("archived", "approved"),
    ],
)
async def test_there_are_no_short_cuts(world: World, status: str, to: str) -> None:
    org = await world.organization()
    journey = await org.journey(status=status)
    reply = await moved(org.admin, journey, to, 1)
    assert (reply.status_code, reply.json()["code"]) == (409, "transition_not_allowed")
    assert "can only become" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("status", "to", "executive"),
    [
        ("draft", "in_review", 403),
        ("in_review", "approved", 200),
        ("approved", "published", 200),
        ("published", "draft", 200),
        ("in_review", "archived", 200),
        ("archived", "in_review", 200),
    ],
)
async def test_the_owner_moves_it_and_executives_almost_as_far(
    world: World, status: str, to: str, executive: int
) -> None:
    org = await world.organization()
    before = {"status_before": "in_review"} if status == "archived" else {}
    journey = await org.journey(status=status, **before)
    grant = {"role": "editor", "group": "support_staff"}
    await org.admin.made(f"/v1/journeys/{journey}/grants", grant)
    await org.admin.made(f"/v1/journeys/{journey}/grants", grant | {"group": "executive"})
    editor = await org.member(Group.SUPPORT_STAFF)
    boss = await org.member(Group.EXECUTIVE)
    assert (await moved(editor, journey, to, 1)).status_code == 403
    reply = await moved(boss, journey, to, 1)
    assert reply.status_code == executive
    if executive == 200:
        assert reply.json()["status"] == to
    else:
        assert (await moved(org.admin, journey, to, 1)).status_code == 200


async def test_an_executive_may_move_a_journey_out_of_their_own_sight(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    boss = await org.member(Group.EXECUTIVE)
    reply = await moved(boss, journey, "draft", 1)
    assert (reply.status_code, reply.json()["status"]) == (200, "draft")
    assert (await boss.get(f"/v1/journeys/{journey}")).status_code == 404


async def test_moves_are_based_on_a_version(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}"
    for verb, body in (("transition", {"to": "approved"}), ("lock", None)):
        assert (await org.admin.post(f"{path}/{verb}", body)).status_code == 428
        stale = await org.admin.post(f"{path}/{verb}", body, If_Match='"5"')
        assert (stale.status_code, stale.headers["etag"]) == (412, '"1"')
        foreign = await other.admin.post(f"{path}/{verb}", body, If_Match='"1"')
        assert foreign.status_code == 404
    wrong = await org.admin.post(f"{path}/transition", {"to": "gone"}, If_Match='"1"')
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/to")


async def test_a_locked_journey_is_closed_until_it_is_unlocked(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}"
    boss = await org.member(Group.EXECUTIVE)
    locked = await boss.post(f"{path}/lock", If_Match='"1"')
    assert (locked.status_code, locked.json()["locked_by"]) == (200, str(boss.member_id))
    assert "unlock_journey" in locked.json()["may"]
    for refused in (
        await org.admin.post(f"{path}/stages", {"name": "A"}),
        await org.admin.patch(path, {"title": "B"}, If_Match='"2"'),
        await boss.post(
            "/v1/annotations", {"subject_id": str(journey), "kind": "idea", "body": "Wait."}
        ),
    ):
        assert refused.status_code == 403
        assert "locked or archived" in refused.json()["detail"]
    twice = await org.admin.post(f"{path}/lock", If_Match='"2"')
    assert (twice.status_code, twice.json()["code"]) == (409, "already_locked")
    opened = await org.admin.post(f"{path}/unlock", If_Match='"2"')
    assert (opened.status_code, opened.json()["locked_at"]) == (200, None)
    again = await org.admin.post(f"{path}/unlock", If_Match='"3"')
    assert (again.status_code, again.json()["code"]) == (409, "not_locked")
    assert (await org.admin.post(f"{path}/stages", {"name": "A"})).status_code == 201
    assert [v for v in await verbs(org, journey) if "lock" in v] == [
        "journey.locked",
        "journey.unlocked",
    ]


async def test_locks_are_for_the_owner_and_executives(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    for group in (Group.FRONTLINE_STAFF, Group.SUPPORT_STAFF, Group.DECISION_MAKER):
        member = await org.member(group)
        for verb in ("lock", "unlock"):
            reply = await member.post(f"/v1/journeys/{journey}/{verb}", If_Match='"1"')
            assert reply.status_code == 403


async def test_an_archived_journey_is_closed(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(status="archived", status_before="published")
    reply = await org.admin.post(f"/v1/journeys/{journey}/stages", {"name": "A"})
    assert reply.status_code == 403
    may = (await org.admin.read(f"/v1/journeys/{journey}"))["may"]
    assert "unarchive_journey" in may
    assert "edit_journey" not in may
