"""Activity tells no more than its reader may know, and nobody who is not named."""

import pytest

from domain.roles import Group
from tests.api.records.activities import listed, of_department, of_journey, of_member, sentences
from tests.api.reports.stage import done
from tests.api.voices.scene import Scene, etag, scene
from tests.world import World

F, S, D, X = Group


@pytest.fixture
async def place(world: World) -> Scene:
    return await scene(world, group_voice=True)


async def test_activity_is_what_the_feed_shows_and_nothing_else(place: Scene) -> None:
    """Whatever is visible to whom is said once, and both read it."""
    for visibility in ("everyone", "my_group", "leadership", "private"):
        for speaker in (place[F], place[D]):
            said = await place.say(speaker, visibility=visibility, body=visibility)
            await speaker.made(f"/v1/annotations/{said['id']}/replies", {"body": "And."})
            await done(speaker, "PUT", f"/v1/annotations/{said['id']}/support")
    hidden = await place.say(place[S], voice="group")
    path = f"/v1/annotations/{hidden['id']}/hide"
    await done(await place.moderator(), "POST", path, {"reason": "Rude."}, **etag(1))
    counts = set()
    for reader in (*place.people.values(), place.owner, await place.moderator()):
        events = await listed(reader, f"/v1/journeys/{place.journey}/events")
        seen = [one["revision"] for one in events if one["verb"]]
        told = await of_journey(reader, place)
        assert [item["revision"] for item in told] == seen[::-1]
        counts.add(len(told))
    assert len(counts) > 3


async def test_nobody_is_named_who_spoke_for_their_group(place: Scene) -> None:
    ann, sam = place[F], place[S]
    said = await place.say(ann, voice="group", body="They rush us.")
    await ann.made(f"/v1/annotations/{said['id']}/replies", {"body": "And.", "voice": "group"})
    numbers = {"business": None, "importance": None, "performance": None}
    for emotional in (3, 5):
        path = f"/v1/touchpoints/{place.touchpoint}/ratings/me"
        await done(ann, "PUT", path, numbers | {"emotional": emotional})
    before = await of_member(sam, ann.member_id)
    for reader in (sam, place[X], place.owner, ann):
        told = await of_journey(reader, place, "&kind=annotation&kind=reply&kind=rating")
        assert sentences(told) == [
            "Somebody rated I try it anew.",
            "Somebody rated Wait.",
            "Somebody of the frontline staff replied in a thread about Wait.",
            "Somebody of the frontline staff left an issue about Wait.",
        ]
        assert [item["actor"] for item in told] == [
            {"kind": "hidden", "member_id": None, "name": None}
        ] * 4
        assert [item["fields_changed"] for item in told] == [[]] * 4
        assert told[0]["touchpoint"] is None
        assert await of_member(reader, ann.member_id) == before == []
        assert await of_journey(reader, place, f"&by={ann.member_id}") == []
    department = await of_department(place, ann)
    assert await listed(sam, f"/v1/departments/{department}/activity") == []


async def test_only_journeys_that_the_reader_sees(place: Scene, world: World) -> None:
    owner = place.owner
    await owner.made("/v1/journeys", {"title": "A draft"})
    assert "Founder created the journey A draft." in sentences(
        await of_member(owner, owner.member_id, "")
    )
    for reader in (place[F], place[X]):
        told = await of_member(reader, owner.member_id)
        assert told
        assert {item["journey"] and item["journey"]["title"] for item in told} <= {"I try it", None}
    stranger = (await world.organization()).admin
    for path in (
        f"/v1/journeys/{place.journey}/activity",
        f"/v1/members/{owner.member_id}/activity",
        f"/v1/departments/{await of_department(place)}/activity",
    ):
        assert (await stranger.get(path)).status_code == 404
        assert (await owner.get(path)).status_code == 200


async def test_changes_to_the_organization_are_for_those_who_read_its_ledger(place: Scene) -> None:
    admin = place.org.admin
    await admin.made("/v1/departments", {"name": "Yard"})
    await done(admin, "POST", "/v1/personas", {"name": "Ada"})
    expected = ["Founder drew the persona Ada.", "Founder added the department Yard."]
    for reader, told in ((place[X], expected), (admin, expected), (place[F], []), (place[D], [])):
        found = await of_member(reader, admin.member_id)
        of_organization = [item for item in found if item["journey"] is None]
        kinds = ("persona", "department")
        known = [item for item in of_organization if item["subject_kind"] in kinds]
        assert sentences(known) == told
        assert bool(of_organization) is bool(told)


async def test_what_was_erased_still_happened(place: Scene) -> None:
    admin, ann = place.org.admin, place[F]
    said = await place.say(ann, body="My own words.")
    await ann.made(f"/v1/annotations/{said['id']}/replies", {"body": "And these."})
    tag = (await admin.get(f"/v1/members/{ann.member_id}")).headers["etag"]
    await done(admin, "POST", f"/v1/members/{ann.member_id}/erase", If_Match=tag)
    told = await of_journey(place.owner, place, "&kind=annotation&kind=reply")
    assert sentences(told) == [
        "The words of a reply about Wait were erased.",
        "The words of an annotation about Wait were erased.",
        "A former member replied in a thread about Wait.",
        "A former member left an annotation about Wait.",
    ]
    assert "frontline_staff person" not in str(told)
    assert {item["actor"]["name"] for item in told if item["actor"]["kind"] == "member"} <= {
        None, "Founder",
    }  # fmt: skip
