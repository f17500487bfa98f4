"""Webhooks: told what happens, signed, once each, and the log of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar
from standardwebhooks import Webhook

from api.settings import Settings
from domain.ids import new_id
from domain.roles import Group
from domain.services.integration.sending import AT_ONCE
from tests.api.integration.contract import documented_verifier, hold
from tests.api.integration.hooks import hooked, log_of, may_call_here, told, working
from tests.api.integration.receiver import Received, receiving
from tests.world import Caller, World


@pytest.fixture(autouse=True)
def _here(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    may_call_here(app, monkeypatch)


def verified(secret: str, got: Received) -> Any:
    """The body, if it is what the document describes and is signed with the secret.

    The reference library says so, and the code that receivers are told to verify with.
    """
    hold(got)
    verify = documented_verifier()
    assert verify(secret, got.headers, got.body)
    assert not verify(secret, got.headers, got.body + b" ")
    assert not verify(secret, got.headers | {"webhook-id": str(new_id())}, got.body)
    return Webhook(secret).verify(got.body.decode(), got.headers)


async def annotated(caller: Caller, journey_id: Any, body: str = "So.") -> str:
    """Something said about a journey."""
    said = {"subject_id": str(journey_id), "kind": "idea", "body": body}
    return str((await caller.made("/v1/annotations", said))["id"])


async def test_what_happens_is_told_signed_and_once(world: World, settings: Settings) -> None:
    org = await world.organization()
    journey_id = await org.journey()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url(), events=["annotation.written"])
        assert hook["secret"].startswith("whsec_")
        said = await annotated(org.admin, journey_id, "Nobody greets them.")
        assert receiver.received == []
        await told(works)
        await told(works)
        (got,) = receiver.received
        feed = await org.admin.read(f"/v1/journeys/{journey_id}/events?limit=100")
        (listed,) = [one for one in feed["items"] if one["verb"] == "annotation.written"]
        here = {"organization_id": str(org.id), "journey_id": str(journey_id)}
        assert listed["subject_id"] == said
        assert verified(hook["secret"], got) == {
            "type": "annotation.written",
            "timestamp": listed["at"],
            "data": listed | here | {"webhook_id": hook["id"]},
        }
        assert "Nobody" not in got.body.decode()


async def test_the_log_tells_what_was_sent_and_what_came_of_it(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url(), events=["journey.created"])
        await org.journey()
        await told(works)
        (got,) = receiver.received
        (line,) = await log_of(org.admin, hook)
        assert (line["id"], line["status"], line["attempt_count"]) == (got.id, "delivered", 1)
        details = await org.admin.read(f"/v1/webhook-deliveries/{got.id}")
        assert details["payload"].encode() == got.body
        (attempt,) = details["attempts"]
        assert (attempt["status_code"], attempt["error"], attempt["asked_by"]) == (204, None, None)
        health = (await org.admin.read(f"/v1/webhooks/{hook['id']}"))["health"]
        assert (health["pending"], health["failing_since"]) == (0, None)
        assert health["delivered_at"] == attempt["at"]


async def test_a_ping_goes_the_same_way(world: World, settings: Settings) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url())
        asked = await org.admin.post(f"/v1/webhooks/{hook['id']}/ping")
        assert asked.status_code == 202, asked.text
        await told(works)
        (got,) = [one for one in receiver.received if one.told["type"] == "webhook.ping"]
        assert asked.headers["location"] == f"/v1/webhook-deliveries/{got.id}"
        assert verified(hook["secret"], got)["data"] == {
            "organization_id": str(org.id),
            "webhook_id": hook["id"],
        }
        details = await org.admin.read(asked.headers["location"])
        assert details["attempts"][0]["asked_by"] == str(org.admin.member_id)


async def test_an_old_secret_signs_beside_the_new_one_for_a_day(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url(), events=["member.joined"])
        path = f"/v1/webhooks/{hook['id']}"
        turned = await org.admin.post(f"{path}/rotate-secret", If_Match='"1"')
        assert turned.status_code == 200, turned.text
        fresh = turned.json()["secret"]
        assert fresh != hook["secret"]
        for later, signatures in ((timedelta(), 2), (timedelta(days=1, minutes=1), 1)):
            await org.admin.post(f"{path}/ping")
            await told(works, later)
            got = receiver.received.pop()
            assert len(got.headers["webhook-signature"].split(" ")) == signatures
            if signatures == 2:
                verified(hook["secret"], got)
                verified(fresh, got)
        assert "secret" not in await org.admin.read(path)


async def test_paused_events_wait_and_go_out_in_order(world: World, settings: Settings) -> None:
    org = await world.organization()
    journey_id = await org.journey()
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(org.admin, receiver.url(), events=["annotation.written"])
        path = f"/v1/webhooks/{hook['id']}"
        assert (await org.admin.post(f"{path}/pause")).json()["status"] == "paused"
        said = [await annotated(org.admin, journey_id) for _ in range(9)]
        await told(works)
        await told(works, timedelta(days=3))
        assert receiver.received == []
        assert (await org.admin.read(path))["health"]["pending"] == 9
        assert (await org.admin.post(f"{path}/ping")).json()["code"] == "webhook_not_active"
        assert (await org.admin.post(f"{path}/resume")).json()["status"] == "active"
        await told(works)
        found = [one["data"]["subject_id"] for one in receiver.told]
        few = [(0, AT_ONCE), (AT_ONCE, 2 * AT_ONCE), (2 * AT_ONCE, 9)]
        assert [set(found[a:b]) for a, b in few] == [set(said[a:b]) for a, b in few]


async def test_only_who_manages_them_and_only_with_their_own_eyes(world: World) -> None:
    org = await world.organization()
    second = await org.member(Group.EXECUTIVE, administrator=True)
    hook = await hooked(org.admin, "https://1.1.1.1/hook")
    path = f"/v1/webhooks/{hook['id']}"
    body = {"name": "Hook", "url": "https://1.1.1.1/", "member_id": str(org.admin.member_id)}
    assert (await second.post("/v1/webhooks", body)).status_code == 403
    taken = await second.patch(path, {"url": "https://1.0.0.1/mine"}, If_Match='"1"')
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (403, "#/member_id")
    renamed = await second.patch(path, {"name": "Other"}, If_Match='"1"')
    assert renamed.json()["name"] == "Other"
    own = {"url": "https://1.0.0.1/mine", "member_id": str(second.member_id)}
    assert (await second.patch(path, own, If_Match='"2"')).json()["url"] == own["url"]
    wrong = await org.admin.post("/v1/webhooks", body | {"events": ["journey.exploded"]})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "#/events/0")
    assert "annotation.written" in json.dumps(wrong.json())
    gone = await second.delete(path, If_Match='"3"')
    assert gone.status_code == 204
    assert (await second.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status", "place", "says"),
    [
        ({"events": ["annotation.written"] * 2}, 422, "#/events/1", "stands here twice"),
        ({"url": "https://127.0.0.1/a hook"}, 400, "#/url", "without spaces"),
        ({"url": "ftp://127.0.0.1/"}, 400, "#/url", "begins with https://"),
        ({"member_id": str(new_id())}, 422, "#/member_id", "no such active member"),
    ],
)
async def test_what_is_wrong_with_it_is_said_where_it_stands(
    world: World, wrong: dict[str, Any], status: int, place: str, says: str
) -> None:
    admin = (await world.organization()).admin
    body = {"name": "Hook", "url": "HTTPS://127.0.0.1/hook"}
    made = await admin.made("/v1/webhooks", body)
    replies = [await admin.post("/v1/webhooks", body | wrong)]
    replies.append(await admin.patch(f"/v1/webhooks/{made['id']}", wrong, If_Match='"1"'))
    for reply in replies:
        (error,) = reply.json()["errors"]
        assert (reply.status_code, error["pointer"]) == (status, place)
        assert says in error["detail"]
