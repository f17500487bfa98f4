"""Metrics: set up, found, changed, retired, by who may."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.metrics.scene import APRIL, MARCH, NPS, metric, recorded
from tests.api.voices.scene import code, etag
from tests.world import World

F, S, D, X = Group


async def test_a_metric_from_its_setting_up_to_its_end(world: World) -> None:
    org = await world.organization()
    ann, boss = await org.member(F), await org.member(D)
    made = await metric(
        boss, recorder_ids=[str(ann.member_id)], target=50, description="Asked in the app."
    )
    assert (made["owner_id"], made["recorder_ids"]) == (str(boss.member_id), [str(ann.member_id)])
    assert (made["better"], made["target"], made["newest"]) == ("higher", 50.0, None)
    assert set(made["may"]) == {"create_metric", "record_data_points"}
    path = f"/v1/metrics/{made['id']}"
    await recorded(ann, made, MARCH | NPS)
    await recorded(ann, made, APRIL | NPS | {"promoters": 75, "passives": 10})
    seen = await ann.read(path)
    assert seen["may"] == ["record_data_points"]
    newest = seen["newest"]
    assert (newest["value"], newest["n"], newest["few"]) == (60.0, 100, False)
    assert (newest["period_to"], newest["points"]) == ("2026-04-30", 1)
    changed = await boss.patch(path, {"target": None, "recorder_ids": []}, **etag(1))
    assert (changed.json()["target"], changed.json()["recorder_ids"]) == (None, [])
    assert (await boss.patch(path, {"target": None}, **etag(2))).json()["version"] == 2
    assert code(await boss.patch(path, {"target": 1}, **etag(1)), 412) == "stale"
    assert code(await boss.patch(path, {"kind": "csat"}, **etag(2)), 400)
    assert (await boss.delete(path, **etag(2))).status_code == 204
    assert code(await boss.delete(path, **etag(3)), 409) == "metric_retired"
    gone = await boss.read(path)
    assert (gone["may"], gone["newest"]["value"]) == ([], 60.0)
    assert (await boss.read("/v1/metrics"))["items"] == []
    await metric(boss)


async def test_its_name_is_its_own_among_those_that_live(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    await metric(org.admin)
    again = await org.admin.post("/v1/metrics", {"name": "Would recommend us", "kind": "csat"})
    assert code(again, 409) == "metric_exists"
    await metric(org.admin, journey_id=str(journey))


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("owner_id", "01900000-0000-7000-8000-000000000000", "unknown_member"),
        ("recorder_ids", ["01900000-0000-7000-8000-000000000000"], "unknown_member"),
    ],
)
async def test_who_measures_must_exist(world: World, field: str, value: Any, found: str) -> None:
    org = await world.organization()
    refused = await org.admin.post("/v1/metrics", {"name": "A", "kind": "nps", field: value})
    assert code(refused, 422) == found


async def test_a_draft_s_metric_is_seen_by_who_reads_the_draft_or_records(world: World) -> None:
    org = await world.organization()
    owner, ann, bob, service = [await org.member(group) for group in (D, F, X, S)]
    draft = await org.journey(owner, status="draft")
    made = await metric(owner, journey_id=str(draft), recorder_ids=[str(service.member_id)])
    path = f"/v1/metrics/{made['id']}"
    for stranger in (ann, bob):
        assert code(await stranger.get(path), 404)
        assert (await stranger.read("/v1/metrics"))["items"] == []
        assert code(await stranger.get(f"{path}/data-points"), 404)
    assert code(await bob.post(f"{path}/data-points", {"points": [MARCH | NPS]}), 404)
    assert (await service.read(path))["id"] == made["id"]
    await recorded(service, made, MARCH | NPS)
    other = {"name": "Mine", "kind": "nps", "journey_id": str(draft)}
    assert code(await bob.post("/v1/metrics", other), 404)
    listed = await owner.read(f"/v1/metrics?journey={draft}&kind=nps&owner={owner.member_id}")
    assert [one["id"] for one in listed["items"]] == [made["id"]]
    assert (await owner.read("/v1/metrics?kind=csat&kind=ces"))["items"] == []


async def test_an_editor_measures_their_journey_and_nothing_else(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    ann = await org.member(F)
    of_journey = {"name": "A", "kind": "csat", "journey_id": str(journey)}
    assert code(await ann.post("/v1/metrics", of_journey), 403) == "forbidden"
    grant = {"role": "editor", "member_id": str(ann.member_id)}
    await org.admin.made(f"/v1/journeys/{journey}/grants", grant)
    made = await ann.made("/v1/metrics", of_journey)
    assert "create_metric" in made["may"]
    assert code(await ann.post("/v1/metrics", {"name": "B", "kind": "csat"}), 403) == "forbidden"
