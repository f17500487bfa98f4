"""Moments of truth: nominate, confirm, state stakes, retire; and their ranking, explained."""

from typing import Any

import pytest

from domain.roles import Group
from tests.world import Caller, Org, World

F, S, D, X = Group


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


async def touchpoint(org: Org, journey: object, name: str = "Call") -> str:
    stage = await org.admin.made(f"/v1/journeys/{journey}/stages", {"name": "Stage"})
    made = await org.admin.made(f"/v1/stages/{stage['id']}/touchpoints", {"name": name})
    return str(made["id"])


async def rate(caller: Caller, touchpoint_id: str, **axes: int | None) -> None:
    numbers = dict.fromkeys(("emotional", "business", "importance", "performance")) | axes
    reply = await caller.put(f"/v1/touchpoints/{touchpoint_id}/ratings/me", numbers)
    assert reply.status_code in (200, 201), reply.text


async def test_a_moment_from_nomination_to_retirement(org: Org) -> None:
    at = await touchpoint(org, await org.journey())
    ann, max_ = await org.member(F), await org.member(D)
    said = {"rationale": "They decide here.", "likely_emotions": ["relief"], "triggers": ["wait"]}
    moment = await ann.made(f"/v1/touchpoints/{at}/moments", said)
    assert (moment["status"], moment["version"]) == ("nominated", 1)
    assert moment["likely_emotions"] == ["relief"]
    assert moment["may"] == []
    path = f"/v1/moments/{moment['id']}"
    refused = await ann.post(f"{path}/confirm", If_Match='"1"')
    assert refused.status_code == 403
    confirmed = await max_.post(f"{path}/confirm", If_Match='"1"')
    assert confirmed.json()["status"] == "confirmed"
    assert confirmed.headers["journey-revision"]
    staked = await max_.patch(path, {"stakes": "Their trust."}, If_Match='"2"')
    assert staked.json()["stakes"] == "Their trust."
    boss = await org.member(X)
    retired = await boss.post(f"{path}/retire", {"reason": "Automated."}, If_Match='"3"')
    assert (retired.json()["status"], retired.json()["may"]) == ("retired", [])
    again = await boss.post(f"{path}/retire", {"reason": "Again."}, If_Match='"4"')
    assert (again.status_code, again.json()["code"]) == (409, "moment_retired")
    assert (await ann.read(f"/v1/moments?touchpoint={at}"))["items"] == []
    past = await ann.read(f"/v1/moments?touchpoint={at}&status=retired")
    assert [item["id"] for item in past["items"]] == [moment["id"]]


async def test_one_living_moment_per_touchpoint(org: Org) -> None:
    at = await touchpoint(org, await org.journey())
    await org.admin.made(f"/v1/touchpoints/{at}/moments", {})
    second = await org.admin.post(f"/v1/touchpoints/{at}/moments", {})
    assert (second.status_code, second.json()["code"]) == (409, "moment_exists")


@pytest.mark.parametrize("kind", ["touchpoints", "stages"])
async def test_a_moment_goes_off_the_map_with_its_touchpoint(org: Org, kind: str) -> None:
    journey = await org.journey()
    at = await touchpoint(org, journey)
    moment = await org.admin.made(f"/v1/touchpoints/{at}/moments", {})
    gone = at if kind == "touchpoints" else moment["stage_id"]
    path, listed = f"/v1/moments/{moment['id']}", f"/v1/moments?journey={journey}"
    assert (await org.admin.delete(f"/v1/{kind}/{gone}", If_Match='"1"')).status_code == 204
    assert (await org.admin.read(listed))["items"] == []
    assert (await org.admin.get(path)).status_code == 404
    assert (await org.admin.post(f"{path}/confirm", If_Match='"1"')).status_code == 404
    assert (await org.admin.post(f"/v1/subjects/{gone}/restore")).status_code == 200
    assert [one["id"] for one in (await org.admin.read(listed))["items"]] == [moment["id"]]
    assert (await org.admin.post(f"{path}/confirm", If_Match='"1"')).status_code == 200


async def test_stakes_take_the_right_to_state_them(org: Org) -> None:
    at = await touchpoint(org, await org.journey())
    ann = await org.member(F)
    refused = await ann.post(f"/v1/touchpoints/{at}/moments", {"stakes": "Much."})
    assert refused.status_code == 403
    assert "stakes" in refused.json()["detail"]


@pytest.mark.parametrize(("version", "status"), [(None, 428), ('"9"', 412), ("x", 400)])
async def test_confirming_says_what_it_is_based_on(
    org: Org, version: str | None, status: int
) -> None:
    at = await touchpoint(org, await org.journey())
    moment = await org.admin.made(f"/v1/touchpoints/{at}/moments", {})
    headers = {"If_Match": version} if version else {}
    reply = await org.admin.post(f"/v1/moments/{moment['id']}/confirm", **headers)
    assert reply.status_code == status


async def test_nothing_of_an_invisible_journey_is_found(org: Org, world: World) -> None:
    draft = await org.journey(status="draft")
    at = await touchpoint(org, draft)
    moment = await org.admin.made(f"/v1/touchpoints/{at}/moments", {})
    stranger = (await world.organization()).admin
    for caller in (await org.member(F), stranger):
        assert (await caller.get(f"/v1/moments/{moment['id']}")).status_code == 404
        assert (await caller.post(f"/v1/touchpoints/{at}/moments", {})).status_code == 404
        assert (await caller.get(f"/v1/journeys/{draft}/moments")).status_code == 404
        assert (await caller.read(f"/v1/moments?journey={draft}"))["items"] == []


async def test_a_locked_journey_takes_no_nomination(org: Org) -> None:
    journey = await org.journey(status="archived")
    listed = await org.admin.read(f"/v1/journeys/{journey}/moments?over=touchpoints")
    assert listed["items"] == []


async def ranked(caller: Caller, journey: object, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await caller.read(f"/v1/journeys/{journey}/moments{query}"))[
        "items"
    ]
    return items


async def test_the_ranking_adds_up_and_shows_ties(org: Org) -> None:
    journey = await org.journey()
    first, second, third = [await touchpoint(org, journey, name) for name in ("a", "b", "c")]
    for at in (first, second, third):
        await org.admin.made(f"/v1/touchpoints/{at}/moments", {})
    crew = [await org.member(F) for _ in range(3)]
    for member, emotional in zip(crew, (5, 5, 4), strict=True):
        await rate(member, first, emotional=emotional)
        await rate(member, second, emotional=emotional)
    await rate(org.admin, first, emotional=2)
    await rate(org.admin, second, emotional=2)
    lines = await ranked(org.admin, journey)
    assert [(line["rank"], line["tied"], line["score"]) for line in lines] == [
        (1, True, 3.33),
        (1, True, 3.33),
        (None, False, None),
    ]
    # (14/3 + 2) / 2 = 3.33: sixty frontline voices do not drown one decision-maker.
    assert "frontline staff 4.67 = 14/3 n=3" in lines[0]["explanation"]
    assert lines[2]["touchpoint_id"] == third
    assert (lines[0]["model"], lines[0]["n"]) == ("emotional_impact", 4)


async def test_two_frontline_raters_are_too_few_to_move_a_score(org: Org) -> None:
    journey = await org.journey()
    at = await touchpoint(org, journey)
    for _ in range(2):
        await rate(await org.member(F), at, emotional=5)
    await rate(org.admin, at, emotional=1)
    (line,) = await ranked(org.admin, journey, "?over=touchpoints")
    assert (line["score"], line["n"], line["moment_id"]) == (1.0, 1, None)
    assert "frontline staff on emotional (too few to show)" in line["explanation"]


@pytest.mark.parametrize(
    ("model", "score"), [("impact_gap", 6.0), ("importance_gap", 1.0), ("emotional_impact", 5.0)]
)
async def test_each_model_has_its_figure(org: Org, model: str, score: float) -> None:
    journey = await org.journey()
    at = await touchpoint(org, journey)
    await rate(org.admin, at, emotional=5, business=4, importance=4, performance=3)
    (line,) = await ranked(org.admin, journey, f"?over=touchpoints&model={model}")
    assert line["score"] == score


async def test_emotion_intensity_ranks_what_was_recorded(org: Org) -> None:
    journey = await org.journey()
    at = await touchpoint(org, journey)
    felt = {"label": "anger", "valence": -2, "intensity": 4}
    await org.admin.made(f"/v1/touchpoints/{at}/emotions", felt)
    (line,) = await ranked(org.admin, journey, "?over=touchpoints&model=emotion_intensity")
    assert line["score"] == 4.0


async def test_an_unknown_model_is_refused_by_name(org: Org) -> None:
    reply = await org.admin.get(f"/v1/journeys/{await org.journey()}/moments?model=loudest")
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["parameter"] == "model"
