"""Order survives many moving at once: all moves hold, or say that they came too late."""

import asyncio
from itertools import product

import httpx

from domain.roles import Group
from tests.api.maps.drawing import Drawing, Thing, drawing
from tests.world import Caller, World


async def crew(drawn: Drawing, size: int = 8) -> list[Caller]:
    """The owner, and members who were granted to edit."""
    people = [drawn.owner]
    for _ in range(size - 1):
        person = await drawn.org.member(Group.DECISION_MAKER)
        grant = {"role": "editor", "member_id": str(person.member_id)}
        await drawn.owner.made(f"/v1/journeys/{drawn.journey}/grants", grant)
        people.append(person)
    return people


async def move(person: Caller, kind: str, thing: Thing, **place: object) -> httpx.Response:
    path = f"/v1/{kind}/{thing['id']}/move"
    return await person.patient().post(path, place, If_Match=f'"{thing["version"]}"')


async def test_eight_members_move_stages_at_once(world: World) -> None:
    drawn = await drawing(world)
    people = await crew(drawn)
    stages = [await drawn.stage(f"Stage {number}") for number in range(8)]
    replies = await asyncio.gather(
        *(
            move(person, "stages", stage, after=drawn.stages[0]["id"])
            for person, stage in zip(people, stages, strict=True)
        )
    )
    assert [reply.status_code for reply in replies] == [200] * 8
    order = [stage["id"] for stage in (await drawn.map())["stages"]]
    by_revision = sorted(replies, key=lambda reply: -int(reply.headers["journey-revision"]))
    expected = [drawn.stages[0]["id"], *(reply.json()["id"] for reply in by_revision)]
    assert order == [*expected, drawn.stages[1]["id"]]


async def test_eight_members_move_one_stage_at_once(world: World) -> None:
    drawn = await drawing(world)
    people = await crew(drawn)
    others = [await drawn.stage(f"Stage {number}") for number in range(8)]
    stage = drawn.stages[0]
    replies = await asyncio.gather(
        *(
            move(person, "stages", stage, after=other["id"])
            for person, other in zip(people, others, strict=True)
        )
    )
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * 7
    [done] = [place for place, reply in enumerate(replies) if reply.status_code == 200]
    order = [stage["id"] for stage in (await drawn.map())["stages"]]
    assert order.index(stage["id"]) == order.index(others[done]["id"]) + 1


async def test_eight_members_move_touchpoints_between_stages_at_once(world: World) -> None:
    drawn = await drawing(world)
    people = await crew(drawn)
    for number in range(6):
        drawn.touchpoints.append(await drawn.touchpoint(f"Contact {number}"))
    targets = [stage["id"] for stage in drawn.stages]
    replies = await asyncio.gather(
        *(
            move(person, "touchpoints", touchpoint, after=None, stage_id=target)
            for (person, touchpoint), target in product(
                zip(people, drawn.touchpoints, strict=True), targets
            )
        )
    )
    statuses = {reply.status_code for reply in replies}
    assert statuses <= {200, 412}
    told = (await drawn.map())["touchpoints"]
    assert sorted(one["id"] for one in told) == sorted(one["id"] for one in drawn.touchpoints)
    last = {
        reply.json()["id"]: reply.json()
        for reply in sorted(replies, key=lambda r: int(r.headers.get("journey-revision", 0)))
        if reply.status_code == 200
    }
    for one in told:
        assert (one["stage_id"], one["position"]) == (
            last[one["id"]]["stage_id"], last[one["id"]]["position"],
        )  # fmt: skip
    for stage in targets:
        positions = [one["position"] for one in told if one["stage_id"] == stage]
        assert positions == sorted(set(positions), key=str.encode)


async def test_a_place_is_named_by_a_neighbor_of_the_same_order(world: World) -> None:
    drawn = await drawing(world)
    stage = drawn.stages[0]
    lane = await drawn.lane()
    for after, code in ((stage["id"], "moved_after_itself"), (lane["id"], "no_such_sibling")):
        refused = await move(drawn.owner, "stages", stage, after=after)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
        assert refused.json()["errors"][0]["pointer"] == "#/after"
    still = await move(drawn.owner, "stages", drawn.stages[1], after=stage["id"])
    assert (still.status_code, still.json()["version"]) == (200, 1)
