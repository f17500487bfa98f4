"""Links: what a metric says something of, told where it belongs."""

from typing import Any

from domain.roles import Group
from tests.api.metrics.scene import APRIL, MARCH, metric, recorded
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

F, S, D, X = Group
GIVEN = {"kind": "csat", "name": "Content"}


def counts(*given: int, **dimensions: str) -> dict[str, Any]:
    """How many gave 1, 2, 3, 4, 5, in April."""
    names = ("ones", "twos", "threes", "fours", "fives")
    return APRIL | dict(zip(names, given, strict=True)) | {"dimensions": dimensions}


async def linked(who: Caller, metric: dict[str, Any], subject: Any, **more: Any) -> dict[str, Any]:
    path = f"/v1/metrics/{metric['id']}/links"
    return await who.made(path, {"subject_id": str(subject), **more})


async def test_a_link_picks_the_points_of_its_part(world: World) -> None:
    place = await scene(world)
    made = await metric(place[D], **GIVEN)
    await recorded(
        place[D],
        made,
        counts(0, 0, 0, 0, 100),
        counts(10, 0, 0, 0, 30, step="wait"),
        counts(40, 0, 0, 0, 0, step="call"),
        counts(0, 40, 0, 0, 0, step="wait", shop="a"),
        counts(9, 0, 0, 0, 0, step="wait") | MARCH,
    )
    part = {"dimension": "step", "value": "wait", "aspect": "satisfaction"}
    link = await linked(place[D], made, place.touchpoint, **part)
    assert link["touchpoint_id"] == str(place.touchpoint)
    newest = link["newest"]
    assert (newest["value"], newest["mean"], newest["n"]) == (75.0, 4.0, 40)
    assert (newest["dimensions"], newest["period_to"]) == (["step"], "2026-04-30")
    whole = await linked(place[D], made, place.touchpoint)
    assert (whole["newest"]["value"], whole["newest"]["dimensions"]) == (100.0, [])
    twice = {"subject_id": str(place.touchpoint)}
    refused = await place[D].post(f"/v1/metrics/{made['id']}/links", twice)
    assert code(refused, 409) == "metric_linked"
    assert (await place[D].delete(f"/v1/metric-links/{link['id']}", **etag(1))).status_code == 204
    again = await linked(place[D], made, place.touchpoint, **part | {"value": "call"})
    assert (again["id"], again["version"]) == (link["id"], 3)
    assert (again["newest"]["value"], again["newest"]["n"]) == (0.0, 40)


async def test_what_is_in_no_journey_is_told_to_the_organization(world: World) -> None:
    place = await scene(world)
    persona = await place.owner.made("/v1/personas", {"name": "Ada"})
    made = await metric(place[D], **GIVEN)
    before = await place.revision()
    subjects = (place.org.id, persona["id"], place.journey, place.stage)
    links = [await linked(place[D], made, subject) for subject in subjects]
    assert [one["subject_kind"] for one in links] == [
        "organization", "persona", "journey", "stage",
    ]  # fmt: skip
    assert [one["journey_id"] is None for one in links] == [True, True, False, False]
    path = f"/v1/metric-links/{links[3]['id']}"
    assert (await place[D].delete(path, **etag(1))).status_code == 204
    await linked(place[D], made, place.stage)
    verbs = ["metric.linked", "metric.linked", "metric.unlinked", "metric.linked"]
    assert await place.verbs(before) == verbs
    for query, found in (
        (f"metric={made['id']}", links[::-1]),
        (f"journey={place.journey}", links[:1:-1]),
        (f"subject={persona['id']}", [links[1]]),
    ):
        page = await place[F].read(f"/v1/metric-links?{query}")
        assert [one["id"] for one in page["items"]] == [one["id"] for one in found]
    listed = await place[F].read(f"/v1/metrics?subject={place.stage}")
    assert [one["id"] for one in listed["items"]] == [made["id"]]


async def test_what_cannot_be_linked(world: World) -> None:
    place = await scene(world)
    made = await metric(place[D], **GIVEN)
    path = f"/v1/metrics/{made['id']}/links"
    wrong = await place[D].post(path, {"subject_id": str(place[F].member_id)})
    assert code(wrong, 422) == "not_linkable"
    await linked(place[D], made, place.stage)
    half = {"subject_id": str(place.stage), "value": "x"}
    assert code(await place[D].post(path, half), 422) == "half_a_part"
    assert (await place[D].delete(f"/v1/metrics/{made['id']}", **etag(1))).status_code == 204
    assert (await place[F].read("/v1/metric-links"))["items"] == []
    wrong = await place[D].post(path, {"subject_id": str(place.touchpoint)})
    assert code(wrong, 409) == "metric_retired"


async def test_links_show_nothing_that_is_not_to_be_seen(world: World) -> None:
    place: Scene = await scene(world)
    draft = await place.org.journey(place[D], status="draft")
    hidden = await metric(place[D], journey_id=str(draft))
    shown = await metric(place[D])
    to_draft = await linked(place[D], shown, draft)
    await linked(place[D], hidden, draft)
    elsewhere = {"subject_id": str(place.touchpoint)}
    refused = await place[D].post(f"/v1/metrics/{hidden['id']}/links", elsewhere)
    assert code(refused, 422) == "other_journey"
    of_touchpoint = await linked(place[D], shown, place.touchpoint)
    assert code(await place[X].get(f"/v1/metric-links/{to_draft['id']}"), 404)
    seen = (await place[X].read("/v1/metric-links"))["items"]
    assert [one["id"] for one in seen] == [of_touchpoint["id"]]
    assert (await place[X].read(f"/v1/metrics?subject={draft}"))["items"] == []
    assert len((await place[D].read("/v1/metric-links"))["items"]) == 3
    path = f"/v1/metrics/{shown['id']}/links"
    assert code(await place[X].post(path, {"subject_id": str(draft)}), 404)
    refused = await place[F].post(path, {"subject_id": str(place.touchpoint)})
    assert code(refused, 403) == "forbidden"
    removed = await place.owner.delete(f"/v1/touchpoints/{place.touchpoint}", **etag(1))
    assert removed.status_code == 204
    assert code(await place[D].get(f"/v1/metric-links/{of_touchpoint['id']}"), 404)
    assert code(await place[D].post(path, {"subject_id": str(place.touchpoint)}), 404)
