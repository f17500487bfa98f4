"""Erasing a person leaves no word of theirs, and the ledger holds."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from api.settings import Settings
from domain import ledger
from domain.errors import Unauthenticated
from domain.ledger import Locked
from domain.roles import Group
from domain.services.identity import erasure
from domain.services.steps import annotating
from tests.api.identity.canary import PASSWORD, etag, invited, sing
from tests.api.records.evidence import as_owner, faults, traces
from tests.api.voices.scene import scene
from tests.world import Caller, Org, World

WRITTEN = {
    "accounts", "annotations", "idempotency_keys", "invitations", "members", "moments", "ratings",
    "replies", "revisions", "sessions",
}  # fmt: skip


async def erase(by: Caller, member: Caller, version: int = 1) -> tuple[int, dict[str, str]]:
    reply = await by.post(f"/v1/members/{member.member_id}/erase", **etag(version))
    return reply.status_code, reply.json()


async def test_an_erased_person_leaves_no_trace(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    bird, word = canary.caller, canary.word
    journey = await sing(canary)
    async with as_owner(settings) as owner:
        assert (await traces(owner, word)).keys() == WRITTEN
        status, told = await erase(org.admin, bird)
        assert status == 200, told
        assert (told["name"], told["status"], told["email"]) == ("", "erased", None)
        assert await traces(owner, word) == {}
        assert await faults(owner, org.id) == []
    assert (await bird.get("/v1/organization")).status_code == 401
    sign_in = {"email": bird.email, "password": PASSWORD}
    assert (await world.http.post("/v1/sessions", json=sign_in)).status_code == 401
    for path in (
        "/v1/directory",
        "/v1/members?status=erased",
        "/v1/invitations",
        f"/v1/annotations?journey={journey}&status=open&status=resolved&status=hidden",
        f"/v1/journeys/{journey}/events?limit=100",
        "/v1/organization/events?limit=100",
    ):
        reply = await org.admin.get(path)
        assert reply.status_code == 200, reply.text
        assert word not in reply.text.lower()


async def test_every_word_taken_away_is_in_the_ledger(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    journey = await sing(canary)
    before = (await org.admin.read(f"/v1/journeys/{journey}/events?limit=100"))["items"]
    await erase(org.admin, canary.caller)
    after = f"/v1/journeys/{journey}/events?limit=100&after={before[-1]['revision']}"
    news = (await org.admin.read(after))["items"]
    # Their own two annotations, one private; a note, a label, a reason on others'.
    verbs = sorted(event["verb"] or "" for event in news)
    # Of a hidden rating nothing is told: beside the others it would say whose it is.
    erased = ["annotation.erased"] * 4 + ["moment.erased"]
    assert verbs == ["", *erased, "reply.erased", "reply.erased"]
    told = (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    assert [event["verb"] for event in told[-2:]] == ["invitation.erased", "member.erased"]


async def test_what_the_person_is_elsewhere_stays(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org, other = await world.organization(), await world.organization()
    here = await invited(org, caplog)
    there = await invited(other, caplog, here.word)
    await sing(there)
    assert (await erase(org.admin, here.caller))[0] == 200
    assert (await here.caller.get("/v1/organization")).status_code == 401
    kept = await there.caller.read(f"/v1/members/{there.caller.member_id}")
    assert kept["name"] == there.caller.name
    async with as_owner(settings) as owner:
        left = await traces(owner, here.word)
        assert left.keys() == WRITTEN
        assert left["members"] == 1
        assert (await erase(other.admin, there.caller))[0] == 200
        assert await traces(owner, here.word) == {}
        assert await faults(owner, other.id) == []


async def test_somebody_erased_may_be_invited_anew(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org, other = await world.organization(), await world.organization()
    first = await invited(org, caplog)
    await invited(other, caplog, first.word)
    await erase(org.admin, first.caller)
    again = await invited(org, caplog, first.word)
    assert again.caller.member_id != first.caller.member_id
    assert (await again.caller.get("/v1/organization")).status_code == 200


async def test_members_erase_themselves(world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    status, told = await erase(ann, ann)
    assert (status, told["status"]) == (200, "erased")
    assert (await ann.get("/v1/organization")).status_code == 401
    path = f"/v1/members/{ann.member_id}"
    assert (await org.admin.patch(path, {"title": "x"}, **etag(2))).status_code == 409
    status, told = await erase(org.admin, ann, 2)
    assert (status, told["code"]) == (409, "member_erased")


async def test_what_is_said_meanwhile_is_not_left_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await world.organization()
    ann, journey = await org.member(), await org.journey()
    said = {"subject_id": str(journey), "kind": "issue", "body": "Too late."}
    await ann.made("/v1/annotations", said)

    async def none_yet(*_: object) -> list[UUID]:
        return []

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "journeys_with_words", none_yet)
        status, told = await erase(org.admin, ann)
    assert (status, told["code"]) == (409, "underway")
    assert (await erase(org.admin, ann))[0] == 200


async def test_the_reason_of_a_leader_who_goes_by_name_is_erased_with_an_entry(
    world: World,
) -> None:
    place = await scene(world)
    boss = place[Group.EXECUTIVE]
    away = {"abstained": True, "abstention_reason": "I was away."}
    path = f"/v1/touchpoints/{place.touchpoint}/ratings"
    assert (await boss.put(f"{path}/me", away)).status_code == 200
    assert (await erase(place.owner, boss))[0] == 200
    assert (await place.verbs())[-2:] == ["rating.given", "rating.erased"]
    assert (await place.owner.read(path))["named"][0]["abstention_reason"] == ""


async def test_what_is_being_said_is_waited_for_and_erased(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = await scene(world)
    ann, written = place[Group.FRONTLINE_STAFF], ledger.write
    erasing: list[asyncio.Task[Any]] = []

    async def write(*given: Any) -> Locked:
        erasing.append(asyncio.create_task(erase(place.owner, ann)))
        await asyncio.wait(erasing, timeout=0.5)
        return await written(*given)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "write", write)
        said = await place.say(ann, body="Just in time.")
    assert (await erasing[0])[0] == 200
    assert (await place.owner.read(f"/v1/annotations/{said['id']}"))["body"] is None


@pytest.mark.parametrize("ending", ["suspended", "erased"])
async def test_who_was_active_when_the_request_began_says_nothing_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    place = await scene(world)
    ann, enter_of = place[Group.FRONTLINE_STAFF], annotating.enter_of
    before = await place.revision()

    async def end() -> None:
        path = f"/v1/members/{ann.member_id}"
        if ending == "erased":
            reply = await place.owner.post(f"{path}/erase", **etag(1))
        else:
            reply = await place.owner.patch(path, {"status": "suspended"}, **etag(1))
        assert reply.status_code == 200, reply.text

    async def late(*given: Any) -> Any:
        await asyncio.create_task(end())
        return await enter_of(*given)

    monkeypatch.setattr(annotating, "enter_of", late)
    said = {"subject_id": str(place.touchpoint), "kind": "issue", "body": "Too late."}
    assert (await ann.post("/v1/annotations", said)).status_code == 401
    assert await place.revision() == before
    with pytest.raises(Unauthenticated):
        await place.org.journey(owner=ann)


async def refused(org: Org, by: Caller, member: Caller) -> str:
    status, told = await erase(by, member)
    assert status == 403, told
    assert (await org.admin.read(f"/v1/members/{member.member_id}"))["status"] == "active"
    return told["detail"]


async def test_who_may_not_be_erased_and_by_whom(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    ann, boss = await org.member(), await org.member(Group.EXECUTIVE)
    await refused(org, boss, ann)
    assert "last administrator" in await refused(org, org.admin, org.admin)
    await org.journey(owner=ann)
    assert "owns a journey" in await refused(org, org.admin, ann)
    assert (await erase(other.admin, ann))[0] == 404
    path = f"/v1/members/{boss.member_id}/erase"
    assert (await org.admin.post(path)).status_code == 428
    assert (await org.admin.post(path, **etag(9))).status_code == 412
