"""The list of sign-offs: what it is narrowed to, and who sees it."""

from uuid import uuid4

import pytest

from domain.roles import Group
from tests.api.accountability.moments import Scene, approve, asking, decisive
from tests.world import Caller, World

F, S, D, X = Group
FRONTLINE = {"group": "frontline_staff"}


@pytest.fixture
async def scene(world: World) -> Scene:
    """Two moments, each for one of the frontline staff to approve."""
    scene = await decisive(world)
    for subject in scene.moments:
        await asking(scene, subject, FRONTLINE)
    return scene


async def ids(by: Caller, query: str = "") -> list[str]:
    return [item["id"] for item in (await by.read(f"/v1/sign-offs{query}"))["items"]]


async def test_the_list_is_narrowed(scene: Scene) -> None:
    ann, bob = await scene.drawn.org.member(F), await scene.drawn.org.member(F)
    here, there = scene.moments
    mine = (await approve(ann, here))["id"]
    his = (await approve(bob, here))["id"]
    third = (await approve(ann, there))["id"]
    for query, expected in (
        ("", [third, his, mine]),
        (f"?journey={scene.drawn.journey}", [third, his, mine]),
        (f"?member={ann.member_id}", [third, mine]),
        (f"?subject={here}", [his, mine]),
        (f"?journey={uuid4()}", []),
    ):
        assert await ids(ann, query) == expected
    for query in ("", "stale=false&"):
        page = await ann.read(f"/v1/sign-offs?{query}limit=2")
        rest = await ann.read(f"/v1/sign-offs?{query}limit=2&cursor={page['next_cursor']}")
        found = [item["id"] for item in page["items"] + rest["items"]]
        assert (found, rest["next_cursor"]) == ([third, his, mine], None)
    wrong = await ann.get(f"/v1/sign-offs?cursor={page['next_cursor']}")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_cursor")
    assert (await ann.get("/v1/sign-offs?stale=perhaps")).status_code == 400


async def test_the_list_is_for_those_who_see_the_journey(scene: Scene) -> None:
    org, (here, there) = scene.drawn.org, scene.moments
    ann = await org.member(F)
    mine = (await approve(ann, here))["id"]
    other = (await approve(ann, there))["id"]
    await scene.patch(f"/journeys/{scene.drawn.journey}", {"restricted": True})
    stranger = (await org.world.organization()).admin
    for outsider in (await org.member(X), stranger):
        assert await ids(outsider) == []
        assert (await outsider.get(f"/v1/sign-offs/{mine}")).status_code == 404
        assert (await outsider.get(f"/v1/sign-off-rules/{here}")).status_code == 404
    # Whoever is asked goes on seeing it.
    assert await ids(ann) == [other, mine]
    await scene.send("DELETE", f"/touchpoints/{scene.here}", None, 1)
    assert await ids(ann) == [other]
    assert (await ann.get(f"/v1/sign-offs/{mine}")).status_code == 404
