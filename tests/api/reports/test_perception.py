"""Where the groups disagree, told over HTTP, and never of groups too few to show."""

from typing import Any

from domain.roles import Group
from tests.api.reports.ground import Ground, ground
from tests.api.voices.scene import code
from tests.world import World

F, S, D, X = Group


async def report(place: Ground) -> dict[str, Any]:
    return await place.owner.read(f"{place.path}/perception-gap")


async def test_the_widest_gap_comes_first_and_can_be_checked(world: World) -> None:
    place = await ground(world)
    moment = await place.moment(1)
    await place.rated(0, F, 3, 3, 4)
    await place.rated(0, X, 3)
    await place.rated(1, F, 5, 5, 4)
    await place.rated(1, D, 2, 2)
    found = await report(place)
    first, second, third = found["touchpoints"]
    assert [one["touchpoint_name"] for one in (first, second, third)] == ["b", "a", "c"]
    assert (first["rank"], first["tied"], third["rank"]) == (1, False, None)
    gap = first["widest_gap"]
    assert (gap["difference"], gap["flagged"]) == (2.67, True)
    assert gap["high"] == {"group": "frontline_staff", "mean": 4.67, "n": 3}
    assert gap["low"] == {"group": "decision_maker", "mean": 2.0, "n": 2}
    assert (gap["model"], gap["model_version"]) == ("perception_gap", 1)
    assert gap["explanation"] == (
        "emotional 2.67 = frontline staff 4.67 (14/3) - decision-makers 2.0 (4/2)"
    )
    assert (second["widest_gap"]["difference"], second["widest_gap"]["flagged"]) == (0.33, False)
    assert third["widest_gap"] is None
    assert found["flagged"] == 1
    assert found["moments"] == [first]
    assert (first["moment_id"], first["moment_status"]) == (moment, "nominated")


async def test_the_journey_as_a_whole_is_the_mean_over_touchpoints(world: World) -> None:
    place = await ground(world)
    await place.rated(0, F, 5, 5, 5, 5)
    await place.rated(1, F, 2, 2, 2)
    await place.rated(0, X, 2)
    [axis] = (await report(place))["journey"]
    assert (axis["axis"], axis["difference"], axis["flagged"]) == ("emotional", 1.5, True)
    assert (axis["high"], axis["low"], axis["n"]) == ("frontline_staff", "executive", 8)
    assert axis["groups"] == [
        {"group": "frontline_staff", "mean": 3.5, "touchpoints": 2, "n": 7},
        {"group": "executive", "mean": 2.0, "touchpoints": 1, "n": 1},
    ]
    assert axis["inputs"] == [
        {"name": "frontline_staff", "value": 3.5},
        {"name": "executive", "value": 2.0},
    ]
    assert "mean of their means at 2 touchpoints, n=7" in axis["explanation"]


async def test_too_few_are_in_no_figure_of_the_report(world: World) -> None:
    place = await ground(world, 2)
    await place.rated(0, D, 3)
    before = await report(place)
    await place.rated(0, F, 1, 1)
    after = await report(place)
    few = {"group": "frontline_staff", "n": 2, "too_few": True, "abstained": None, "axes": []}
    changed = after["touchpoints"][0]
    assert changed["groups"][0] == few
    changed["groups"], changed["n"] = changed["groups"][1:], changed["n"] - 2
    assert after == before
    await place.rated(0, F, 1)
    [axis] = (await report(place))["journey"]
    assert axis["difference"] == 2.0


async def test_equal_gaps_are_tied(world: World) -> None:
    place = await ground(world, 2)
    for at in (0, 1):
        await place.rated(at, D, 5)
        await place.rated(at, X, 4)
    lines = (await report(place))["touchpoints"]
    assert [(one["rank"], one["tied"], one["touchpoint_name"]) for one in lines] == [
        (1, True, "a"),
        (1, True, "b"),
    ]


async def test_what_is_off_the_map_is_in_no_report(world: World) -> None:
    place = await ground(world, 2)
    await place.rated(0, D, 5)
    await place.rated(0, X, 1)
    gone = await place.owner.delete(f"/v1/touchpoints/{place.touchpoints[0]}", If_Match='"1"')
    assert gone.status_code == 204
    found = await report(place)
    assert [one["touchpoint_name"] for one in found["touchpoints"]] == ["b"]
    assert found["journey"] == []


async def test_reports_of_journeys_one_does_not_see_are_not_there(world: World) -> None:
    place = await ground(world, 1, restricted=True)
    stranger = (await world.organization()).admin
    for caller in (await place.org.member(X), stranger):
        for report_of in ("perception-gap", "emotion-curve"):
            assert code(await caller.get(f"{place.path}/{report_of}"), 404) == "not_found"
