"""The feeds: every revision in order, and no more of it than the reader may see."""

from typing import Any
from uuid import UUID

from domain.roles import Group
from tests.world import Caller, World

SUBJECT = ("at", "actor", "verb", "subject_kind", "subject_id", "version")


async def all_events(caller: Caller, path: str, limit: int = 100) -> list[dict[str, Any]]:
    """Every event of a feed, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = await caller.read(f"{path}?limit={limit}{cursor}")
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def stage_of(owner: Caller, journey: UUID, name: str = "Ride") -> str:
    return str((await owner.made(f"/v1/journeys/{journey}/stages", {"name": name}))["id"])


async def test_a_journey_tells_what_happened_in_order(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    ann = await org.member()
    before = len(await all_events(ann, f"/v1/journeys/{journey}/events"))
    stage = await stage_of(org.admin, journey)
    events = await all_events(ann, f"/v1/journeys/{journey}/events", limit=3)
    assert [event["revision"] for event in events] == list(range(1, before + 2))
    assert events[0]["verb"] == "journey.created"
    last = events[-1]
    assert {name: last[name] for name in ("verb", "subject_kind", "subject_id", "version")} == {
        "verb": "stage.added", "subject_kind": "stage", "subject_id": stage, "version": 1,
    }  # fmt: skip
    assert last["actor"] == {"kind": "member", "member_id": str(org.admin.member_id)}
    assert last["at"].endswith("Z")


async def test_one_goes_on_after_the_last_one_known(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    path = f"/v1/journeys/{journey}/events"
    last = (await all_events(org.admin, path))[-1]["revision"]
    assert (await org.admin.read(f"{path}?after={last}"))["items"] == []
    await stage_of(org.admin, journey)
    news = (await org.admin.read(f"{path}?after={last}"))["items"]
    assert [event["revision"] for event in news] == [last + 1]
    first = await org.admin.read(f"{path}?after=1&limit=1")
    second = await org.admin.read(f"{path}?after=1&limit=1&cursor={first['next_cursor']}")
    assert [first["items"][0]["revision"], second["items"][0]["revision"]] == [2, 3]
    reply = await org.admin.get(f"{path}?after=2&cursor={first['next_cursor']}")
    assert reply.status_code == 400
    assert (await org.admin.get(f"{path}?after=-1")).status_code == 400


async def test_what_one_may_not_see_is_only_its_number(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    stage = await stage_of(org.admin, journey)
    ann = await org.member(Group.FRONTLINE_STAFF)
    peer = await org.member(Group.FRONTLINE_STAFF)
    back = await org.member(Group.SUPPORT_STAFF)
    boss = await org.member(Group.EXECUTIVE)
    sees = {"everyone": (ann, peer, back, boss), "my_group": (ann, peer), "private": (ann,)}
    sees["leadership"] = (ann, boss)
    path = f"/v1/journeys/{journey}/events"
    for visibility, readers in sees.items():
        body = {"subject_id": stage, "kind": "issue", "body": "x", "visibility": visibility}
        said = await ann.made("/v1/annotations", body)
        for reader in (ann, peer, back, boss):
            event = (await all_events(reader, path))[-1]
            assert event["revision"] > 1
            if reader in readers:
                assert event["subject_id"] == said["id"], visibility
            else:
                assert {event[name] for name in SUBJECT} == {None}, visibility


async def test_who_does_not_see_the_journey_gets_no_feed(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    draft = await org.journey(status="draft")
    ann = await org.member()
    for caller in (ann, other.admin):
        assert (await caller.get(f"/v1/journeys/{draft}/events")).status_code == 404
    assert await all_events(org.admin, f"/v1/journeys/{draft}/events")
    missing = await ann.get(f"/v1/journeys/{ann.member_id}/events")
    assert missing.status_code == 404


async def test_the_organization_tells_executives_and_administrators(world: World) -> None:
    org = await world.organization()
    boss = await org.member(Group.EXECUTIVE)
    leader = await org.member(Group.DECISION_MAKER)
    path = "/v1/organization/events"
    assert (await leader.get(path)).status_code == 403
    await org.admin.made("/v1/departments", {"name": "Care"})
    events = await all_events(boss, path, limit=7)
    assert events == await all_events(org.admin, path)
    assert [event["revision"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["verb"] == "organization.created"
    assert events[0]["actor"] == {"kind": "system", "member_id": None}
    assert events[-1]["verb"] == "department.created"
    foreign = (await org.admin.read(path + "?limit=1"))["next_cursor"]
    other = await world.organization()
    assert (await other.admin.get(f"{path}?limit=1&cursor={foreign}")).status_code == 400


async def test_what_hangs_on_a_hidden_word_is_hidden_with_it(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    stage = await stage_of(org.admin, journey)
    ann, peer = await org.member(Group.FRONTLINE_STAFF), await org.member(Group.FRONTLINE_STAFF)
    back = await org.member(Group.SUPPORT_STAFF)
    body = {"subject_id": stage, "kind": "issue", "body": "x", "visibility": "my_group"}
    said = await ann.made("/v1/annotations", body)
    await peer.made(f"/v1/annotations/{said['id']}/replies", {"body": "Yes."})
    assert (await peer.put(f"/v1/annotations/{said['id']}/support")).status_code == 200
    path = f"/v1/journeys/{journey}/events"
    seen = (await all_events(peer, path))[-3:]
    verbs = ["annotation.written", "reply.written", "support.given"]
    assert [event["verb"] for event in seen] == verbs
    unseen = (await all_events(back, path))[-3:]
    assert [event["revision"] for event in unseen] == [event["revision"] for event in seen]
    assert {event[name] for event in unseen for name in SUBJECT} == {None}


async def test_who_rated_stays_hidden(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    stage = await stage_of(org.admin, journey)
    touchpoint = await org.admin.made(f"/v1/stages/{stage}/touchpoints", {"name": "Wait"})
    ann = await org.member(Group.FRONTLINE_STAFF)
    path = f"/v1/touchpoints/{touchpoint['id']}/ratings/me"
    assert (await ann.put(path, {"emotional": 2})).status_code == 200
    rated = (await all_events(org.admin, f"/v1/journeys/{journey}/events"))[-1]
    assert rated["verb"] == "rating.given"
    assert rated["actor"] == {"kind": "hidden", "member_id": None}
