"""Reading the inbox: pages, filters, polling, marking; choosing what to hear; being forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import clock
from domain.models.inbox.notifications import Notification
from domain.models.inbox.preferences import Preference, Watch
from domain.roles import Group
from domain.talk import NotificationReason
from tests.api.inbox.telling import INBOX, inbox, reply, say, tell, watch
from tests.world import Caller, Org, World


async def told(org: Org, journey: UUID, ann: Caller, count: int) -> list[str]:
    """So many threads of Ann's, newest first, each with an answer that she hears of."""
    threads = [await say(ann, journey) for _ in range(count)]
    for thread in threads:
        await reply(org.admin, thread)
    await tell(org, journey)
    return threads[::-1]


@pytest.fixture
async def org(world: World) -> Org:
    return await world.organization()


@pytest.fixture
async def ann(org: Org) -> Caller:
    return await org.member(name="Ann Mill")


async def test_the_inbox_is_paged_and_narrowed(org: Org, ann: Caller) -> None:
    first, second = await org.journey(), await org.journey()
    threads = await told(org, second, ann, 2) + await told(org, first, ann, 3)
    threads = threads[2:] + threads[:2]
    found, cursor = list[str](), ""
    while True:
        page = await ann.read(f"{INBOX}?limit=2{cursor}")
        found += [one["subject"]["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == threads
    assert len(await inbox(ann, f"&journey={second}")) == 2
    assert await inbox(ann, "&reason=mention&reason=assigned") == []
    assert len(await inbox(ann, "&reason=mention&reason=reply")) == 5
    assert await inbox(ann, "&status=archived") == []
    refused = await ann.get(f"{INBOX}?cursor={page['next_cursor'] or 'x'}")
    assert refused.status_code == 400


async def test_asking_again_costs_nothing_until_something_happens(org: Org, ann: Caller) -> None:
    journey = await org.journey()
    (thread,) = await told(org, journey, ann, 1)
    for path in (INBOX, f"{INBOX}/count"):
        read = await ann.get(path)
        again = await ann.get(path, If_None_Match=read.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        await reply(org.admin, thread)
        await tell(org, journey)
        changed = await ann.get(path, If_None_Match=read.headers["etag"])
        assert changed.status_code == (200 if path == INBOX else 304)
    counted = await ann.read(f"{INBOX}/count")
    assert counted["unread"] == 1
    assert {"reason": "reply", "unread": 1} in counted["reasons"]
    assert len(counted["reasons"]) == len(NotificationReason)


async def test_many_are_marked_at_once(org: Org, ann: Caller) -> None:
    first, second = await org.journey(), await org.journey()
    await told(org, first, ann, 3)
    await told(org, second, ann, 2)
    lines = await inbox(ann)

    async def mark(**how: Any) -> tuple[int, int]:
        done = await ann.post(f"{INBOX}/mark", how)
        assert done.status_code == 200, done.text
        return done.json()["marked"], done.json()["unread"]

    assert await mark(ids=[lines[0]["id"], str(uuid4())], read=True) == (1, 4)
    assert await mark(journey_id=str(second), archived=True) == (2, 3)
    assert len(await inbox(ann, "&status=archived")) == 2
    assert await mark(reason="mention", read=True) == (0, 3)
    assert await mark(before=lines[-1]["last_at"], read=True) == (1, 2)
    assert await mark(read=True) == (2, 0)
    assert await mark(read=True) == (0, 0)
    assert await mark() == (0, 0)
    assert await mark(read=False) == (5, 5)
    assert len(await inbox(ann, "&status=unread")) == 5
    assert len(await inbox(ann, "&status=read")) == 0
    refused = await ann.post(f"{INBOX}/mark", {"read": False, "archived": True})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/read")


async def test_an_inbox_is_nobody_elses(org: Org, ann: Caller) -> None:
    journey = await org.journey()
    await told(org, journey, ann, 1)
    (line,) = await inbox(ann)
    other = await org.member()
    path = f"{INBOX}/{line['id']}"
    assert (await other.get(path)).status_code == 404
    assert (await other.patch(path, {"read": True})).status_code == 404
    done = await other.post(f"{INBOX}/mark", {"ids": [line["id"]], "read": True})
    assert done.json() == {"marked": 0, "unread": 0}
    assert (await ann.read(path))["read_at"] is None


async def test_what_is_watched_is_chosen_listed_and_given_up(org: Org, ann: Caller) -> None:
    journey = await org.journey(title="I ride")
    thread = await say(ann, journey)
    path = f"/v1/journeys/{journey}/watch"
    assert await ann.read(path) == {"level": "participating", "chosen": False, "chosen_at": None}
    await watch(ann, f"journeys/{journey}", "all")
    await watch(ann, f"annotations/{thread}", "none")
    chosen = await ann.read(path)
    assert (chosen["level"], chosen["chosen"]) == ("all", True)
    first, second = (await ann.read("/v1/me/watches?limit=1")), None
    second = await ann.read(f"/v1/me/watches?limit=1&cursor={first['next_cursor']}")
    assert first["items"][0]["subject"] == {"id": thread, "kind": "annotation"}
    assert second["items"][0]["journey"] == {"id": str(journey), "title": "I ride"}
    assert second["next_cursor"] is None
    await watch(ann, f"journeys/{journey}", None)
    assert (await ann.read(path))["chosen"] is False
    secret = await org.journey(restricted=True)
    assert (await ann.put(f"/v1/journeys/{secret}/watch", {"level": "all"})).status_code == 404
    hers = await say(org.admin, journey, visibility="private")
    assert (await ann.put(f"/v1/annotations/{hers}/watch", {"level": "all"})).status_code == 404
    assert (await ann.get(f"/v1/annotations/{hers}/watch")).status_code == 404


async def test_executives_hear_weekly_unless_they_choose(org: Org, ann: Caller) -> None:
    chief = await org.member(Group.EXECUTIVE)
    tuesday = datetime(2027, 3, 2, 9, tzinfo=UTC)
    with clock.replaced(lambda: tuesday):
        for one in (ann, chief):
            one.token = org.world.tokens.issue(one.principal)
        assert (await ann.read("/v1/me/preferences"))["digest"] == "off"
        assert (await chief.read("/v1/me/preferences"))["digest"] == "weekly"
        changed = await ann.patch("/v1/me/preferences", {"digest": "daily"})
        assert changed.json() == {
            "digest": "daily",
            "muted_reasons": [],
            "digest_due_at": "2027-03-03T08:00:00Z",
            "digest_sent_at": None,
        }
        kept = await chief.patch("/v1/me/preferences", {"muted_reasons": ["watching", "mention"]})
        assert kept.json()["digest_due_at"] == "2027-03-08T08:00:00Z"
        assert kept.json()["muted_reasons"] == ["mention", "watching"]
        none = await ann.patch("/v1/me/preferences", {"digest": "off"})
        assert none.json()["digest_due_at"] is None


async def test_erasing_a_member_leaves_nothing_of_their_inbox(org: Org, ann: Caller) -> None:
    journey = await org.journey()
    (thread,) = await told(org, journey, ann, 1)
    bob = await org.member(name="Bob Hill")
    await watch(bob, f"annotations/{thread}", "all")
    await watch(ann, f"journeys/{journey}", "all")
    await ann.patch("/v1/me/preferences", {"digest": "daily"})
    await reply(ann, thread)
    await tell(org, journey)
    (line,) = await inbox(bob)
    assert line["actor"]["name"] == "Ann Mill"
    path = f"/v1/members/{ann.member_id}"
    version = (await org.admin.read(path))["version"]
    erased = await org.admin.post(f"{path}/erase", None, If_Match=f'"{version}"')
    assert erased.status_code == 200, erased.text
    async with org.world.database.transaction(org.id) as tx:
        driver = await tx.driver()
        for model in (Notification, Watch, Preference):
            query = f"SELECT count(*) FROM {model.__tablename__} WHERE member_id = $1"
            assert await driver.fetchval(query, ann.member_id) == 0
    (line,) = await inbox(bob)
    assert line["actor"] == {"member_id": str(ann.member_id), "name": ""}
    assert line["sentence"].startswith("A former member replied")


async def test_what_is_told_late_has_the_time_at_which_it_happened(org: Org, ann: Caller) -> None:
    journey = await org.journey()
    (thread,) = await told(org, journey, ann, 1)
    before = datetime.now(UTC)
    await reply(org.admin, thread)
    after = datetime.now(UTC)
    with clock.replaced(lambda: after + timedelta(days=3)):
        await tell(org, journey)
    (line,) = await inbox(ann)
    assert before <= datetime.fromisoformat(line["last_at"]) <= after
