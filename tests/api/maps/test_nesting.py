"""A touchpoint opens into a journey: never in a circle, never too deep, whoever else does so."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import httpx

from domain.roles import Group
from tests.api.maps.drawing import assert_asks_version, assert_only_editors, drawing
from tests.api.maps.events import verbs
from tests.api.maps.family import family
from tests.world import World


async def test_a_touchpoint_opens_into_a_journey_and_closes(world: World) -> None:
    drawn = await drawing(world)
    child = str(await drawn.org.journey())
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}"
    body = {"journey_id": child}
    await assert_only_editors(drawn, "PUT", f"{path}/child-journey", body, If_Match='"1"')
    await assert_asks_version(drawn, "PUT", f"{path}/child-journey", body)
    opened = await drawn.owner.put(f"{path}/child-journey", body, If_Match='"1"')
    assert (opened.status_code, opened.json()["child_journey_id"]) == (200, child)
    assert opened.headers["etag"] == '"2"'
    shown = (await drawn.map())["touchpoints"]
    assert [one["child_journey_id"] for one in shown] == [child, None]
    again = await drawn.owner.put(f"{path}/child-journey", body, If_Match='"2"')
    assert (again.status_code, again.json()["version"]) == (200, 2)
    await assert_only_editors(drawn, "DELETE", f"{path}/child-journey", If_Match='"2"')
    closed = await drawn.owner.delete(f"{path}/child-journey", If_Match='"2"')
    assert closed.status_code == 204
    assert (await drawn.owner.read(path))["child_journey_id"] is None
    gone = await drawn.owner.delete(f"{path}/child-journey", If_Match='"3"')
    assert gone.status_code == 404
    assert (await verbs(drawn.org, drawn.journey))[-2:] == ["touchpoint.updated"] * 2


async def test_only_into_what_one_can_see(world: World) -> None:
    tree = await family(world, "ab")
    other = await world.organization()
    boss = await tree.org.member(Group.EXECUTIVE)
    hidden = await tree.journey("h", boss, status="draft")
    for child in (hidden, str(uuid4()), str(await other.journey())):
        reply = await tree.opens("a", child)
        assert (reply.status_code, reply.json()["code"]) == (422, "unknown_journey")
        assert reply.json()["errors"][0]["pointer"] == "#/journey_id"


async def test_no_circle_however_long(world: World) -> None:
    tree = await family(world, "abc")
    itself = await tree.opens("a", "a")
    assert (itself.status_code, itself.json()["code"]) == (409, "journeys_in_a_circle")
    await tree.opened(("a", "b"), ("b", "c"))
    for child in ("a", "b"):
        reply = await tree.opens("c", child)
        assert (reply.status_code, reply.json()["code"]) == (409, "journeys_in_a_circle")
    beside = await tree.opens("a", "c", at=1)
    assert beside.status_code == 200, "two ways down are no circle"


async def test_what_was_removed_leads_there_still(world: World) -> None:
    tree = await family(world, "ab")
    await tree.opened(("a", "b"))
    path = f"/v1/touchpoints/{tree.touchpoints['a'][0]}"
    assert (await tree.org.admin.delete(path, If_Match='"2"')).status_code == 204
    reply = await tree.opens("b", "a")
    assert (reply.status_code, reply.json()["code"]) == (409, "journeys_in_a_circle")


async def test_five_levels_and_no_more(world: World) -> None:
    tree = await family(world, "abcdef")
    await tree.opened(("b", "c"), ("d", "e"), ("c", "d"), ("a", "b"))
    for parent, child in (("e", "f"), ("f", "a")):
        reply = await tree.opens(parent, child)
        assert (reply.status_code, reply.json()["code"]) == (409, "journeys_too_deep")
        assert "would make 6" in reply.json()["detail"]
    assert (await tree.opens("a", "f", at=1)).status_code == 200
    assert (await tree.opens("f", "c")).status_code == 200


async def test_two_who_close_a_circle_at_once(world: World, elsewhere: httpx.AsyncClient) -> None:
    tree = await family(world, "ab")
    here = tree.org.admin.patient()
    there = replace(here, http=elsewhere)
    for turn in range(6):
        replies = await asyncio.gather(
            tree.opens("a", "b", by=here), tree.opens("b", "a", by=there)
        )
        told = sorted(reply.status_code for reply in replies)
        assert told == [200, 409], (turn, [reply.text for reply in replies])
        done = "a" if replies[0].status_code == 200 else "b"
        path = f"/v1/touchpoints/{tree.touchpoints[done][0]}"
        version = (await here.read(path))["version"]
        closed = await here.delete(f"{path}/child-journey", If_Match=f'"{version}"')
        assert closed.status_code == 204
