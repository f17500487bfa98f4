"""The emotion curve over HTTP: as drawn, in map order, for a persona."""

from typing import Any

import pytest

from tests.api.reports.ground import Ground, ground
from tests.api.voices.scene import code
from tests.world import World


async def curve(place: Ground, query: str = "") -> dict[str, Any]:
    return await place.owner.read(f"{place.path}/emotion-curve{query}")


async def test_the_curve_follows_the_map(world: World) -> None:
    place = await ground(world, 5)
    await place.feel(0, 1, 3)
    await place.feel(1, -2, 5, label="anxiety")
    await place.feel(1, 2, 4, label="relief")
    await place.feel(2, 0, 2)
    await place.feel(4, -2, 4)
    moment = await place.moment(1)
    found = await curve(place)
    assert [(one["touchpoint_name"], one["value"], one["mood"]) for one in found["points"]] == [
        ("a", 0.6, "positive"),
        ("b", -2.0, "negative"),
        ("c", 0.0, "neutral"),
        ("d", None, None),
        ("e", -1.6, "negative"),
    ]
    peak = found["peak"]
    assert (peak["touchpoint_name"], peak["label"], peak["n"]) == ("b", "anxiety", 2)
    assert (peak["moment_id"], peak["moment_status"]) == (moment, "nominated")
    assert peak["inputs"] == [{"name": "valence", "value": -2}, {"name": "intensity", "value": 5}]
    assert found["end"]["touchpoint_name"] == "e"
    assert (found["happiness"]["value"], found["happiness"]["n"]) == (25.0, 4)
    assert (found["peak_end"]["value"], found["mean"]["value"]) == (-1.8, -0.75)
    for name in ("happiness", "peak_end", "mean"):
        assert found[name]["basis"] == found["basis"] == "as_drawn"
        assert found[name]["explanation"].startswith("as drawn: ")
        assert found[name]["model_version"] == 1


async def test_a_persona_feels_what_is_theirs_and_what_is_everybodys(world: World) -> None:
    place = await ground(world, 1)
    ada = (await place.owner.made("/v1/personas", {"name": "Ada"}))["id"]
    bob = (await place.owner.made("/v1/personas", {"name": "Bob"}))["id"]
    await place.feel(0, 1, 1)
    await place.feel(0, -2, 5, persona_id=ada)
    await place.feel(0, 2, 4, persona_id=bob)
    values = [
        (await curve(place, query))["points"][0]["value"]
        for query in ("", f"?persona={ada}", f"?persona={bob}")
    ]
    assert values == [-2.0, -2.0, 1.6]
    assert (await curve(place, f"?persona={bob}"))["persona_id"] == bob


async def test_nothing_drawn_is_no_figure(world: World) -> None:
    place = await ground(world, 1)
    felt = await place.feel(0, 1, 1)
    assert (await curve(place))["happiness"]["value"] == 100.0
    gone = await place.owner.delete(f"/v1/emotions/{felt['id']}", If_Match='"1"')
    assert gone.status_code == 204
    found = await curve(place)
    assert (found["peak"], found["end"], found["peak_end"]["value"]) == (None, None, None)
    assert found["points"][0]["explanation"] == "no value: no emotion recorded"


@pytest.mark.parametrize("persona", ["x", None])
async def test_a_persona_must_be_one_of_the_organization(world: World, persona: str | None) -> None:
    place = await ground(world, 1)
    stranger = (await world.organization()).admin
    theirs = (await stranger.made("/v1/personas", {"name": "Eve"}))["id"]
    refused = await place.owner.get(f"{place.path}/emotion-curve?persona={persona or theirs}")
    assert code(refused, 400)
    assert refused.json()["errors"][0]["parameter"] == "persona"
