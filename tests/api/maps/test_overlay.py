"""The overlay: what a map holds for its reader alone."""

from domain.roles import Group
from tests.api.maps.drawing import drawing
from tests.world import Caller, World


async def rate(caller: Caller, touchpoint: dict[str, object], **axes: object) -> None:
    reply = await caller.put(f"/v1/touchpoints/{touchpoint['id']}/ratings/me", axes)
    assert reply.status_code < 300, reply.text


async def test_it_tells_my_rating_and_nobody_elses(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/overlay"
    ann, ben = [await drawn.org.member(Group.FRONTLINE_STAFF) for _ in range(2)]
    await rate(ann, drawn.touchpoints[0], emotional=5, importance=2)
    mine = (await ann.read(path))["touchpoints"]
    assert [one["touchpoint_id"] for one in mine] == [one["id"] for one in drawn.touchpoints]
    rating = mine[0]["my_rating"]
    assert (rating["emotional"], rating["business"], rating["importance"]) == (5, None, 2)
    assert rating["member_id"] == str(ann.member_id)
    assert mine[1]["my_rating"] is None
    assert (await ben.read(path))["touchpoints"][0]["my_rating"] is None


async def test_it_counts_open_threads_that_not_everybody_sees(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/overlay"
    call = drawn.touchpoints[0]["id"]
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    for visibility in ("everyone", "my_group", "leadership", "private"):
        body = {"subject_id": call, "kind": "issue", "body": "x", "visibility": visibility}
        said = await ann.made("/v1/annotations", body)
    readers = {
        "author": ann,
        "same group": await drawn.org.member(Group.FRONTLINE_STAFF),
        "other group": await drawn.org.member(Group.SUPPORT_STAFF),
        "leader": await drawn.org.member(Group.EXECUTIVE),
    }
    seen = {
        name: (await reader.read(path))["touchpoints"][0]["restricted_open_threads"]
        for name, reader in readers.items()
    }
    assert seen == {"author": 3, "same group": 1, "other group": 0, "leader": 1}
    withdrawn = await ann.post(f"/v1/annotations/{said['id']}/withdraw", If_Match='"1"')
    assert withdrawn.status_code == 200, withdrawn.text
    assert (await ann.read(path))["touchpoints"][0]["restricted_open_threads"] == 2


async def test_it_says_what_i_may_do(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/overlay"
    await drawn.owner.made(f"/v1/touchpoints/{drawn.touchpoints[1]['id']}/moments", {})
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    told = await ann.read(path)
    assert [one["may"] for one in told["touchpoints"]] == [
        ["annotate", "rate", "nominate_moment"], ["annotate", "rate"],
    ]  # fmt: skip
    assert "edit_journey" not in told["may"]
    told = await drawn.owner.read(path)
    assert [one["may"] for one in told["touchpoints"]] == [
        ["edit_journey", "annotate", "rate", "nominate_moment"],
        [
            *("edit_journey", "annotate", "rate", "confirm_moment", "state_stakes"),
            *("retire_moment", "assign_responsibility"),
        ],
    ]
    assert "edit_journey" in told["may"]


async def test_its_tag_is_its_own(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/overlay"
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    first = await ann.get(path)
    assert (await drawn.owner.get(path)).headers["etag"] != first.headers["etag"]
    known = await ann.get(path, If_None_Match=first.headers["etag"])
    assert (known.status_code, known.content) == (304, b"")
    await rate(ann, drawn.touchpoints[0], emotional=1)
    after = await ann.get(path, If_None_Match=first.headers["etag"])
    assert after.status_code == 200


async def test_what_is_not_on_the_map_is_not_on_the_overlay(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/journeys/{drawn.journey}/overlay"
    await drawn.owner.delete(f"/v1/stages/{drawn.stages[0]['id']}", If_Match='"1"')
    assert (await drawn.owner.read(path))["touchpoints"] == []


async def test_it_is_for_those_who_may_read_the_journey(world: World) -> None:
    drawn = await drawing(world, status="draft")
    path = f"/v1/journeys/{drawn.journey}/overlay"
    assert (await drawn.owner.get(path)).status_code == 200
    colleague = await drawn.org.member(Group.EXECUTIVE)
    stranger = (await world.organization()).admin
    for nobody in (colleague, stranger):
        assert (await nobody.get(path)).status_code == 404
