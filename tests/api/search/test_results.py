"""Finding what was found, seen, done and shown as evidence, by those who read the journey."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.findings.finding_scene import add
from tests.api.outcomes.opportunity_scene import seen
from tests.api.search.searching import found, marks, search, text
from tests.api.voices.scene import Scene, etag, scene
from tests.world import Caller, World

F, S, D, X = Group


async def shown_by(who: Caller, subject_id: Any, excerpt: str) -> dict[str, Any]:
    """Evidence for a subject."""
    body = {"subject_id": str(subject_id), "kind": "quote", "excerpt": excerpt}
    return await who.made("/v1/evidence", body)


async def results(place: Scene, word: str) -> dict[str, dict[str, Any]]:
    """One of each kind that says a word."""
    frontline = place[F]
    opportunity = await seen(place, frontline, f"A {word} for all", statement="Light the way.")
    action = {"title": "Paint it", "kind": "technology", "process": f"{word} upkeep"}
    path = f"/v1/journeys/{place.journey}/actions"
    return {
        "finding": await add(place, frontline, text=f"No {word} in sight."),
        "opportunity": opportunity,
        "action": await place.owner.made(path, action),
        "evidence": await shown_by(frontline, place.touchpoint, f"Where is the {word}?"),
    }


async def test_each_kind_is_found_where_it_says_so(world: World) -> None:
    place = await scene(world)
    made = await results(place, "lantern")
    ids = {kind: one["id"] for kind, one in made.items()}
    page = await search(place[X], "lantern")
    assert {item["kind"]: item["id"] for item in page["items"]} == ids
    assert {item["kind"]: text(item["title"]) for item in page["items"]} == {
        "finding": "Wait",
        "opportunity": "A lantern for all",
        "action": "Paint it",
        "evidence": "Wait",
    }
    for item in page["items"]:
        assert "lantern" in marks(item["title"]) + marks(item["snippet"]), item["kind"]
    for kind, key in ids.items():
        assert await found(place[S], "lant", kind=kind) == {key}
    assert await found(place[S], "lantern", status="open") == {ids["finding"], ids["opportunity"]}
    assert await found(place[S], "lantern", status="planned") == {ids["action"]}
    assert await found(place[S], "lantern", group="executive") == set()
    assert await found(place[S], "lantern", journey=place.journey) == set(ids.values())
    assert page["facets"]["journeys"][0]["count"] == 4


@pytest.mark.parametrize("kind", ["finding", "opportunity", "action", "evidence"])
async def test_what_was_removed_is_not_found(world: World, kind: str) -> None:
    place = await scene(world)
    made = await results(place, "lantern")
    noun = {"opportunity": "opportunities", "evidence": "evidence"}.get(kind, f"{kind}s")
    gone = await place.owner.delete(f"/v1/{noun}/{made[kind]['id']}", **etag(1))
    assert gone.status_code == 204, gone.text
    left = {one["id"] for name, one in made.items() if name != kind}
    assert await found(place[X], "lantern") == left


async def test_what_hangs_on_a_touchpoint_goes_with_it(world: World) -> None:
    place = await scene(world)
    made = await results(place, "lantern")
    gone = await place.owner.delete(f"/v1/touchpoints/{place.touchpoint}", **etag(1))
    assert gone.status_code == 204, gone.text
    assert await found(place[X], "lantern") == {made["opportunity"]["id"], made["action"]["id"]}


async def test_nothing_is_found_by_those_who_do_not_read_the_journey(world: World) -> None:
    place, elsewhere = await scene(world), await world.organization()
    await results(place, "lantern")
    assert await found(elsewhere.admin, "lantern") == set()
    hidden = await place.owner.patch(
        f"/v1/journeys/{place.journey}", {"restricted": True}, **etag(1)
    )
    assert hidden.is_success, hidden.text
    for group in Group:
        page = await search(place[group], "lantern")
        assert page["items"] == page["facets"]["kinds"] == page["facets"]["journeys"] == []
    assert len(await found(place.owner, "lantern")) == 4


async def test_evidence_of_a_thread_or_a_persona_is_seen_where_they_are(world: World) -> None:
    place = await scene(world)
    private = await place.say(place[F], visibility="private")
    await shown_by(place[F], private["id"], "A lantern for me.")
    persona = await place.owner.made("/v1/personas", {"name": "Ida"})
    shown = await shown_by(place.owner, persona["id"], "She carries a lantern.")
    page = await search(place[X], "lantern")
    assert [(item["id"], item["journey_id"]) for item in page["items"]] == [(shown["id"], None)]
    assert text(page["items"][0]["title"]) == "Ida"
