"""A map that is due is stale, says so everywhere, and is not once somebody has looked again."""

from datetime import timedelta
from typing import Any

import pytest

from domain import clock
from domain.roles import Group
from tests.api.maps.drawing import Drawing, drawing
from tests.api.maps.events import verbs
from tests.api.voices.scene import code, etag
from tests.world import Caller, World


async def listed(caller: Caller, query: str) -> list[str]:
    rows = (await caller.read(f"/v1/journeys?limit=100&{query}"))["items"]
    return [row["id"] for row in rows]


async def work(caller: Caller) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await caller.read("/v1/me/work?kind=revisit"))["items"]
    return items


async def overdue(world: World) -> Drawing:
    """A journey that is to be looked at every 30 days, and was not for 40."""
    drawn = await drawing(world)
    long_ago = (clock.now() - timedelta(days=40)).isoformat()
    body = {"review_every_days": 30, "reviewed_at": long_ago}
    path = f"/v1/journeys/{drawn.journey}"
    assert (await drawn.owner.patch(path, body, **etag(1))).status_code == 200
    return drawn


async def test_a_stale_journey_says_so_until_it_is_looked_at(world: World) -> None:
    drawn = await overdue(world)
    path, fresh = f"/v1/journeys/{drawn.journey}", await drawn.org.journey()
    told = await drawn.owner.read(path)
    assert told["stale"] is True
    assert told["next_review_at"] < clock.now().isoformat()
    assert await listed(drawn.owner, "stale=true") == [str(drawn.journey)]
    assert await listed(drawn.owner, "stale=false") == [str(fresh)]
    (asked,) = await work(drawn.owner)
    assert (asked["subject_id"], asked["overdue"]) == (str(drawn.journey), True)
    assert asked["may"] == ["edit_journey"]
    executive = await drawn.org.member(Group.EXECUTIVE)
    assert await work(executive) == []
    block = (await executive.read("/v1/overview"))["stale"]
    assert [one["journey_id"] for one in block["journeys"]] == [str(drawn.journey)]
    assert (block["total"], block["journeys"][0]["next_review_at"]) == (1, told["next_review_at"])
    made = await drawn.owner.made(f"{path}/revisits", {"outcome": "updated", "note": "One quote."})
    assert (made["outcome"], made["member_id"]) == ("updated", str(drawn.owner.member_id))
    told = await drawn.owner.read(path)
    assert (told["stale"], told["reviewed_at"]) == (False, made["created_at"])
    assert await listed(drawn.owner, "stale=true") == []
    assert await work(drawn.owner) == []
    assert (await executive.read("/v1/overview"))["stale"] == {"total": 0, "journeys": []}
    assert (await drawn.owner.read(f"{path}/revisits"))["items"] == [made]
    assert (await verbs(drawn.org, drawn.journey))[-2:] == ["journey.revisited", "journey.updated"]


async def test_owner_and_editors_look_at_an_open_map(world: World) -> None:
    drawn = await drawing(world)
    path, body = f"/v1/journeys/{drawn.journey}/revisits", {"outcome": "retire"}
    other = await drawn.org.member(Group.EXECUTIVE)
    assert code(await other.post(path, body), 403) == "forbidden"
    grant = {"role": "editor", "member_id": str(other.member_id)}
    await drawn.owner.made(f"/v1/journeys/{drawn.journey}/grants", grant)
    await other.made(path, body)
    assert (await (await world.organization()).admin.get(path)).status_code == 404


@pytest.mark.parametrize("body", [{}, {"outcome": "fine"}, {"outcome": "retire", "note": None}])
async def test_what_is_no_revisit_is_refused(world: World, body: dict[str, Any]) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/revisits"
    assert (await drawn.owner.post(path, body)).status_code == 400
