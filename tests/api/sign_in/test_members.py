"""Members whom a provider lets in: where they stand, what they may, and when it ends."""

import asyncio
import re
from typing import Any

import httpx
import pytest

from domain import ledger
from tests.api.sign_in.crooked import Crooked
from tests.api.sign_in.going import (
    Going,
    changed,
    code,
    let_in,
    link,
    provider_of,
    signed_in,
    visit,
)
from tests.world import Caller, Org

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
async def provider(org: Org, crooked: Crooked) -> dict[str, Any]:
    return await provider_of(org, crooked.issuer, joins=True, default_group="support_staff")


async def standing(org: Org, caller: Caller) -> tuple[str, str | None]:
    told = await org.admin.read(f"/v1/members/{caller.member_id}")
    return told["group"], told["department_id"]


async def test_group_and_department_follow_the_claims(org: Org, crooked: Crooked) -> None:
    desk, yard = [
        (await org.admin.made("/v1/departments", {"name": name}))["id"] for name in ("Desk", "Yard")
    ]
    provider = await provider_of(
        org,
        crooked.issuer,
        joins=True,
        group_claim="groups",
        group_map={"staff": "frontline_staff", "board": "executive"},
        department_claim="https://claims.example/unit",
        department_map={"D1": desk, "D2": yard},
    )
    unit = "https://claims.example/unit"
    told = {"groups": ["staff", "board", "other"], unit: "D1"}
    ann = await let_in(org, crooked, provider, **told)
    assert await standing(org, ann) == ("executive", desk)
    await let_in(org, crooked, provider, groups="staff", **{unit: ["D7", "D2"]})
    assert await standing(org, ann) == ("frontline_staff", yard)
    # Whoever has lost their group keeps none; a department stays until the claims name another.
    for who in ("ann", "bob"):
        back = await visit(org, crooked, provider, who, groups=["other"])
        assert code(back) == (403, "no_group")
    await changed(org, provider, default_group="support_staff")
    await let_in(org, crooked, provider, groups=["other"], **{unit: 7})
    assert await standing(org, ann) == ("support_staff", yard)
    events = (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    mine = [one for one in events if one["subject_id"] == str(ann.member_id)]
    assert [one["verb"] for one in mine] == ["member.joined", "member.updated", "member.updated"]
    assert {one["actor"]["kind"] for one in mine} == {"system"}


async def test_what_only_userinfo_says_counts_too(org: Org, crooked: Crooked) -> None:
    crooked.metadata["userinfo_endpoint"] = f"{crooked.issuer}/userinfo"
    crooked.userinfo |= {"sub": "ann", "name": "Ann Ortiz", "groups": ["board"]}
    settings = {"group_claim": "groups", "group_map": {"board": "executive"}}
    provider = await provider_of(org, crooked.issuer, joins=True, **settings)
    ann = await let_in(org, crooked, provider)
    assert (ann.name, (await standing(org, ann))[0]) == ("Ann Ortiz", "executive")


async def test_two_at_once_make_one_member(
    org: Org, crooked: Crooked, provider: dict[str, Any], elsewhere: httpx.AsyncClient
) -> None:
    ways = [await Going.away(org.world.http, org, provider) for _ in range(4)]
    for one in ways[::2]:
        one.http = elsewhere
    async with org.world.database.transaction(org.id) as tx:
        await ledger.lock_alone(tx, org.id)
        coming = [asyncio.create_task(one.back(crooked.code(one.url, "ann"))) for one in ways]
        while await (await tx.driver()).fetchval(WAITING) < len(ways):
            assert not any(one.done() for one in coming)
    replies = await asyncio.wait_for(asyncio.gather(*coming), 20)
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.json()["member"]["id"] for reply in replies}) == 1
    going = await Going.away(org.world.http, org, provider)
    brought = [crooked.code(going.url, "bob"), crooked.code(going.url, "bob")]
    replies = await asyncio.gather(*(going.back(one) for one in brought))
    assert sorted(reply.status_code for reply in replies) == [201, 401]


async def test_a_suspended_member_stays_out(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    ann = await let_in(org, crooked, provider)
    path = f"/v1/members/{ann.member_id}"
    reply = await org.admin.patch(path, {"status": "suspended"}, If_Match='"1"')
    assert reply.status_code == 200, reply.text
    assert code(await visit(org, crooked, provider)) == (403, "identity_unknown")
    assert (await ann.get("/v1/me")).status_code == 401


async def test_an_invitation_is_accepted_by_a_provider(
    org: Org, crooked: Crooked, caplog: pytest.LogCaptureFixture
) -> None:
    provider = await provider_of(org, crooked.issuer)
    offer = {"email": "ann@example.org", "name": "Ann", "group": "decision_maker"}
    await org.admin.made("/v1/invitations", offer | {"administrator": True})
    secret = re.findall(r"ts_inv_\S+", caplog.text)[-1]
    other = await org.world.organization()
    elsewhere = await provider_of(other, crooked.issuer)
    told = {"organization_id": str(other.id), "provider_id": elsewhere["id"], "invitation": secret}
    told["redirect_uri"] = elsewhere["redirect_uris"][0]
    reply = await org.world.http.post("/v1/sign-in/flows", json=told)
    assert code(reply) == (404, "invitation_gone")
    ways = [await Going.away(org.world.http, org, provider, invitation=secret) for _ in range(2)]
    ann = signed_in(
        org.world.http, org.world.tokens, await ways[0].back(crooked.code(ways[0].url, "ann"))
    )
    assert (ann.name, (await standing(org, ann))[0]) == ("Ann", "decision_maker")
    assert (await ann.get("/v1/invitations")).json()["items"][0]["status"] == "accepted"
    back = await ways[1].back(crooked.code(ways[1].url, "mallory"))
    assert code(back) == (404, "invitation_gone")
    assert (await let_in(org, crooked, provider)).member_id == ann.member_id


async def test_an_identity_is_one_members(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    fay, bob = await org.member(name="Fay"), await org.member(name="Bob")
    first = await link(fay, crooked, provider, "fay")
    assert (await link(fay, crooked, provider, "fay")).json()["id"] == first.json()["id"]
    assert code(await link(bob, crooked, provider, "fay")) == (409, "identity_taken")
    assert (await bob.delete(f"/v1/me/identities/{first.json()['id']}")).status_code == 404
    # What was begun to link signs nobody in, is nobody else's, and the other way about.
    going = await Going.to_link(fay, provider)
    refused = "provider_sign_in_refused"
    assert code(await going.back(crooked.code(going.url, "x"))) == (401, refused)
    going = await Going.to_link(fay, provider)
    assert code(await going.linked(bob, crooked.code(going.url, "x"))) == (422, "linking_refused")
    going = await Going.away(org.world.http, org, provider)
    assert code(await going.linked(fay, crooked.code(going.url, "x"))) == (422, "linking_refused")
    stranger = (await org.world.organization()).admin
    going = await Going.to_link(fay, provider)
    assert code(await going.linked(stranger, crooked.code(going.url, "x"))) == (
        422,
        "linking_refused",
    )
    assert (await fay.get("/v1/me")).status_code == 200


async def test_an_erased_member_is_known_to_no_provider(
    org: Org, crooked: Crooked, provider: dict[str, Any]
) -> None:
    ann = await let_in(org, crooked, provider, email="ann.canary@there.example")
    await Going.to_link(ann, provider)
    erased = await org.admin.post(f"/v1/members/{ann.member_id}/erase", If_Match='"1"')
    assert erased.status_code == 200, erased.text
    async with org.world.database.transaction(org.id) as tx:
        driver = await tx.driver()
        for table in ("identities", "sign_in_flows"):
            query = f"SELECT count(*) FROM {table} WHERE member_id = $1"
            assert await driver.fetchval(query, ann.member_id) == 0
    again = await let_in(org, crooked, provider)
    assert again.member_id != ann.member_id
