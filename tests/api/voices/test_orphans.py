"""Annotations that survive: moved with their subject, orphaned without it, back when it is back."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.maps.drawing import Drawing, Thing, drawing
from tests.api.maps.events import verbs
from tests.world import World

PLACES = ("stages", "lanes", "touchpoints", "emotions")


class Ground:
    """A drawn map with a thread on each kind of thing that can be removed or go with another."""

    def __init__(self, drawn: Drawing) -> None:
        self.drawn, self.owner = drawn, drawn.owner
        self.things: dict[str, Thing] = {}
        self.said: dict[str, Thing] = {}

    async def say(self, name: str, subject_id: str, **fields: Any) -> None:
        body = {"subject_id": subject_id, "kind": "issue", "body": name} | fields
        self.said[name] = await self.owner.made("/v1/annotations", body)

    async def orphans(self, orphaned: str = "true") -> set[str]:
        """Whose subject is gone: as the list finds them, and each tells of itself."""
        path = f"/v1/annotations?orphaned={orphaned}&limit=100"
        everywhere = (await self.owner.read(path))["items"]
        here = (await self.owner.read(f"{path}&journey={self.drawn.journey}"))["items"]
        assert here == everywhere
        assert {one["orphaned"] for one in here} <= {orphaned == "true"}
        return {one["body"] for one in here}

    async def anchor(self, name: str) -> Thing:
        read = await self.owner.read(f"/v1/annotations/{self.said[name]['id']}")
        found: Thing = read["anchor"]
        return found

    async def remove(self, kind: str, thing: Thing) -> None:
        version = (await self.owner.read(f"/v1/{kind}/{thing['id']}"))["version"]
        gone = await self.owner.delete(f"/v1/{kind}/{thing['id']}", If_Match=f'"{version}"')
        assert gone.status_code == 204, gone.text

    async def restore(self, thing: Thing) -> None:
        back = await self.owner.post(f"/v1/subjects/{thing['id']}/restore")
        assert back.status_code == 200, back.text

    async def change(self, kind: str, thing: Thing, **fields: Any) -> None:
        path = f"/v1/{kind}/{thing['id']}"
        version = (await self.owner.read(path))["version"]
        changed = await self.owner.patch(path, fields, If_Match=f'"{version}"')
        assert changed.status_code == 200, changed.text


async def ground(world: World) -> Ground:
    drawn = await drawing(world)
    found = Ground(drawn)
    stage, call = drawn.stages[0], drawn.touchpoints[0]
    lane, emotion = await drawn.lane(), await drawn.emotion()
    cells = []
    for place in ({"touchpoint_id": call["id"]}, {"stage_id": stage["id"]}):
        path = f"/v1/lanes/{lane['id']}/cells"
        reply = await drawn.owner.put(path, place | {"body": "Listen."}, If_Match='"0"')
        cells.append(reply.json())
    moment = await drawn.owner.made(f"/v1/touchpoints/{call['id']}/moments", {})
    found.things = {
        "stage": stage, "touchpoint": call, "lane": lane, "emotion": emotion, "moment": moment,
        "cell": cells[0], "stage cell": cells[1], "journey": {"id": str(drawn.journey)},
    }  # fmt: skip
    for name, thing in found.things.items():
        await found.say(name, thing["id"])
    return found


@pytest.mark.parametrize(
    ("kind", "name", "orphans"),
    [
        ("stages", "stage",
         {"stage", "stage cell", "touchpoint", "emotion", "moment", "cell"}),
        ("touchpoints", "touchpoint", {"touchpoint", "emotion", "moment", "cell"}),
        ("lanes", "lane", {"lane", "cell", "stage cell"}),
        ("emotions", "emotion", {"emotion"}),
    ],
)  # fmt: skip
async def test_removing_makes_orphans_and_restoring_undoes_it(
    world: World, kind: str, name: str, orphans: set[str]
) -> None:
    found = await ground(world)
    assert await found.orphans() == set()
    await found.remove(kind, found.things[name])
    assert await found.orphans() == orphans
    assert await found.orphans("false") == set(found.things) - orphans
    told = (await found.owner.read(f"/v1/annotations?journey={found.drawn.journey}"))["items"]
    assert {one["body"] for one in told} == set(found.things)
    assert (await verbs(found.drawn.org, found.drawn.journey))[-1] == f"{kind[:-1]}.removed"
    await found.restore(found.things[name])
    assert await found.orphans() == set()
    assert {said["version"] for said in told} == {1}


async def test_an_anchor_says_what_it_is_and_the_way_there(world: World) -> None:
    found = await ground(world)
    told = {name: await found.anchor(name) for name in found.things}
    way, question = ["I try it", "Before", "Call"], "How can we improve?"
    assert told == {
        "journey": {"kind": "journey", "name": "I try it", "path": way[:1]},
        "stage": {"kind": "stage", "name": "Before", "path": way[:2]},
        "touchpoint": {"kind": "touchpoint", "name": "Call", "path": way},
        "moment": {"kind": "moment", "name": "Call", "path": way},
        "emotion": {"kind": "emotion", "name": "lost", "path": [*way, "lost"]},
        "lane": {"kind": "lane", "name": question, "path": [way[0], question]},
        "cell": {"kind": "cell", "name": "Listen.", "path": [*way, question]},
        "stage cell": {
            "kind": "cell", "name": "Listen.", "path": [*way[:2], question],
        },
    }  # fmt: skip
    assert [found.said[name]["anchor"] for name in told] == list(told.values())
    assert not any(said["orphaned"] for said in found.said.values())


async def test_what_lives_is_told_as_it_is_now(world: World) -> None:
    found = await ground(world)
    await found.change("stages", found.things["stage"], name="Earlier")
    moved = {"after": None, "stage_id": found.drawn.stages[1]["id"]}
    path = f"/v1/touchpoints/{found.things['touchpoint']['id']}/move"
    assert (await found.owner.post(path, moved, If_Match='"1"')).status_code == 200
    assert (await found.anchor("stage"))["path"] == ["I try it", "Earlier"]
    assert (await found.anchor("emotion"))["path"] == ["I try it", "After", "Call", "lost"]
    assert await found.orphans() == set()


async def test_an_orphan_is_told_as_it_was_when_it_went(world: World) -> None:
    found = await ground(world)
    call, emotion = found.things["touchpoint"], found.things["emotion"]
    await found.change("stages", found.things["stage"], name="Earlier")
    await found.remove("emotions", emotion)
    felt = await found.anchor("emotion")
    assert felt["path"] == ["I try it", "Earlier", "Call", "lost"]
    await found.change("touchpoints", call, name="Ring")
    moved = {"after": None, "stage_id": found.drawn.stages[1]["id"]}
    path = f"/v1/touchpoints/{call['id']}/move"
    assert (await found.owner.post(path, moved, If_Match='"2"')).status_code == 200
    await found.remove("touchpoints", call)
    rung = await found.anchor("cell")
    assert rung["path"] == ["I try it", "After", "Ring", "How can we improve?"]
    for kind, thing, fields in (
        ("stages", found.drawn.stages[0], {"name": "Even earlier"}),
        ("stages", found.drawn.stages[1], {"name": "Later"}),
        ("lanes", found.things["lane"], {"question": "Why?"}),
        ("journeys", found.things["journey"], {"title": "I tried it"}),
    ):
        await found.change(kind, thing, **fields)
    assert await found.anchor("emotion") == felt
    assert await found.anchor("cell") == rung
    assert (await found.anchor("stage cell"))["path"] == ["I tried it", "Even earlier", "Why?"]
    await found.restore(call)
    assert await found.anchor("emotion") == felt
    assert (await found.anchor("cell"))["path"] == ["I tried it", "Later", "Ring", "Why?"]


async def test_a_persona_goes_when_it_is_removed_or_taken_off_the_journey(world: World) -> None:
    found = await ground(world)
    persona = await found.owner.made("/v1/personas", {"name": "Ada"})
    journey = found.things["journey"]
    await found.change("journeys", journey, persona_ids=[persona["id"]])
    await found.say("persona", persona["id"], journey_id=journey["id"])
    expected = {"kind": "persona", "name": "Ada", "path": ["I try it", "Ada"]}
    assert found.said["persona"]["anchor"] == expected
    await found.remove("personas", persona)
    assert await found.orphans() == {"persona"}
    await found.restore(persona)
    assert await found.orphans() == set()
    await found.change("journeys", journey, persona_ids=[])
    assert await found.orphans() == {"persona"}
    assert await found.anchor("persona") == expected


async def test_an_orphan_is_answered_and_looked_after(world: World) -> None:
    found = await ground(world)
    await found.remove("touchpoints", found.things["touchpoint"])
    path = f"/v1/annotations/{found.said['touchpoint']['id']}"
    await found.owner.made(f"{path}/replies", {"body": "Still true."})
    assigned = {"member_id": str(found.owner.member_id)}
    assert (await found.owner.post(f"{path}/assign", assigned, If_Match='"1"')).status_code == 200
    how = {"resolution": "wont_do", "note": "It is gone."}
    resolved = await found.owner.post(f"{path}/resolve", how, If_Match='"2"')
    assert (resolved.json()["orphaned"], resolved.json()["reply_count"]) == (True, 1)
    assert [one["name"] for one in (await found.drawn.map())["touchpoints"]] == ["Visit"]


async def test_a_cell_without_its_lane_is_not_spoken_about(world: World) -> None:
    found = await ground(world)
    await found.remove("lanes", found.things["lane"])
    body = {"subject_id": found.things["cell"]["id"], "kind": "issue", "body": "x"}
    assert (await found.owner.post("/v1/annotations", body)).status_code == 404


async def test_orphans_are_found_only_by_those_who_see_them(world: World) -> None:
    found = await ground(world)
    ann = await found.drawn.org.member(Group.FRONTLINE_STAFF)
    call = found.things["touchpoint"]
    body = {"subject_id": call["id"], "kind": "issue", "body": "mine", "visibility": "private"}
    await ann.made("/v1/annotations", body)
    await found.remove("touchpoints", call)
    assert "mine" not in await found.orphans()
    mine = (await ann.read("/v1/annotations?orphaned=true"))["items"]
    assert mine[0]["body"] == "mine"
