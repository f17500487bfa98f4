"""Read state: what others wrote since one looked, for oneself alone and outside the ledger."""

from typing import Any

from domain.roles import Group
from tests.api.maps.drawing import Drawing, Thing, drawing
from tests.world import Caller, World


class Room:
    """A drawn map, and two who talk there."""

    def __init__(self, drawn: Drawing, ann: Caller, ben: Caller) -> None:
        self.drawn, self.ann, self.ben = drawn, ann, ben
        self.call, self.visit = (one["id"] for one in drawn.touchpoints)
        self.journey = f"/v1/journeys/{drawn.journey}"

    async def say(self, who: Caller, **fields: Any) -> Thing:
        body = {"subject_id": self.call, "kind": "issue", "body": "x"} | fields
        return await who.made("/v1/annotations", body)

    async def answer(self, who: Caller, said: Thing, **fields: Any) -> Thing:
        return await who.made(f"/v1/annotations/{said['id']}/replies", {"body": "y"} | fields)

    async def unread(self, who: Caller) -> list[str]:
        """What is unread, oldest first; each way of asking must say the same."""
        path = "/v1/annotations?limit=100"
        here = f"&journey={self.drawn.journey}"
        found = [one["id"] for one in (await who.read(f"{path}{here}&unread=true"))["items"]]
        everywhere = await who.read(f"{path}&unread=true")
        assert [one["id"] for one in everywhere["items"]] == found
        rest = (await who.read(f"{path}{here}&unread=false"))["items"]
        told = (await who.read(f"{path}{here}"))["items"]
        assert [one["id"] for one in told if one["unread"]] == found
        assert [one["id"] for one in told if not one["unread"]] == [one["id"] for one in rest]
        overlay = await who.read(f"{self.journey}/overlay")
        assert overlay["unread_threads"] == len(found)
        return found[::-1]

    async def counts(self, who: Caller) -> dict[str, tuple[int, int]]:
        """Unread threads and mentions by touchpoint, and of the journey."""
        overlay = await who.read(f"{self.journey}/overlay")
        names = {self.call: "call", self.visit: "visit"}
        told = {names[one["touchpoint_id"]]: one for one in overlay["touchpoints"]}
        both = {**told, "journey": overlay}
        return {k: (one["unread_threads"], one["unread_mentions"]) for k, one in both.items()}


async def room(world: World) -> Room:
    drawn = await drawing(world)
    ann = await drawn.org.member(Group.FRONTLINE_STAFF)
    ben = await drawn.org.member(Group.FRONTLINE_STAFF)
    return Room(drawn, ann, ben)


async def mark(who: Caller, said: Thing, method: str = "PUT") -> None:
    reply = await who.call(method, f"/v1/annotations/{said['id']}/read")
    assert (reply.status_code, reply.content) == (204, b"")


async def test_what_others_write_is_unread_until_one_looks(world: World) -> None:
    here = await room(world)
    said = await here.say(here.ann)
    assert said["unread"] is False
    assert await here.unread(here.ann) == []
    assert await here.unread(here.ben) == [said["id"]]
    await mark(here.ben, said)
    assert await here.unread(here.ben) == []
    other = await here.say(here.ann)
    await here.answer(here.ann, said)
    assert await here.unread(here.ben) == [said["id"], other["id"]]
    assert await here.unread(here.ann) == []


async def test_ones_own_words_read_a_thread(world: World) -> None:
    here = await room(world)
    said = await here.say(here.ann)
    await here.answer(here.ben, said)
    assert await here.unread(here.ann) == [said["id"]]
    assert await here.unread(here.ben) == []
    await here.answer(here.ann, said)
    assert await here.unread(here.ann) == []
    assert await here.unread(here.ben) == [said["id"]]


async def test_a_whole_journey_is_read_at_once(world: World) -> None:
    here = await room(world)
    said = [await here.say(here.ann) for _ in range(3)]
    await mark(here.ben, said[1])
    assert (await here.ben.put(f"{here.journey}/read")).status_code == 204
    assert await here.unread(here.ben) == []
    await here.answer(here.ann, said[0])
    assert await here.unread(here.ben) == [said[0]["id"]]


async def test_a_thread_is_kept_for_later(world: World) -> None:
    here = await room(world)
    said = [await here.say(here.ann) for _ in range(3)]
    await here.ben.put(f"{here.journey}/read")
    await mark(here.ben, said[1], "DELETE")
    assert await here.unread(here.ben) == [said[1]["id"]]
    await mark(here.ben, said[1], "DELETE")
    await mark(here.ben, said[0])
    assert await here.unread(here.ben) == [said[1]["id"]]
    assert await here.counts(here.ben) == {"call": (1, 0), "visit": (0, 0), "journey": (1, 0)}
    await mark(here.ben, said[1])
    assert await here.unread(here.ben) == []
    await mark(here.ann, said[2], "DELETE")
    assert await here.unread(here.ann) == [], "nobody else spoke"


async def test_reading_in_any_order_leaves_what_is_unread(world: World) -> None:
    here = await room(world)
    said = [await here.say(here.ann) for _ in range(5)]
    for place in (0, 3, 1, 4, 2):
        await mark(here.ben, said[place])
        said[place] = {}
        assert await here.unread(here.ben) == [one["id"] for one in said if one]


async def test_what_was_there_before_one_joined_is_read(world: World) -> None:
    here = await room(world)
    said = await here.say(here.ann)
    new = await here.drawn.org.member(Group.FRONTLINE_STAFF)
    assert await here.unread(new) == []
    await here.answer(here.ann, said)
    assert await here.unread(new) == [said["id"]]


async def test_withdrawn_and_hidden_words_are_nobodys_to_read(world: World) -> None:
    here = await room(world)
    owner = here.drawn.owner
    taken, hidden = await here.say(here.ann), await here.say(here.ann)
    assert await here.unread(owner) == [taken["id"], hidden["id"]]
    path = "/v1/annotations"
    assert (await here.ann.post(f"{path}/{taken['id']}/withdraw")).status_code == 200
    why = {"reason": "Rude."}
    reply = await owner.post(f"{path}/{hidden['id']}/hide", why, If_Match='"1"')
    assert reply.status_code == 200
    for who in (owner, here.ben):
        assert await here.unread(who) == []
        assert (await here.counts(who))["journey"] == (0, 0)


async def test_only_what_one_sees_is_unread(world: World) -> None:
    here = await room(world)
    leader = await here.drawn.org.member(Group.EXECUTIVE)
    for visibility in ("my_group", "leadership", "private"):
        await here.say(here.ann, visibility=visibility)
    assert len(await here.unread(here.ben)) == 1
    assert len(await here.unread(leader)) == 1
    assert len(await here.unread(await here.drawn.org.member(Group.SUPPORT_STAFF))) == 0
    assert len(await here.unread(here.drawn.owner)) == 1


async def test_mentions_are_counted_by_touchpoint(world: World) -> None:
    here = await room(world)
    drawn = here.drawn
    upper = await drawn.owner.made("/v1/departments", {"name": "Service"})
    lower = await drawn.owner.made("/v1/departments", {"name": "Desk", "parent_id": upper["id"]})
    cara = await drawn.org.member(Group.SUPPORT_STAFF, department_id=lower["id"])
    by_name = await here.say(here.ann, body=f"@[member:{cara.member_id}]")
    assert by_name["mentions"], by_name
    plain = await here.say(here.ann, subject_id=here.visit)
    await here.answer(here.ann, plain, body=f"@[department:{upper['id']}]")
    await here.say(here.ann, subject_id=here.visit, body="@[group:support_staff]")
    await here.say(here.ann, subject_id=drawn.stages[0]["id"])
    assert await here.counts(cara) == {"call": (1, 1), "visit": (2, 2), "journey": (4, 3)}
    assert await here.counts(here.ben) == {"call": (1, 0), "visit": (2, 0), "journey": (4, 0)}
    await here.answer(cara, plain)
    await here.answer(here.ann, plain)
    assert await here.counts(cara) == {"call": (1, 1), "visit": (2, 1), "journey": (4, 2)}


async def test_the_overlay_has_another_tag_when_something_was_read(world: World) -> None:
    here = await room(world)
    said = await here.say(here.ann)
    path = f"{here.journey}/overlay"
    tag = (await here.ben.get(path)).headers["etag"]
    assert (await here.ben.get(path, If_None_Match=tag)).status_code == 304
    await mark(here.ben, said)
    assert (await here.ben.get(path, If_None_Match=tag)).status_code == 200


async def test_orphans_are_unread_in_the_journey_alone(world: World) -> None:
    here = await room(world)
    said = await here.say(here.ann)
    gone = await here.drawn.owner.delete(f"/v1/touchpoints/{here.call}", If_Match='"1"')
    assert gone.status_code == 204
    assert await here.unread(here.ben) == [said["id"]]


async def test_one_marks_only_what_one_sees(world: World) -> None:
    here = await room(world)
    said = await here.say(here.ann, visibility="private")
    stranger = (await world.organization()).admin
    for method in ("PUT", "DELETE"):
        for who in (here.ben, stranger):
            reply = await who.call(method, f"/v1/annotations/{said['id']}/read")
            assert reply.status_code == 404
    assert (await stranger.put(f"{here.journey}/read")).status_code == 404
