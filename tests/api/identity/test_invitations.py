"""Inviting people, and joining with the secret from the letter."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain import clock
from domain.ids import new_id
from domain.roles import Group
from tests.world import Org, World

ACCEPT = "/v1/invitations/accept"
GOOD = "correct horse battery"


def address() -> str:
    return f"{new_id()}@Example.org"


def secrets_in(log: pytest.LogCaptureFixture) -> list[str]:
    """Every secret of an invitation that was mailed, the newest last."""
    return re.findall(r"ts_inv_\S+", log.text)


@contextmanager
def later(by: timedelta) -> Iterator[None]:
    at = datetime.now(UTC) + by
    with clock.replaced(lambda: at):
        yield


async def invite(org: Org, **more: Any) -> dict[str, Any]:
    body = {"email": address(), "name": "Noa", "group": "support_staff"} | more
    return await org.admin.made("/v1/invitations", body)


async def accept(org: Org, secret: str, **more: Any) -> httpx.Response:
    return await org.world.http.post(ACCEPT, json={"secret": secret, "password": GOOD} | more)


async def test_a_newcomer_joins_where_the_invitation_says(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    care = await org.admin.made("/v1/departments", {"name": "Care"})
    place = {"department_id": care["id"], "manager_id": str(org.admin.member_id), "title": "Agent"}
    invited = await invite(org, **place)
    (secret,) = secrets_in(caplog)
    assert secret.startswith(f"ts_inv_{org.id.hex}_")
    assert secret not in str(invited)
    reply = await accept(org, secret, name="Noa New")
    assert reply.status_code == 201, reply.text
    member = reply.json()
    assert reply.headers["location"] == f"/v1/members/{member['id']}"
    assert {name: member[name] for name in place} == place
    assert (member["name"], member["group"]) == ("Noa New", "support_staff")
    read = await org.admin.read(f"/v1/invitations/{invited['id']}")
    assert (read["status"], read["member_id"]) == ("accepted", member["id"])
    assert read["email"] == invited["email"] == invited["email"].lower()
    events = (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    assert [(e["verb"], e["actor"]["member_id"]) for e in events[-2:]] == [
        ("member.joined", None),
        ("invitation.accepted", member["id"]),
    ]
    session = {"email": invited["email"].upper(), "password": GOOD}
    assert (await world.http.post("/v1/sessions", json=session)).status_code == 201


async def test_somebody_with_an_account_joins_with_its_password(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    one, two = await world.organization(), await world.organization()
    invited = await invite(one)
    await invite(two, email=invited["email"])
    first, second = secrets_in(caplog)
    assert (await accept(one, first, name="Noa One")).status_code == 201
    wrong = await accept(two, second, password="not the password")
    assert wrong.status_code == 401
    joined = await accept(two, second, name="Somebody Else")
    assert joined.status_code == 201, joined.text
    assert joined.json()["name"] == "Noa One"


async def test_every_secret_that_opens_nothing_gets_one_answer(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    used, revoked, _ = [await invite(org) for _ in range(3)]
    of_used, of_revoked, of_expired = secrets_in(caplog)
    assert (await accept(org, of_used)).status_code == 201
    path = f"/v1/invitations/{revoked['id']}"
    assert (await org.admin.delete(path, If_Match='"1"')).status_code == 204
    assert (await org.admin.delete(path, If_Match='"2"')).status_code == 404
    used_path = f"/v1/invitations/{used['id']}"
    assert (await org.admin.delete(used_path, If_Match='"2"')).status_code == 409
    refused = [await accept(org, of_used), await accept(org, of_revoked)]
    with later(timedelta(days=14, seconds=1)):
        refused.append(await accept(org, of_expired))
    refused.append(await accept(org, of_used[:-1] + "x"))
    refused.append(await accept(org, of_used.replace("_inv_", "_reset_")))
    told = [(r.status_code, r.json()["code"], r.json()["detail"]) for r in refused]
    assert told == [(404, "invitation_gone", told[0][2])] * 5
    assert (await accept(org, of_expired)).status_code == 201


async def test_sent_again_only_the_new_secret_is_good(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    invited = await invite(org)
    path = f"/v1/invitations/{invited['id']}/resend"
    hasty = await org.admin.post(path)
    assert hasty.status_code == 429
    assert 1 <= int(hasty.headers["retry-after"]) <= 60
    with later(timedelta(minutes=2)):
        again = await org.admin.post(path)
        assert again.status_code == 200, again.text
        assert again.headers["etag"] == '"2"'
        assert again.json()["expires_at"] > invited["expires_at"]
        first, second = secrets_in(caplog)
        assert (await accept(org, first)).status_code == 404
        assert (await accept(org, second)).status_code == 201
        closed = await org.admin.post(path)
    assert (closed.status_code, closed.json()["code"]) == (409, "invitation_closed")


async def test_one_invitation_lets_one_person_in_however_often_it_is_used_at_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    await invite(org)
    (secret,) = secrets_in(caplog)
    replies = await asyncio.gather(*(accept(org, secret) for _ in range(4)))
    assert sorted(reply.status_code for reply in replies) == [201, 404, 404, 404]
    assert len((await org.admin.read("/v1/members"))["items"]) == 2


async def test_a_bad_password_makes_no_account(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    await invite(org)
    (secret,) = secrets_in(caplog)
    reply = await accept(org, secret, password="password")
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["pointer"] == "#/password"
    assert (await accept(org, secret)).status_code == 201


async def test_what_cannot_be_invited(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    ann = await org.member()
    invited = await invite(org)
    foreign = str(other.admin.member_id)
    for body, status, code in (
        ({"email": ann.email.upper()}, 409, "already_member"),
        ({"email": invited["email"].upper()}, 409, "invitation_pending"),
        ({"manager_id": foreign}, 422, "unknown_member"),
        ({"department_id": foreign}, 422, "unknown_department"),
        ({"email": "nobody"}, 400, "malformed"),
        ({"group": "boss"}, 400, "malformed"),
        ({"secret_hash": "x"}, 400, "malformed"),
    ):
        base = {"email": address(), "name": "Noa", "group": "executive"}
        reply = await org.admin.post("/v1/invitations", base | body)
        assert (reply.status_code, reply.json()["code"]) == (status, code), body


async def test_only_administrators_invite(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    boss = await org.member(Group.EXECUTIVE)
    invited = await invite(org)
    path = f"/v1/invitations/{invited['id']}"
    body = {"email": address(), "name": "Noa", "group": "executive"}
    assert (await boss.post("/v1/invitations", body)).status_code == 403
    assert (await boss.get("/v1/invitations")).status_code == 403
    for one in (path, f"/v1/invitations/{new_id()}"):
        assert (await boss.get(one)).status_code == 403
        assert (await boss.post(f"{one}/resend")).status_code == 403
        assert (await boss.delete(one, If_Match='"1"')).status_code == 403
    for reply in (
        await other.admin.get(path),
        await other.admin.post(f"{path}/resend"),
        await other.admin.delete(path, If_Match='"1"'),
    ):
        assert reply.status_code == 404
    assert (await org.admin.delete(path)).status_code == 428
    assert (await org.admin.delete(path, If_Match='"4"')).status_code == 412
    second = await invite(org)
    listed = await org.admin.read("/v1/invitations?status=pending&limit=1")
    assert [item["id"] for item in listed["items"]] == [second["id"]]
    rest = await org.admin.read(
        f"/v1/invitations?status=pending&limit=1&cursor={listed['next_cursor']}"
    )
    assert [item["id"] for item in rest["items"]] == [invited["id"]]
