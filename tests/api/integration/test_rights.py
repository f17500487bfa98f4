"""Rights that change hands, that go, and that a token never had: no webhook tells more of them."""

from typing import Any

import pytest
from litestar import Litestar

from api.settings import Settings
from domain.roles import Group
from tests.api.identity.tokens import narrowed
from tests.api.integration.hooks import hooked, log_of, may_call_here, told, working
from tests.api.integration.receiver import Receiver, receiving
from tests.api.integration.test_seeing import restrict, say
from tests.world import Caller, World


@pytest.fixture(autouse=True)
def _here(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    may_call_here(app, monkeypatch)


async def bodies(caller: Caller, hook: dict[str, Any]) -> dict[str, str | None]:
    """What the log of a webhook shows somebody, by delivery."""
    log = await log_of(caller, hook)
    details = [await caller.read(f"/v1/webhook-deliveries/{one['id']}") for one in log]
    return {one["id"]: one["payload"] for one in details}


def heard(receiver: Receiver) -> str:
    return b"".join(one.body for one in receiver.received).decode()


def code(reply: Any) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def test_who_takes_a_webhook_over_has_nothing_of_what_other_eyes_saw(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    second = await org.member(administrator=True)
    async with (
        receiving() as first,
        receiving() as other,
        working(settings, org) as works,
    ):
        hook = await hooked(org.admin, first.url(), events=["annotation.written"])
        path = f"/v1/webhooks/{hook['id']}"
        open_one, shut = await org.journey(), await org.journey()
        await restrict(org.admin, shut)
        secrets = [
            await say(org.admin, shut),
            await say(org.admin, open_one, visibility="private"),
        ]
        both = await say(org.admin, open_one)
        await told(works)
        assert all(one in heard(first) for one in [*secrets, both])
        await org.admin.post(f"{path}/pause")
        waits = await say(org.admin, open_one)
        await told(works)
        mine = {"member_id": str(second.member_id), "url": other.url()}
        version = (await second.read(path))["version"]
        taken = await second.patch(path, mine, If_Match=f'"{version}"')
        assert taken.json()["health"]["pending"] == 0, taken.text
        await second.post(f"{path}/resume")
        shown = await bodies(second, hook)
        # What both see in the feed, both may see here; no more than that.
        assert sum(body is not None for body in shown.values()) == 2
        assert [
            one for one in secrets if one in "".join(body or "" for body in shown.values())
        ] == []
        for delivery, body in shown.items():
            again = await second.post(f"/v1/webhook-deliveries/{delivery}/redeliver")
            assert (again.status_code == 202) == (body is not None), again.text
            if body is None:
                assert code(again) == (409, "webhook_event_unseen")
        await told(works)
        said = {one["data"]["subject_id"] for one in other.told}
        assert said == {both, waits}


@pytest.mark.parametrize("paused", [False, True])
async def test_what_its_member_sees_no_longer_is_not_sent(
    world: World, settings: Settings, paused: bool
) -> None:
    org = await world.organization()
    ann = await org.member(Group.EXECUTIVE, administrator=True)
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(ann, receiver.url(), events=["annotation.written"])
        path = f"/v1/webhooks/{hook['id']}"
        shut, open_one = await org.journey(), await org.journey()
        before = await say(org.admin, shut)
        await told(works)
        assert before in heard(receiver)
        if paused:
            await ann.post(f"{path}/pause")
        for _ in range(9):
            await say(org.admin, shut)
        still = await say(org.admin, open_one)
        await works.feed.look()
        await restrict(org.admin, shut)
        if paused:
            await ann.post(f"{path}/resume")
        await told(works)
        assert {one["data"]["subject_id"] for one in receiver.told} == {before, still}
        assert len(await log_of(ann, hook, "&status=cancelled")) == 9
        assert (await ann.read(path))["health"]["pending"] == 0
        shown = [body for body in (await bodies(ann, hook)).values() if body]
        assert len(shown) == 1
        assert still in shown[0]
        oldest = (await log_of(ann, hook))[-1]
        again = await ann.post(f"/v1/webhook-deliveries/{oldest['id']}/redeliver")
        assert code(again) == (409, "webhook_event_unseen")


async def test_who_may_not_read_the_ledger_any_more_hears_nothing_of_it(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    ann = await org.member(Group.SUPPORT_STAFF, administrator=True)
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(ann, receiver.url(), events=["member.updated"])
        for administrator in (True, False):
            path = f"/v1/members/{ann.member_id}"
            version = (await org.admin.read(path))["version"]
            change = {"administrator": administrator, "title": f"Now {administrator}"}
            done = await org.admin.patch(path, change, If_Match=f'"{version}"')
            assert done.status_code == 200, done.text
            if administrator:
                await works.feed.look()
        await told(works)
        assert receiver.received == []
        assert (await log_of(org.admin, hook))[0]["status"] == "cancelled"


async def test_a_token_has_told_what_it_could_read_and_no_more(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    journey = await org.journey()
    narrow = await narrowed(org.admin, "administration")
    reads = await narrowed(org.admin, "administration", "read")
    wide = await narrowed(org.admin, "administration", "read", "ledger")
    everywhere = {"name": "Hook", "url": "https://1.1.1.1/hook"}
    one = everywhere | {"journey_id": str(journey)}
    for token, body, scope in ((narrow, one, "read"), (reads, everywhere, "ledger")):
        refused = await token.post("/v1/webhooks", body)
        assert code(refused) == (403, "scope_missing")
        assert f'scope="{scope}"' in refused.headers["www-authenticate"]
    assert (await reads.post("/v1/webhooks", one)).status_code == 201
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(wide, receiver.url(), events=["annotation.written", "member.joined"])
        path = f"/v1/webhooks/{hook['id']}"
        await say(org.admin, journey, visibility="private")
        await org.member()
        await told(works)
        assert len(receiver.received) == 2
        counts = [sum(map(bool, (await bodies(by, hook)).values())) for by in (narrow, reads, wide)]
        assert counts == [0, 1, 2]
        for line in await log_of(org.admin, hook):
            again = f"/v1/webhook-deliveries/{line['id']}/redeliver"
            assert code(await narrow.post(again)) == (403, "scope_missing")
        moved = {"url": receiver.url("/other")}
        for token, change in ((narrow, moved), (reads, moved), (narrow, {"events": []})):
            refused = await token.patch(path, change, If_Match='"1"')
            assert code(refused) == (403, "scope_missing")
            assert code(await token.post(f"{path}/resume")) == (403, "scope_missing")
        renamed = await narrow.patch(path, {"name": "Other"}, If_Match='"1"')
        assert renamed.status_code == 200, renamed.text
