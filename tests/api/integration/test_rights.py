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


async def change(by: Caller, path: str, wanted: dict[str, Any]) -> Any:
    """Change what is there now."""
    version = (await by.read(path))["version"]
    done = await by.patch(path, wanted, If_Match=f'"{version}"')
    assert done.status_code == 200, done.text
    return done.json()


async def held_back(by: Caller, shown: dict[str, str | None]) -> None:
    """Exactly what is shown can be sent again."""
    for delivery, body in shown.items():
        again = await by.post(f"/v1/webhook-deliveries/{delivery}/redeliver")
        if body is not None:
            assert again.status_code == 202, again.text
        else:
            assert code(again) == (409, "webhook_event_unseen")


async def test_who_takes_a_webhook_over_has_nothing_of_what_other_eyes_saw(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    second = await org.member(administrator=True)
    async with receiving() as first, receiving() as other, working(settings, org) as works:
        hook = await hooked(org.admin, first.url(), events=["annotation.written"])
        path = f"/v1/webhooks/{hook['id']}"
        open_one, shut = await org.journey(), await org.journey()
        await restrict(org.admin, shut)
        private = await say(org.admin, open_one, visibility="private")
        secrets = [await say(org.admin, shut), private]
        both = await say(org.admin, open_one)
        await told(works)
        assert all(one in heard(first) for one in [*secrets, both])
        await org.admin.post(f"{path}/pause")
        waits = await say(org.admin, open_one)
        await works.feed.look()
        mine = {"member_id": str(second.member_id), "url": other.url()}
        assert (await change(second, path, mine))["health"]["pending"] == 0
        await second.post(f"{path}/resume")
        shown = await bodies(second, hook)
        everything = "".join(body or "" for body in shown.values())
        # What both see in the feed, both may see here; no more than that.
        assert [one in everything for one in (*secrets, both, waits)] == [False, False, True, True]
        await held_back(second, shown)
        await told(works)
        assert {one["data"]["subject_id"] for one in other.told} == {both, waits}


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
        shown = await bodies(ann, hook)
        (body,) = [body for body in shown.values() if body]
        assert still in body
        await held_back(ann, shown)


async def test_who_may_not_read_the_ledger_any_more_hears_nothing_of_it(
    world: World, settings: Settings
) -> None:
    org = await world.organization()
    ann = await org.member(Group.SUPPORT_STAFF, administrator=True)
    async with receiving() as receiver, working(settings, org) as works:
        hook = await hooked(ann, receiver.url(), events=["member.updated"])
        path = f"/v1/members/{ann.member_id}"
        await change(org.admin, path, {"title": "Nurse"})
        await works.feed.look()
        await change(org.admin, path, {"administrator": False})
        await told(works)
        assert receiver.received == []
        log = await log_of(org.admin, hook)
        assert {one["status"] for one in log} == {"cancelled"}


EVERYWHERE = {"name": "Hook", "url": "https://1.1.1.1/hook"}


async def test_a_token_has_told_what_it_could_read_and_no_more(world: World) -> None:
    org = await world.organization()
    narrow = await narrowed(org.admin, "administration")
    reads = await narrowed(org.admin, "administration", "read")
    one = EVERYWHERE | {"journey_id": str(await org.journey())}
    for token, body, scope in ((narrow, one, "read"), (reads, EVERYWHERE, "ledger")):
        refused = await token.post("/v1/webhooks", body)
        assert code(refused) == (403, "scope_missing")
        assert f'scope="{scope}"' in refused.headers["www-authenticate"]
    path = f"/v1/webhooks/{(await reads.made('/v1/webhooks', one))['id']}"
    wider = await reads.patch(path, {"journey_id": None}, If_Match='"1"')
    assert code(wider) == (403, "scope_missing")
    moves = ({"url": "https://1.0.0.1/other"}, {"events": ["annotation.written"]})
    for version, wanted in enumerate(moves, 1):
        refused = await narrow.patch(path, wanted, If_Match=f'"{version}"')
        assert code(refused) == (403, "scope_missing")
        await change(reads, path, wanted)
    assert code(await narrow.post(f"{path}/resume")) == (403, "scope_missing")
    assert (await change(narrow, path, {"name": "Other"}))["name"] == "Other"


async def test_a_token_is_shown_what_it_could_read(world: World, settings: Settings) -> None:
    org = await world.organization()
    scopes = ("administration", "read", "ledger")
    tokens = [await narrowed(org.admin, *scopes[:count]) for count in (1, 2, 3)]
    async with receiving() as receiver, working(settings, org) as works:
        kinds = ["annotation.written", "department.created"]
        hook = await hooked(tokens[-1], receiver.url(), events=kinds)
        await say(org.admin, await org.journey(), visibility="private")
        await org.admin.made("/v1/departments", {"name": "Kitchen"})
        await told(works)
        assert len(receiver.received) == 2
        counts = [sum(map(bool, (await bodies(by, hook)).values())) for by in tokens]
        assert counts == [0, 1, 2]
        for line in await log_of(org.admin, hook):
            again = f"/v1/webhook-deliveries/{line['id']}/redeliver"
            assert code(await tokens[0].post(again)) == (403, "scope_missing")
