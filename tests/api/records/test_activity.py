"""Activity: what happened lately, in sentences, and no more than its reader may know."""

import pytest

from domain.roles import Group
from tests.api.records.activities import listed, of_department, of_journey, sentences
from tests.api.reports.stage import done
from tests.api.voices.scene import Scene, scene
from tests.world import World

F, S, D, X = Group


@pytest.fixture
async def place(world: World) -> Scene:
    return await scene(world, group_voice=True)


async def lively(place: Scene) -> list[str]:
    """Let things happen in the journey; the last annotations, oldest first."""
    owner, ann = place.owner, place[F]
    lane = await owner.made(
        f"/v1/journeys/{place.journey}/lanes", {"question": "Why?", "kind": "custom"}
    )
    answer = {"stage_id": str(place.stage), "body": "So."}
    await done(owner, "PUT", f"/v1/lanes/{lane['id']}/cells", answer, If_Match='"0"')
    said = await place.say(ann)
    await ann.made(f"/v1/annotations/{said['id']}/replies", {"body": "Indeed."})
    await done(place[S], "PUT", f"/v1/annotations/{said['id']}/support")
    about_stage = await place.say(ann, subject_id=str(place.stage), kind="praise")
    about_lane = await place.say(ann, subject_id=lane["id"], kind="idea")
    about_journey = await place.say(ann, subject_id=str(place.journey), kind="question")
    path = f"/v1/touchpoints/{place.touchpoint}"
    await done(owner, "PATCH", path, {"name": "Queue"}, If_Match='"1"')
    return [one["id"] for one in (about_stage, about_lane, about_journey)]


async def test_a_journey_is_told_backwards_in_sentences_and_as_data(place: Scene) -> None:
    said = await lively(place)
    items = await of_journey(place[S], place)
    assert sentences(items)[:9] == [
        "Founder changed the name of Queue.",
        "Frontline_staff person left a question about I try it.",
        "Frontline_staff person left an idea about “Why?”.",
        "Frontline_staff person left a word of praise about Ride.",
        "Support_staff person backed what was said about Queue.",
        "Frontline_staff person replied in a thread about Queue.",
        "Frontline_staff person left an issue about Queue.",
        "Founder filled in a lane at Ride.",
        "Founder added the lane “Why?”.",
    ]
    assert said == [items[n]["subject_id"] for n in (3, 2, 1)]
    revisions = [item["revision"] for item in items]
    assert revisions == list(range(revisions[0], 0, -1))


async def test_what_happened_is_told_as_data_too(place: Scene) -> None:
    await place.say(place[F], subject_id=str(place.journey))
    path = f"/v1/touchpoints/{place.touchpoint}"
    await done(place.owner, "PATCH", path, {"name": "Queue"}, If_Match='"1"')
    newest, before = (await of_journey(place[S], place))[:2]
    assert newest["journey"] == {"id": str(place.journey), "title": "I try it"}
    assert newest["touchpoint"] == {"id": str(place.touchpoint), "name": "Queue"}
    assert newest["actor"] == {
        "kind": "member", "member_id": str(place.owner.member_id), "name": "Founder",
    }  # fmt: skip
    assert (newest["verb"], newest["subject_kind"]) == ("touchpoint.updated", "touchpoint")
    assert (newest["version"], newest["fields_changed"]) == (2, ["name"])
    assert (before["touchpoint"], before["fields_changed"]) == (None, [])


async def test_it_is_narrowed_by_what_happened_to_what_and_by_whom(place: Scene) -> None:
    said = await place.say(place[F])
    await place[F].made(f"/v1/annotations/{said['id']}/replies", {"body": "Indeed."})
    await place[S].made(f"/v1/annotations/{said['id']}/replies", {"body": "No."})
    ann = place[F].member_id
    for query, verbs in (
        ("&verb=annotation.written", ["annotation.written"]),
        ("&verb=annotation.written&verb=support.given", ["annotation.written"]),
        ("&kind=reply", ["reply.written"] * 2),
        (f"&kind=reply&by={ann}", ["reply.written"]),
        (f"&by={ann}", ["reply.written", "annotation.written"]),
        (f"&by={place[X].member_id}", []),
    ):  # fmt: skip
        found = await of_journey(place.owner, place, query)
        assert [item["verb"] for item in found] == verbs, query


async def test_it_goes_on_from_page_to_page(place: Scene, world: World) -> None:
    for number in range(5):
        await place.say(place[F], body=f"Number {number}.")
    department = await of_department(place, place[F])
    for path in (
        f"/v1/journeys/{place.journey}/activity",
        f"/v1/members/{place[F].member_id}/activity",
        f"/v1/departments/{department}/activity",
    ):
        whole, found, cursor = await listed(place.owner, path), [], ""
        while cursor is not None:
            page = await place.owner.read(f"{path}?limit=2{cursor and f'&cursor={cursor}'}")
            assert len(page["items"]) == 2 or page["next_cursor"] is None
            found, cursor = found + page["items"], page["next_cursor"]
        assert found == whole
        assert len(found) >= 5


async def test_a_department_does_what_its_members_do_and_those_below(place: Scene) -> None:
    below_s, above_f = place[S], place[F]
    above = await of_department(place, above_f)
    below = await of_department(place, below_s, above=above)
    for one in (above_f, below_s, place[D], above_f):
        await place.say(one, body="Mine.")

    async def actors(department: str, query: str = "") -> list[str]:
        found = await listed(place[D], f"/v1/departments/{department}/activity", query)
        return [item["actor"]["name"] for item in found]

    f, s = "frontline_staff person", "support_staff person"
    assert await actors(above) == [f, s, f]
    assert await actors(above, "&below=false") == [f, f]
    assert await actors(below) == [s]
