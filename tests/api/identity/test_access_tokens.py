"""Access tokens: made once, good for less and not for longer than their member."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain import clock
from domain.queries.identity.access_tokens import find
from domain.queries.live.readers import Listening, standing
from domain.roles import Group
from tests.api.identity.tokens import made, narrowed, with_token
from tests.world import Caller, World, actor_of

FORM = re.compile(r"ts_token_[0-9a-f]{32}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}")


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def test_it_is_told_once_and_does_what_it_is_for(world: World) -> None:
    org = await world.organization()
    token = await made(org.admin, "read", "maps", name="Importer", expires_in_days=30)
    assert FORM.fullmatch(token["token"])
    assert token["token"].endswith(token["ending"])
    lives = datetime.fromisoformat(token["expires_at"]) - datetime.fromisoformat(
        token["created_at"]
    )
    assert (lives.days, token["status"], token["last_used_at"]) == (30, "active", None)
    robot = with_token(org.admin, token)
    await robot.read("/v1/members")
    await robot.made("/v1/personas", {"name": "Ada"})
    said = {"subject_id": str(await org.journey()), "kind": "idea", "body": "So."}
    refused = await robot.post("/v1/annotations", said)
    assert code(refused) == (403, "scope_missing")
    assert 'scope="voice"' in refused.headers["www-authenticate"]
    made_again = await org.admin.read(f"/v1/access-tokens/{token['id']}")
    (listed,) = (await org.admin.read("/v1/access-tokens"))["items"]
    assert listed == made_again
    assert "token" not in listed
    assert listed["last_used_at"] >= token["created_at"]
    assert listed | {"last_used_at": None} == {k: v for k, v in token.items() if k != "token"}


async def test_it_can_be_asked_what_it_is(world: World) -> None:
    org = await world.organization()
    narrow, account = await narrowed(org.admin, "read"), await narrowed(org.admin, "account")
    own = await org.admin.read("/v1/me")
    assert own["token"] is None
    found = await narrow.read("/v1/me")
    assert found["token"]["scopes"] == ["read"]
    assert found["email"] is None
    assert found["member"] == own["member"]
    assert set(found["may"]) < set(own["may"])
    assert (await account.read("/v1/me"))["email"] == own["email"]


async def test_a_demoted_member_has_a_demoted_token(world: World) -> None:
    org = await world.organization()
    ann = await org.member(administrator=True)
    robot = await narrowed(ann, "administration")
    await robot.made("/v1/departments", {"name": "Service"})
    await changed(org.admin, ann, administrator=False)
    reply = await robot.post("/v1/departments", {"name": "Yard"})
    assert code(reply) == (403, "forbidden")


async def test_what_is_over_is_over_at_once_in_every_process(
    world: World, elsewhere: httpx.AsyncClient
) -> None:
    org = await world.organization()
    ann = await org.member(Group.DECISION_MAKER)
    revoked, kept = await made(ann, "maps", "read"), await made(ann, "maps", "read")
    robots = [with_token(ann, token) for token in (revoked, kept)]
    robots += [replace(robot, http=elsewhere) for robot in robots]
    for robot in robots:
        await robot.made("/v1/personas", {"name": "Ada"})
    here = f"/v1/access-tokens/{revoked['id']}"
    again = await asyncio.gather(*(ann.delete(here) for _ in range(4)))
    ended = (await ann.read(here))["ended_at"]
    again.append(await ann.delete(here))
    assert {reply.status_code for reply in again} == {204}
    assert (await ann.read(here))["ended_at"] == ended
    good = [await can_write(robot) for robot in robots]
    assert good == [False, True, False, True]
    await changed(org.admin, ann, status="suspended")
    assert not any([await can_write(robot) for robot in robots])
    await changed(org.admin, ann, status="active")
    assert not any([await can_write(robot) for robot in robots])
    assert not any([(await robot.get("/v1/personas")).is_success for robot in robots[:2]])
    listed = (await ann.read("/v1/access-tokens?status=ended"))["items"]
    assert [one["end_reason"] for one in listed] == ["suspended", "revoked"]


async def test_it_expires(world: World) -> None:
    org = await world.organization()
    robot = await narrowed(org.admin, "maps")
    assert await can_write(robot)
    then = clock.now() + timedelta(days=90, seconds=1)
    with clock.replaced(lambda: then):
        reply = await robot.post("/v1/personas", {"name": "Ada"})
        assert code(reply) == (401, "unauthenticated")
    assert await can_write(robot)


async def test_who_listens_with_it_is_asked_for_its_term_too(world: World) -> None:
    org = await world.organization()
    token = await made(org.admin, "read")
    async with world.database.transaction(org.id) as tx:
        kept = await find(tx, actor_of(org.admin, org.id), UUID(token["id"]))
        assert kept is not None
        listening = [Listening(kept["session_id"], org.admin.member_id, org.id)]
        assert (await standing(tx, listening))[0].scopes == {"read"}
        for days, there in ((31, 1), (89, 1), (91, 0)):
            then = clock.now() + timedelta(days=days)
            with clock.replaced(lambda then=then: then):
                assert len(await standing(tx, listening)) == there


async def test_it_is_no_session(world: World) -> None:
    org = await world.organization()
    token = await made(org.admin, "account", "administration")
    robot = with_token(org.admin, token)
    sessions = (await org.admin.read("/v1/sessions"))["items"]
    assert [one["id"] for one in sessions] == [str(org.admin.principal.session_id)]
    for method, path, body in (
        ("POST", "/access-tokens", {"name": "More", "scopes": ["account"]}),
        ("POST", "/access-tokens", None),
        ("GET", "/access-tokens", None),
        ("DELETE", f"/access-tokens/{token['id']}", None),
        ("GET", "/sessions", None),
        ("DELETE", "/sessions/current", None),
        ("PATCH", "/me", {"name": "Eve"}),
        ("POST", f"/members/{org.admin.member_id}/erase", None),
        ("POST", "/invitations", {"email": "me@there.example", "group": "executive"}),
        ("POST", f"/invitations/{org.id}/resend", None),
        ("POST", "/identity-providers", {"name": "Mine"}),
        ("PATCH", f"/identity-providers/{org.id}", {"enabled": True}),
        ("DELETE", f"/identity-providers/{org.id}", None),
        ("POST", f"/identity-providers/{org.id}/test", None),
    ):
        assert code(await robot.call(method, f"/v1{path}", body)) == (403, "session_only")


async def test_it_makes_nobody_an_administrator(world: World) -> None:
    org = await world.organization()
    ann = await org.member()
    robot = await narrowed(org.admin, "administration", "read")
    await changed(robot, ann, title="Chief", administrator=False)
    path = f"/v1/members/{ann.member_id}"
    version = (await org.admin.read(path))["version"]
    reply = await robot.patch(path, {"administrator": True}, If_Match=f'"{version}"')
    assert code(reply) == (403, "session_only")
    await changed(org.admin, ann, administrator=True)


async def test_others_have_nothing_to_do_with_it(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    ann, ben = await org.member(), await org.member()
    token = await made(ann, "read")
    here = f"/v1/access-tokens/{token['id']}"
    of_ann = f"/v1/access-tokens?member_id={ann.member_id}"
    for stranger in (ben, other.admin):
        assert code(await stranger.get(here)) == (404, "not_found")
        assert code(await stranger.delete(here)) == (404, "not_found")
    assert code(await ben.get(of_ann)) == (403, "forbidden")
    assert code(await other.admin.get(of_ann)) == (404, "not_found")
    for_ann = {"name": "x", "scopes": ["read"], "member_id": str(ann.member_id)}
    assert code(await ben.post("/v1/access-tokens", for_ann)) == (403, "forbidden")
    for admin in (other.admin, org.admin):
        refused = await admin.post("/v1/access-tokens", for_ann)
        assert code(refused) == (422, "unknown_service_member")
    assert [one["id"] for one in (await org.admin.read(of_ann))["items"]] == [token["id"]]
    assert (await org.admin.delete(here)).status_code == 204
    assert not (await with_token(ann, token).get("/v1/personas")).is_success


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"scopes": []}, "#/scopes"),
        ({"scopes": ["everything"]}, "#/scopes/0"),
        ({"scopes": ["read", "read"]}, "#/scopes/1"),
        ({"expires_in_days": 0}, "#/expires_in_days"),
        ({"expires_in_days": 366}, "#/expires_in_days"),
        ({"name": " "}, "#/name"),
    ],
)
async def test_what_cannot_be_a_token(world: World, wrong: dict[str, Any], where: str) -> None:
    org = await world.organization()
    reply = await org.admin.post("/v1/access-tokens", {"name": "x", "scopes": ["read"]} | wrong)
    assert reply.status_code in (400, 422)
    assert [one["pointer"] for one in reply.json()["errors"]] == [where]


async def test_fifty_are_enough_and_two_at_once_do_not_make_more(world: World) -> None:
    org = await world.organization()
    wish = {"name": "x", "scopes": ["read"]}
    ids = [(await org.admin.made("/v1/access-tokens", wish))["id"] for _ in range(48)]
    at_once = await asyncio.gather(*(org.admin.post("/v1/access-tokens", wish) for _ in range(8)))
    assert sorted(reply.status_code for reply in at_once) == [201] * 2 + [409] * 6
    assert code(await org.admin.post("/v1/access-tokens", wish)) == (409, "too_many_tokens")
    assert (await org.admin.delete(f"/v1/access-tokens/{ids[0]}")).status_code == 204
    await org.admin.made("/v1/access-tokens", wish)


async def test_a_ticket_made_with_a_token_opens_no_more_than_the_token(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    for scopes, status in ((("account", "read"), 200), (("account", "maps"), 403)):
        robot = await narrowed(org.admin, *scopes)
        ticket = (await robot.post("/v1/stream-tickets")).json()["ticket"]
        path = f"/v1/journeys/{journey}/stream?ticket={ticket}"
        assert (await org.admin.http.get(path)).status_code == status


async def can_write(robot: Caller) -> bool:
    """Whether it may still make a persona; nobody knows it when not."""
    reply = await robot.post("/v1/personas", {"name": "Ada"})
    assert reply.status_code == 201 or code(reply) == (401, "unauthenticated")
    return reply.is_success


async def changed(admin: Caller, member: Caller, **changes: Any) -> None:
    path = f"/v1/members/{member.member_id}"
    version = (await admin.read(path))["version"]
    reply = await admin.patch(path, changes, If_Match=f'"{version}"')
    assert reply.status_code == 200, reply.text
