"""The tree of a journey: up to the roots, down to the leaves, without what one may not see."""

from domain.roles import Group
from tests.api.maps.family import Thing, family
from tests.world import World


def levels(told: Thing) -> list[tuple[str, int]]:
    return [(one["title"], one["depth"]) for one in told["journeys"]]


async def test_up_to_the_roots_and_down_to_the_leaves(world: World) -> None:
    tree = await family(world, "abcdxy")
    await tree.opened(("a", "b"), ("x", "b"), ("b", "c"), ("c", "d"))
    assert (await tree.opens("a", "y", at=1)).status_code == 200
    told = await tree.tree("b")
    assert levels(told) == [("a", -1), ("x", -1), ("b", 0), ("c", 1), ("d", 2)]
    assert told["complete"]
    by_title = {one["title"]: one for one in told["journeys"]}
    assert sorted(one["touchpoint_name"] for one in by_title["b"]["hangs_on"]) == ["a 0", "x 0"]
    assert by_title["c"]["hangs_on"] == [
        {
            "journey_id": tree.journeys["b"],
            "touchpoint_id": tree.touchpoints["b"][0],
            "touchpoint_name": "b 0",
        }
    ]
    assert by_title["a"]["hangs_on"] == []
    assert levels(await tree.tree("a")) == [("a", 0), ("b", 1), ("y", 1), ("c", 2), ("d", 3)]
    assert levels(await tree.tree("d")) == [("a", -3), ("x", -3), ("b", -2), ("c", -1), ("d", 0)]


async def test_each_journey_stands_once_at_its_nearest(world: World) -> None:
    tree = await family(world, "abc")
    await tree.opened(("a", "b"), ("b", "c"))
    assert (await tree.opens("a", "c", at=1)).status_code == 200
    told = await tree.tree("a")
    assert levels(told) == [("a", 0), ("b", 1), ("c", 1)]
    assert [one["touchpoint_name"] for one in told["journeys"][2]["hangs_on"]] == ["a 1", "b 0"]


async def test_what_one_may_not_see_is_left_out_with_what_it_leads_to(world: World) -> None:
    tree = await family(world, "abcd")
    await tree.opened(("a", "b"), ("b", "c"), ("c", "d"))
    path = f"/v1/journeys/{tree.journeys['b']}"
    assert (await tree.org.admin.patch(path, {"restricted": True}, If_Match='"1"')).is_success
    reader = await tree.org.member(Group.FRONTLINE_STAFF)
    assert levels(await tree.tree("a")) == [("a", 0), ("b", 1), ("c", 2), ("d", 3)]
    assert levels(await tree.tree("a", reader)) == [("a", 0)]
    below = await tree.tree("d", reader)
    assert levels(below) == [("c", -1), ("d", 0)]
    assert below["journeys"][0]["hangs_on"] == []
    assert (await reader.get(f"{path}/tree")).status_code == 404
    place = await reader.read(f"/v1/touchpoints/{tree.touchpoints['a'][0]}")
    assert place["child_journey_id"] == tree.journeys["b"], "that something is there is no secret"


async def test_what_is_off_the_map_leads_nowhere(world: World) -> None:
    tree = await family(world, "ab")
    await tree.opened(("a", "b"))
    path = f"/v1/touchpoints/{tree.touchpoints['a'][0]}"
    assert (await tree.org.admin.delete(path, If_Match='"2"')).status_code == 204
    assert levels(await tree.tree("a")) == [("a", 0)]
    assert levels(await tree.tree("b")) == [("b", 0)]


async def test_a_node_tells_counts_and_the_worst_moment(world: World) -> None:
    tree = await family(world, "ab")
    await tree.opened(("a", "b"))
    worst, admin = tree.touchpoints["b"][1], tree.org.admin
    moment = await admin.made(f"/v1/touchpoints/{worst}/moments", {})
    rated = await admin.put(f"/v1/touchpoints/{worst}/ratings/me", {"emotional": 5})
    assert rated.is_success
    await admin.made("/v1/annotations", {"subject_id": worst, "kind": "issue", "body": "Slow."})
    told = (await tree.tree("a"))["journeys"][1]
    counts = ("stage_count", "touchpoint_count", "moment_count", "open_thread_count")
    assert [told[name] for name in counts] == [1, 2, 1, 1]
    assert (told["worst_moment"]["id"], told["worst_moment"]["score"]) == (moment["id"], 5.0)
