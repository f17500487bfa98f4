"""A journey beside its future: nothing differs but what was changed, and that becomes work."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.roles import Group
from tests.api.maps.drawing import Drawing, Thing
from tests.api.maps.events import verbs
from tests.api.maps.test_copies import filled
from tests.api.maps.test_journeys import begun
from tests.world import World

KINDS = ("added", "removed", "changed", "moved")


class Pair:
    """A journey, its future, and ways to change the future."""

    def __init__(self, drawn: Drawing, future: Thing, told: Thing) -> None:
        self.drawn, self.owner, self.future = drawn, drawn.owner, future["id"]
        self.path = f"/v1/journeys/{drawn.journey}/comparison"
        self.map = told

    async def change(self, method: str, path: str, body: Any = None, version: int = 1) -> Thing:
        reply = await self.owner.call(method, f"/v1{path}", body, If_Match=f'"{version}"')
        assert reply.status_code < 300, reply.text
        return reply.json() if reply.content else {}

    async def compared(self, query: str = "") -> Thing:
        return await self.owner.read(f"{self.path}{query}")

    async def drafted(self, body: Thing, query: str = "") -> list[Thing]:
        reply = await self.owner.post(f"{self.path}/opportunities{query}", body)
        assert reply.status_code == 200, reply.text
        found: list[Thing] = reply.json()["items"]
        return found

    def id(self, kind: str, place: int = 0) -> str:
        found: str = self.map[kind][place]["id"]
        return found


@pytest.fixture
async def pair(world: World) -> Pair:
    drawn = await filled(world)
    await drawn.owner.made(f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/moments", {})
    path = f"/v1/journeys/{drawn.journey}/futures"
    future = await drawn.owner.made(path, {"title": "As it should be"})
    return Pair(drawn, future, await drawn.owner.read(f"/v1/journeys/{future['id']}/map"))


async def test_an_untouched_future_does_not_differ(pair: Pair) -> None:
    told = await pair.compared()
    assert [told[kind] for kind in KINDS] == [[], [], [], []]
    assert (told["was"]["id"], told["now"]["id"]) == (str(pair.drawn.journey), pair.future)
    assert await pair.owner.read(f"/v1/journeys/{pair.future}/comparison") == told
    assert await pair.drafted({}) == []


async def everything(pair: Pair) -> set[tuple[str, str, str]]:
    """One change of every kind in the future, and what they are called."""
    call, visit = pair.id("touchpoints"), pair.id("touchpoints", 1)
    cell, lane, emotion = pair.map["cells"][0], pair.id("lanes"), pair.map["touchpoints"][0]
    channel = (await pair.owner.read("/v1/channels"))["items"][0]["id"]
    words = {"reality": "At once.", "channel_ids": [channel], "optional": True}
    await pair.change("PATCH", f"/touchpoints/{call}", words)
    await pair.change("PATCH", f"/emotions/{emotion['emotions'][0]['id']}", {"valence": 2})
    answer = {"touchpoint_id": call, "body": "Hear."}
    await pair.change("PUT", f"/lanes/{lane}/cells", answer, cell["version"])
    more = {"stage_id": pair.id("stages"), "body": "Ask."}
    await pair.change("PUT", f"/lanes/{lane}/cells", more, 0)
    there = {"stage_id": pair.id("stages", 1), "after": None}
    await pair.change("POST", f"/touchpoints/{visit}/move", there)
    await pair.change("POST", f"/journeys/{pair.future}/stages", {"name": "Later"})
    await pair.change("POST", f"/stages/{pair.id('stages')}/touchpoints", {"name": "Chat"})
    await pair.change("PATCH", f"/journeys/{pair.future}", {"objective": "Calm."})
    return {
        ("changed", "touchpoint", "Call"),
        ("changed", "emotion", "lost"),
        ("changed", "cell", "Hear."),
        ("added", "cell", "Ask."),
        ("moved", "touchpoint", "Visit"),
        ("added", "stage", "Later"),
        ("added", "touchpoint", "Chat"),
        ("changed", "journey", "As it should be"),
    }


async def test_it_tells_every_change_and_no_other(pair: Pair) -> None:
    expected = await everything(pair)
    told = await pair.compared()
    found = {(kind, one["subject_kind"], one["name"]) for kind in KINDS for one in told[kind]}
    assert found == expected
    of = {(one["subject_kind"], one["name"]): one for one in told["changed"]}
    call, changes = of["touchpoint", "Call"], {}
    for one in call["fields"]:
        changes[one["field"]] = (one["was"], one["now"])
    assert changes.keys() == {"reality", "channel_ids", "optional"}
    assert (changes["reality"], changes["optional"]) == (("", "At once."), (False, True))
    here = pair.drawn.touchpoints[0]["id"]
    assert (call["was_id"], call["now_id"]) == (here, pair.id("touchpoints"))
    assert of["emotion", "lost"]["touchpoint_id"] == of["cell", "Hear."]["touchpoint_id"] == here
    (moved,) = told["moved"]
    stages = [stage["id"] for stage in pair.drawn.stages]
    assert (moved["was_in"], moved["now_in"]) == (stages[0], pair.id("stages", 1))
    assert (moved["was_after"], moved["now_after"]) == (here, None)
    assert await pair.compared() == told


async def test_what_was_taken_away_and_what_was_put_back(pair: Pair) -> None:
    visit = pair.id("touchpoints", 1)
    await pair.change("DELETE", f"/touchpoints/{visit}")
    (gone,) = (await pair.compared())["removed"]
    was = pair.drawn.touchpoints[1]["id"]
    assert (gone["was_id"], gone["now_id"], gone["touchpoint_id"]) == (was, None, was)
    assert (await pair.owner.post(f"/v1/subjects/{visit}/restore")).status_code == 200
    told = await pair.compared()
    assert [told[kind] for kind in KINDS] == [[], [], [], []]


async def test_differences_become_drafts_once(pair: Pair) -> None:
    expected = await everything(pair)
    told = await pair.compared()
    (moved,) = told["moved"]
    reader = await pair.drawn.org.member(Group.FRONTLINE_STAFF)
    hidden = await reader.post(f"{pair.path}/opportunities?with={pair.future}", {})
    assert (hidden.status_code, hidden.json()["code"]) == (422, "unknown_journey")
    (first,) = await pair.drafted({"differences": [moved["id"]]})
    assert (first["new"], first["title"]) == (True, "Move the touchpoint “Visit”")
    assert first["touchpoint_id"] == pair.drawn.touchpoints[1]["id"]
    every = await pair.drafted({})
    assert len(every) == len(expected)
    assert [one["opportunity_id"] for one in every if not one["new"]] == [first["opportunity_id"]]
    again = await pair.drafted({}, f"?with={pair.future}")
    assert [one | {"new": True} for one in again] == [one | {"new": True} for one in every]
    assert not any(one["new"] for one in again)
    made = await verbs(pair.drawn.org, pair.drawn.journey)
    assert made.count("opportunity.created") == len(expected)
    assert "opportunity.created" not in await verbs(pair.drawn.org, UUID(pair.future))


async def test_drafts_ask_for_differences_there_are_and_an_open_journey(pair: Pair) -> None:
    path = f"{pair.path}/opportunities"
    unknown = await pair.owner.post(path, {"differences": ["touchpoint:added:x"]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_difference")
    assert unknown.json()["errors"][0]["pointer"] == "#/differences/0"
    await pair.change("POST", f"/journeys/{pair.drawn.journey}/lock")
    assert (await pair.owner.post(path, {})).status_code == 403


async def test_with_what_it_is_compared(pair: Pair) -> None:
    org, owner = pair.drawn.org, pair.owner
    newer = await owner.made(f"/v1/journeys/{pair.drawn.journey}/futures", {"title": "Bolder"})
    assert (await pair.compared())["now"]["title"] == "Bolder"
    version = newer["version"]
    moved = await owner.post(
        f"/v1/journeys/{newer['id']}/transition", {"to": "archived"}, If_Match=f'"{version}"'
    )
    assert moved.status_code == 200
    assert (await pair.compared())["now"]["title"] == "As it should be"
    between = await owner.read(f"/v1/journeys/{pair.future}/comparison?with={newer['id']}")
    assert [between[kind] for kind in KINDS] == [[], [], [], []]
    copy = await owner.made(f"/v1/journeys/{newer['id']}/copies", {"title": "Bolder still"})
    descended = await pair.compared(f"?with={copy['id']}")
    assert [descended[kind] for kind in KINDS] == [[], [], [], []], "of the second generation"
    hidden = await begun(await org.member(Group.EXECUTIVE))
    for other in (hidden["id"], str(uuid4()), str(pair.drawn.journey)):
        reply = await owner.get(f"{pair.path}?with={other}")
        assert (reply.status_code, reply.json()["code"]) == (422, "unknown_journey"), other
        assert reply.json()["errors"][0]["parameter"] == "with"
    alone = await org.journey()
    reply = await owner.get(f"/v1/journeys/{alone}/comparison")
    assert (reply.status_code, reply.json()["code"]) == (422, "nothing_to_compare")
    assert (await owner.get(f"/v1/journeys/{hidden['id']}/comparison")).status_code == 404
