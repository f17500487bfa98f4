"""What a webhook is told is what its member's own feeds tell, and nothing else."""

from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from api.settings import Settings
from domain.facts import Verb
from domain.models.identity.members import Member
from domain.roles import Group
from domain.words import MemberKind
from tests.api.integration.contract import hold
from tests.api.integration.hooks import hooked, may_call_here, told, working
from tests.api.integration.receiver import receiving
from tests.world import Caller, Org, World, changed


@pytest.fixture(autouse=True)
def _here(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    may_call_here(app, monkeypatch)


async def say(by: Caller, subject: Any, **more: Any) -> str:
    said = {"subject_id": str(subject), "kind": "idea", "body": "So.", **more}
    return str((await by.made("/v1/annotations", said))["id"])


async def feeds(caller: Caller, journeys: list[UUID], since: str) -> set[tuple[str, int]]:
    """What the feeds of a member tell more of than a number: (stream, revision)."""
    found = set()
    for stream in ["organization", *(f"journeys/{journey}" for journey in journeys)]:
        reply = await caller.get(f"/v1/{stream}/events?limit=100")
        assert reply.status_code in (200, 403, 404)
        items = reply.json().get("items", ())
        told = [one for one in items if one["verb"] and one["at"] >= since]
        found |= {(stream.rsplit("/", 1)[-1], one["revision"]) for one in told}
    return found


async def restrict(owner: Caller, journey: UUID) -> None:
    path = f"/v1/journeys/{journey}"
    version = (await owner.read(path))["version"]
    done = await owner.patch(path, {"restricted": True}, If_Match=f'"{version}"')
    assert done.status_code == 200, done.text


async def staged(world: World, org: Org) -> tuple[list[UUID], set[str]]:
    """Journeys where everything happens, and the ids that the administrator must not hear of."""
    fay = await org.member(Group.FRONTLINE_STAFF, may_create_journeys=True)
    open_one = await org.journey(group_voice=True)
    shut, draft = await org.journey(owner=fay), await org.journey(owner=fay, status="draft")
    await restrict(fay, shut)
    away = await world.organization()
    elsewhere = await away.journey()
    secrets = {str(shut), str(draft), str(away.id), str(elsewhere)}
    await say(fay, open_one)
    await say(fay, open_one, voice="group")
    await say(org.admin, open_one, visibility="private")
    secrets |= {await say(fay, one) for one in (shut, draft)}
    secrets |= {await say(away.admin, elsewhere)}
    hidden = ({"visibility": "private"}, {"visibility": "my_group"})
    for more in hidden:
        thread = await say(fay, open_one, **more)
        reply = await fay.made(f"/v1/annotations/{thread}/replies", {"body": "Yes."})
        secrets |= {thread, str(reply["id"])}
    return [open_one, shut, draft], secrets


async def test_it_is_told_what_its_member_sees_and_never_more(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url())
        journeys, secrets = await staged(world, org)
        await told(works)
        expected = await feeds(org.admin, journeys, hook["created_at"])
        for got in receiver.received:
            hold(got)
        heard = [one["data"] for one in receiver.told]
        streams = [(one["journey_id"] or "organization", one["revision"]) for one in heard]
        assert len(streams) == len(set(streams))
        assert set(streams) == expected
        everything = b"".join(one.body for one in receiver.received).decode()
        assert [one for one in secrets if one in everything] == []
        spoken = [one for one in heard if one["actor"]["kind"] == "hidden"]
        assert len(spoken) == 1
        assert spoken[0]["actor"]["member_id"] is None


async def test_it_sees_with_the_eyes_of_a_service_member(world: World, settings: Settings) -> None:
    org = await world.organization()
    robot = await org.member(Group.SUPPORT_STAFF)
    async with world.database.transaction(org.id) as tx:
        member = await tx.entity(Member, (org.id, robot.member_id))
        assert member is not None
        await changed(tx, member, Verb.MEMBER_UPDATED, kind=MemberKind.SERVICE.value)
    async with receiving() as receiver, working(settings, org) as works:
        eyes = {"member_id": str(robot.member_id)}
        hook = await hooked(org.admin, receiver.url(), **eyes)
        journeys, _ = await staged(world, org)
        await told(works)
        # Of the organization's own ledger it is told nothing: it may not read it.
        assert all(one["data"]["journey_id"] for one in receiver.told)
        heard = {(one["data"]["journey_id"], one["data"]["revision"]) for one in receiver.told}
        assert heard == await feeds(robot, journeys, hook["created_at"])
        second = await org.member(administrator=True)
        log = (await second.read(f"/v1/webhooks/{hook['id']}/deliveries"))["items"]
        details = await second.read(f"/v1/webhook-deliveries/{log[0]['id']}")
        assert details["payload"] is not None


async def test_one_journey_and_some_kinds_only(world: World, settings: Settings) -> None:
    org = await world.organization()
    one, other = await org.journey(), await org.journey()
    async with receiving() as receiver, working(settings, org) as works:
        wanted = {"events": ["annotation.written"], "journey_id": str(one)}
        hook = await hooked(org.admin, receiver.url(), **wanted)
        said = await say(org.admin, one)
        await say(org.admin, other)
        await org.admin.put(f"/v1/annotations/{said}/reactions/heart")
        await told(works)
        assert [event["data"]["subject_id"] for event in receiver.told] == [said]
        second = await org.member(administrator=True)
        log = (await second.read(f"/v1/webhooks/{hook['id']}/deliveries"))["items"]
        # What somebody else's eyes have seen is for nobody else to read.
        details = await second.read(f"/v1/webhook-deliveries/{log[0]['id']}")
        assert details["payload"] is None


@pytest.mark.parametrize("waits", [False, True])
async def test_with_its_member_it_goes(world: World, settings: Settings, waits: bool) -> None:
    org = await world.organization()
    gone = await org.member(Group.EXECUTIVE, administrator=True)
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(gone, receiver.url(), events=["annotation.written"])
        if waits:
            await say(gone, await org.journey())
            await works.feed.look()
        path = f"/v1/members/{gone.member_id}"
        version = (await org.admin.read(path))["version"]
        left = await org.admin.patch(path, {"status": "suspended"}, If_Match=f'"{version}"')
        assert left.status_code == 200, left.text
        await (works.delivering.look() if waits else works.feed.look())
        await works.delivering.idle()
        found = await org.admin.read(f"/v1/webhooks/{hook['id']}")
        assert (found["status"], found["disabled_reason"]) == ("disabled", "owner_left")
        assert found["health"]["pending"] == 0
        assert receiver.received == []
        resumed = await org.admin.post(f"/v1/webhooks/{hook['id']}/resume")
        assert resumed.json()["code"] == "webhook_owner_left"
        await works.feed.look()
        # Whoever it belonged to has left: the administrators look after it now.
        (line,) = (await org.admin.read("/v1/me/notifications?reason=webhook"))["items"]
        assert line["verb"] == "webhook.disabled"
