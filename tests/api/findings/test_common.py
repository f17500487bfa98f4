"""The most common problems: across the maps one may read, and by what they have in common."""

from typing import Any

from domain.roles import Group
from tests.api.findings.finding_scene import add
from tests.api.voices.scene import etag, scene
from tests.world import World

F, S, D, X = Group


def brief(group: dict[str, Any]) -> tuple[Any, ...]:
    return group["rank"], group["kind"], group["detail"], group["findings"], group["votes"]


async def test_what_goes_wrong_most_comes_first(world: World) -> None:
    place = await scene(world)
    told = "They wait for an hour at the desk."
    first = await add(place, place[F], severity=2, text=told)
    second = await add(place, place[S], severity=4, text="An hour they wait at the desk.")
    await add(place, place[F], "information-gaps")
    await add(place, place[F], "experiences", experience="negative", text="Rude.")
    await add(place, place[F], "experiences", experience="positive")
    await add(place, place[F], "promises", met=False)
    closed = await add(place, place[F], "obstacles")
    path = f"/v1/findings/{closed['id']}/close"
    await place[F].post(path, {"status": "addressed"}, **etag(1))
    for who in (F, S):
        await place[who].put(f"/v1/findings/{second['id']}/vote")
    found = await place[X].read("/v1/common-problems")
    assert [brief(group) for group in found["groups"]] == [
        (1, "pain_point", "frustration", 2, 2),
        (2, "experience", "negative", 1, 0),
        (2, "information_gap", "missing", 1, 0),
    ]
    top, tied, _ = found["groups"]
    assert (top["tied"], tied["tied"], top["worst_severity"]) == (False, True, 4)
    assert [one["finding_id"] for one in top["examples"]] == [second["id"], first["id"]]
    assert top["explanation"] == (
        "2 open findings at 1 touchpoint of 1 journey, 2 votes; worst severity 4 of 5"
    )
    assert [group["finding_ids"] for group in found["alike"]] == [[second["id"], first["id"]]]
    assert (found["model"], found["by"]) == ("common_problems", "kind")


async def test_by_department_and_by_channel(world: World) -> None:
    place = await scene(world)
    desk = (await place.owner.made("/v1/departments", {"name": "Desk"}))["id"]
    fax = (await place.owner.made("/v1/channels", {"key": "fax", "name": "Fax"}))["id"]
    await add(place, place[F])
    await add(place, place[F], "obstacles", department_id=desk)
    assert (await place[X].read("/v1/common-problems?by=channel"))["groups"] == []
    (group,) = (await place[X].read("/v1/common-problems?by=department"))["groups"]
    assert (group["kind"], group["department_id"]) == ("obstacle", desk)
    path = f"/v1/touchpoints/{place.touchpoint}"
    await place.owner.patch(path, {"channel_ids": [fax]}, **etag(1))
    groups = (await place[X].read("/v1/common-problems?by=channel"))["groups"]
    assert [(one["channel_id"], one["department_id"]) for one in groups] == [(fax, None)] * 2
    assert [one["rank"] for one in groups] == [1, 1]


async def test_only_of_maps_one_may_read(world: World) -> None:
    place = await scene(world, restricted=True)
    await add(place, place.owner)
    assert (await place[X].read("/v1/common-problems"))["groups"] == []
    path = f"/v1/common-problems?journey={place.journey}"
    assert len((await place.owner.read(path))["groups"]) == 1
    assert (await place[X].read(path))["groups"] == []
    assert (await place[X].read(path))["alike"] == []
