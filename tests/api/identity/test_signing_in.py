"""Signing up, in and out."""

from uuid import UUID

import msgspec
import pytest
from litestar import Litestar

from api.settings import Settings
from domain.ids import new_id
from domain.roles import Group
from tests.api.identity.people import PASSWORD, Door, Person, suspend, together
from tests.world import World


async def test_whoever_signs_up_administers_what_they_founded(door: Door) -> None:
    ada = await door.sign_up(group="executive", device="A phone")
    me = (await ada.call("GET", "/v1/me")).json()
    assert me["email"] == ada.email
    assert me["member"]["administrator"] is True
    assert me["member"]["group"] == "executive"
    assert me["organization"] == {"id": ada.organization_id, "name": "Northern Geese"}
    assert me["department"] is None
    assert {"manage_members", "create_journey"} <= set(me["may"])
    assert "edit_journey" not in me["may"]  # it depends on the journey
    assert ada.told["session"]["device"] == "A phone"


async def test_signing_up_is_told_where_the_session_is(door: Door) -> None:
    body = {
        "organization_name": "O",
        "name": "A",
        "email": f"{new_id()}@example.org",
        "password": PASSWORD,
    }
    reply = await door.post("/v1/organizations", body)
    assert reply.headers["location"] == f"/v1/sessions/{reply.json()['session']['id']}"
    assert reply.json()["member"]["group"] == "decision_maker"


async def test_the_address_is_the_same_however_it_is_spelled(ada: Person) -> None:
    assert (await ada.door.sign_in(ada.email.upper())).status_code == 201
    taken = {"organization_name": "B", "name": "B", "email": ada.email.title()}
    wrong = await ada.door.post("/v1/organizations", taken | {"password": "another good one"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "sign_in_refused")


async def test_whoever_has_an_account_founds_another_organization_with_it(ada: Person) -> None:
    again = await ada.door.sign_up(email=ada.email, organization_name="Southern Geese")
    assert again.organization_id != ada.organization_id
    names = [o["name"] for o in again.told["organizations"] if not o["current"]]
    assert names == ["Northern Geese"]


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("email", "nobody", 400),
        ("email", "a@b", 400),
        ("name", " ", 400),
        ("organization_name", "", 400),
        ("group", "chief", 400),
        ("administrator", True, 400),
        ("password", "short", 400),
        ("password", "password", 422),
    ],
)
async def test_what_cannot_sign_up(door: Door, field: str, value: object, status: int) -> None:
    body = {
        "organization_name": "O",
        "name": "A",
        "email": f"{new_id()}@example.org",
        "password": PASSWORD,
        field: value,
    }
    reply = await door.post("/v1/organizations", body)
    assert reply.status_code == status
    assert [e["pointer"] for e in reply.json()["errors"]] == [f"#/{field}"]


async def test_two_who_sign_up_at_once_with_one_address_make_one_account(door: Door) -> None:
    body = {
        "organization_name": "O",
        "name": "A",
        "email": f"{new_id()}@example.org",
        "password": PASSWORD,
    }
    replies = await together(*(door.post("/v1/organizations", body) for _ in range(4)))
    statuses = [reply.status_code for reply in replies]
    assert 201 in statuses
    assert set(statuses) <= {201, 409}
    assert {r.json()["code"] for r in replies if r.status_code == 409} <= {"account_exists"}
    signed_in = (await door.sign_in(body["email"])).json()
    assert len(signed_in["organizations"]) == statuses.count(201)


async def test_signing_up_can_be_switched_off(app: Litestar, door: Door) -> None:
    before: Settings = app.state.settings
    app.state.settings = msgspec.structs.replace(before, sign_up=False)
    body = {"organization_name": "O", "name": "A", "email": "a@b.cd", "password": PASSWORD}
    try:
        reply = await door.post("/v1/organizations", body)
    finally:
        app.state.settings = before
    assert reply.status_code == 403
    assert "invite" in reply.json()["detail"]


async def test_unknown_wrong_and_suspended_are_told_the_same(world: World, door: Door) -> None:
    ada, bob = await door.sign_up(), await door.sign_up()
    async with world.database.transaction(UUID(bob.organization_id)) as tx:
        await suspend(tx, bob)
    told = []
    for email, password in (
        (f"{new_id()}@example.org", PASSWORD),
        (ada.email, "another good one"),
        (bob.email, PASSWORD),
        (bob.email, "another good one"),
    ):
        reply = await door.sign_in(email, password)
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"] == "Bearer"
        told.append(reply.json() | {"request_id": ""})
    assert all(one == told[0] for one in told)
    assert told[0]["code"] == "sign_in_refused"


async def test_a_suspended_member_neither_acts_nor_refreshes(world: World, ada: Person) -> None:
    assert await ada.is_in()
    async with world.database.transaction(UUID(ada.organization_id)) as tx:
        await suspend(tx, ada)
    assert not await ada.is_in()
    assert (await ada.door.refresh(ada.told["refresh_token"])).status_code == 401


async def test_signing_out_ends_the_session_at_once(ada: Person) -> None:
    phone = await ada.again(device="A phone")
    assert (await phone.call("DELETE", "/v1/sessions/current")).status_code == 204
    assert not await phone.is_in()
    assert (await phone.door.refresh(phone.told["refresh_token"])).status_code == 401
    assert (await phone.call("DELETE", "/v1/sessions/current")).status_code == 401
    assert await ada.is_in()


async def test_sessions_are_listed_newest_first_and_revoked_one_by_one(ada: Person) -> None:
    phone = await ada.again(device="A phone")
    listed = (await ada.call("GET", "/v1/sessions")).json()
    assert [(s["device"], s["current"]) for s in listed["items"]] == [
        ("A phone", False),
        ("", True),
    ]
    path = f"/v1/sessions/{phone.told['session']['id']}"
    assert (await ada.call("DELETE", path)).status_code == 204
    assert (await ada.call("DELETE", path)).status_code == 404
    assert not await phone.is_in()
    assert len((await ada.call("GET", "/v1/sessions")).json()["items"]) == 1


async def test_sessions_come_in_pages(ada: Person) -> None:
    for device in ("a", "b"):
        await ada.again(device=device)
    first = (await ada.call("GET", "/v1/sessions?limit=2")).json()
    rest = (await ada.call("GET", f"/v1/sessions?limit=2&cursor={first['next_cursor']}")).json()
    assert [s["device"] for s in first["items"] + rest["items"]] == ["b", "a", ""]
    assert rest["next_cursor"] is None


async def test_nobody_sees_or_ends_a_session_of_somebody_else(door: Door, ada: Person) -> None:
    bob = await door.sign_up()
    theirs = await bob.call("DELETE", f"/v1/sessions/{ada.told['session']['id']}")
    missing = await bob.call("DELETE", f"/v1/sessions/{new_id()}")
    assert theirs.status_code == missing.status_code == 404
    drop = {"request_id": "", "instance": ""}
    assert theirs.json() | drop == missing.json() | drop
    assert await ada.is_in()


async def test_a_member_of_no_importance_has_sessions_too(world: World) -> None:
    org = await world.organization()
    ann = await org.member(Group.FRONTLINE_STAFF)
    assert len((await ann.read("/v1/sessions"))["items"]) == 1
    me = await ann.read("/v1/me")
    assert "manage_members" not in me["may"]
    assert "create_journey" not in me["may"]
    assert "use_own_account" in me["may"]
