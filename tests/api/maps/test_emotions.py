"""Emotions: what is felt, within its range, of whose persona, who may change it."""

from uuid import uuid4

import pytest

from tests.api.maps.drawing import assert_asks_version, assert_only_editors, drawing, pointers
from tests.api.maps.events import verbs
from tests.world import World


async def test_an_emotion_is_recorded_changed_and_removed(world: World) -> None:
    drawn = await drawing(world)
    persona = await drawn.owner.made("/v1/personas", {"name": "Ada"})
    told = {
        "label": "abandoned",
        "valence": -2,
        "intensity": 5,
        "trigger": "Music in the queue",
        "persona_id": persona["id"],
        "contact_context": "repeat",
        "source": "research",
    }
    made = await drawn.emotion(**told)
    assert {name: made[name] for name in told} == told
    path = f"/v1/emotions/{made['id']}"
    changed = await drawn.owner.patch(path, {"persona_id": None, "valence": -1}, If_Match='"1"')
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json()["persona_id"], changed.json()["valence"]) == (None, -1)
    assert (await drawn.owner.delete(path, If_Match='"2"')).status_code == 204
    assert (await drawn.owner.patch(path, {"valence": 1}, If_Match='"3"')).status_code == 404
    assert (await verbs(drawn.org, drawn.journey))[-3:] == [
        "emotion.added", "emotion.updated", "emotion.removed",
    ]  # fmt: skip


async def test_a_persona_that_was_removed_may_stay(world: World) -> None:
    drawn = await drawing(world)
    persona = await drawn.owner.made("/v1/personas", {"name": "Ada"})
    made = await drawn.emotion(persona_id=persona["id"])
    removed = await drawn.owner.delete(f"/v1/personas/{persona['id']}", If_Match='"1"')
    assert removed.status_code == 204
    told = {"persona_id": persona["id"], "intensity": 1}
    kept = await drawn.owner.patch(f"/v1/emotions/{made['id']}", told, If_Match='"1"')
    assert kept.status_code == 200, kept.text
    path = f"/v1/touchpoints/{made['touchpoint_id']}/emotions"
    anew = await drawn.owner.post(path, {"label": "x", "valence": 1} | told)
    assert (anew.status_code, anew.json()["code"]) == (422, "unknown_persona")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"valence": -3}, "#/valence"),
        ({"valence": 3}, "#/valence"),
        ({"intensity": 0}, "#/intensity"),
        ({"intensity": 6}, "#/intensity"),
        ({"label": ""}, "#/label"),
        ({"source": "rumor"}, "#/source"),
        ({"touchpoint_id": str(uuid4())}, "#/touchpoint_id"),
    ],
)
async def test_what_is_no_emotion(world: World, fields: dict[str, object], place: str) -> None:
    drawn = await drawing(world)
    body = {"label": "lost", "valence": -2, "intensity": 4} | fields
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/emotions"
    refused = await drawn.owner.post(path, body)
    assert (refused.status_code, pointers(refused)) == (400, [place])


async def test_the_persona_must_be_one_of_the_organization(world: World) -> None:
    drawn = await drawing(world)
    gone = await drawn.owner.made("/v1/personas", {"name": "Gone"})
    await drawn.owner.delete(f"/v1/personas/{gone['id']}", If_Match=f'"{gone["version"]}"')
    foreign = await (await world.organization()).admin.made("/v1/personas", {"name": "Foreign"})
    emotion = await drawn.emotion()
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/emotions"
    for persona in (gone["id"], foreign["id"], str(uuid4())):
        body = {"label": "lost", "valence": -2, "intensity": 4, "persona_id": persona}
        for refused in (
            await drawn.owner.post(path, body),
            await drawn.owner.patch(f"/v1/emotions/{emotion['id']}", body, If_Match='"1"'),
        ):
            assert (refused.status_code, pointers(refused)) == (422, ["#/persona_id"])


async def test_who_may_change_emotions_and_over_which_version(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/emotions/{(await drawn.emotion())['id']}"
    body = {"label": "lost", "valence": -2, "intensity": 4}
    at = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/emotions"
    await assert_only_editors(drawn, "POST", at, body)
    for method, change in (("PATCH", {"valence": 1}), ("DELETE", None)):
        await assert_only_editors(drawn, method, path, change, If_Match='"1"')
        await assert_asks_version(drawn, method, path, change)


async def test_an_emotion_goes_with_its_touchpoint_and_stage(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/emotions/{(await drawn.emotion())['id']}"
    stage = f"/v1/stages/{drawn.stages[0]['id']}"
    assert (await drawn.owner.delete(stage, If_Match='"1"')).status_code == 204
    assert (await drawn.owner.patch(path, {"valence": 1}, If_Match='"1"')).status_code == 404
