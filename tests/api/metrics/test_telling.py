"""What is told of metrics afterwards: sentences that name them, and nothing once erased."""

from domain.roles import Group
from tests.api.metrics.scene import MARCH, NPS, deliver, metric
from tests.api.voices.scene import scene
from tests.world import World

F, S, D, X = Group


async def test_activity_names_metrics_to_who_may_know_of_them(world: World) -> None:
    place = await scene(world)
    draft = await place.org.journey(place[D], status="draft")
    made = await metric(place[D])
    hidden = await metric(place[D], name="Hidden", journey_id=str(draft))
    for one in (made, hidden):
        assert (await deliver(place[D], one, MARCH | NPS)).status_code == 200
    path = f"/v1/metrics/{made['id']}/links"
    await place[D].made(path, {"subject_id": str(place.touchpoint)})
    told = await place[F].read(f"/v1/journeys/{place.journey}/activity?limit=1")
    who = "Decision_maker person"
    assert [one["sentence"] for one in told["items"]] == [
        f"{who} linked the metric “Would recommend us” to Wait."
    ]
    did = await place[X].read(f"/v1/members/{place[D].member_id}/activity")
    assert [one["sentence"] for one in did["items"]] == [
        f"{who} linked the metric “Would recommend us” to Wait.",
        f"{who} recorded data points of the metric “Would recommend us”.",
        f"{who} set up the metric Would recommend us.",
    ]


async def test_where_data_came_from_goes_with_who_said_it(world: World) -> None:
    place = await scene(world)
    ann = await place.org.member(F, name="Ann")
    made = await metric(place[D], recorder_ids=[str(ann.member_id)])
    assert (await deliver(ann, made, MARCH | NPS, source="Ann's own list")).status_code == 200
    version = (await place.owner.read(f"/v1/members/{ann.member_id}"))["version"]
    path = f"/v1/members/{ann.member_id}/erase"
    erased = await place.owner.post(path, If_Match=f'"{version}"')
    assert erased.status_code == 200, erased.text
    events = (await place.owner.read("/v1/organization/events?limit=100"))["items"]
    assert "recording.erased" in [one["verb"] for one in events]
    found = await place[D].read(f"/v1/metrics/{made['id']}")
    assert (found["newest"]["n"], found["recorder_ids"]) == (100, [str(ann.member_id)])
