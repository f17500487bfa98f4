"""Erasing who spoke for their group leaves no word, and no entry that would tell who it was."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from api.settings import Settings
from domain.ids import new_id
from domain.queries.identity.members import member
from domain.services.identity import erasure
from tests.api.identity.canary import etag, invited
from tests.api.identity.test_erasure import erase
from tests.api.records.evidence import as_owner, faults, traces
from tests.world import Caller, World, actor_of

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
LEFT = text(
    "SELECT hidden_author_id, author_salt, body, version FROM annotations WHERE id = :id"
    " UNION ALL SELECT hidden_author_id, author_salt, body, version FROM replies"
    " WHERE annotation_id = :id"
)


async def test_what_was_said_for_a_group_is_emptied_and_not_told(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    bird, word = canary.caller, canary.word
    journey = await org.journey(group_voice=True)
    say = {"subject_id": str(journey), "kind": "issue", "body": f"{word} says", "voice": "group"}
    said = await bird.made("/v1/annotations", say, Idempotency_Key="a")
    path = f"/v1/annotations/{said['id']}"
    assert (await bird.patch(path, {"body": f"{word} said"}, **etag(1))).status_code == 200
    await bird.made(f"{path}/replies", {"body": f"{word} goes on"})
    # What is kept for a repeat of somebody else's carries the words and not whose they are.
    ended = await org.admin.post(
        f"{path}/resolve", {"resolution": "fixed"}, Idempotency_Key="b", **etag(2)
    )
    assert word in ended.text
    events = f"/v1/journeys/{journey}/events?limit=100"
    before = (await org.admin.read(events))["items"]
    status, _ = await erase(org.admin, bird)
    assert status == 200
    assert (await org.admin.read(events))["items"] == before
    seen = await org.admin.read(path)
    assert (seen["body"], seen["body_html"], seen["version"]) == (None, None, 3)
    async with as_owner(settings) as owner:
        assert await traces(owner, word) == {}
        assert await faults(owner, org.id) == []
        left = (await owner.execute(LEFT, {"id": UUID(said["id"])})).all()
    assert [tuple(row) for row in left] == [(None, None, None, 3), (None, None, None, 1)]
    await assert_goes_on(org.admin, path)


async def assert_goes_on(admin: Caller, path: str) -> None:
    """A thread whose author was erased is still a thread."""
    again = await admin.post(f"{path}/reopen", **etag(3))
    assert (again.status_code, again.json()["body"]) == (200, None)
    replies = (await admin.read(f"{path}/replies"))["items"]
    assert [(one["body"], one["author_group"]) for one in replies] == [(None, "frontline_staff")]


async def test_who_waited_for_an_untold_erasure_writes_nothing_of_it_back(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    bird, word = await org.member(), f"word-{new_id()}"
    journey = await org.journey(group_voice=True)
    say = {"subject_id": str(journey), "kind": "issue", "body": word, "voice": "group"}
    said = await bird.made("/v1/annotations", say)
    path = f"/v1/annotations/{said['id']}"
    actor = actor_of(org.admin, org.id)
    async with world.database.transaction(org.id) as tx:
        version = (await member(tx, actor, bird.member_id))["version"]
        await erasure.erase(tx, actor, bird.member_id, version)
        hiding = asyncio.create_task(org.admin.post(f"{path}/hide", {"reason": "Rude."}, **etag(1)))
        while not await (await tx.driver()).fetchval(WAITING):
            assert not hiding.done()
    assert (await hiding).status_code == 200
    assert (await org.admin.read(path))["body"] is None
    async with as_owner(settings) as owner:
        assert await traces(owner, word) == {}
