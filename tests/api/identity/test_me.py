"""One's own account, and the organizations it is used in."""

from uuid import UUID

import pytest
from litestar import Litestar
from sqlalchemy import select

from domain.database import Transaction
from domain.facts import Verb
from domain.ids import new_id
from domain.models.identity.members import Member
from domain.models.records.ledger import Entry, Revision
from domain.roles import Group
from tests.api.identity.people import Door, Person, suspend
from tests.world import World, changed


async def second_organization(ada: Person) -> Person:
    """Ada founds another organization; she is signed in there."""
    return await ada.door.sign_up(email=ada.email, organization_name="Southern Geese")


async def renamings(app: Litestar, organization_id: str) -> list[str]:
    """The contents of the organization's entries about changed members."""
    async with app.state.database.transaction(UUID(organization_id)) as tx:
        session = await tx.session()
        found = await session.scalars(
            select(Revision.content)
            .join(
                Entry,
                (Entry.stream_id == Revision.stream_id) & (Entry.revision == Revision.revision),
            )
            .where(Entry.organization_id == UUID(organization_id), Entry.verb == "member.updated")
        )
        return list(found)


async def test_a_new_name_follows_into_every_organization(app: Litestar, ada: Person) -> None:
    south = await second_organization(ada)
    tag = (await ada.call("GET", "/v1/me")).headers["etag"]
    reply = await ada.call("PATCH", "/v1/me", {"name": "Ada Goose"}, If_Match=tag)
    assert reply.status_code == 200, reply.text
    assert (reply.json()["name"], reply.json()["version"]) == ("Ada Goose", 2)
    assert reply.headers["etag"] != tag
    for person in (ada, south):
        assert (await person.call("GET", "/v1/me")).json()["member"]["name"] == "Ada Goose"
        (told,) = await renamings(app, person.organization_id)
        assert '"name":"Ada Goose"' in told


async def test_a_new_name_follows_where_one_is_suspended_too(app: Litestar, ada: Person) -> None:
    south = await second_organization(ada)
    async with app.state.database.transaction(UUID(south.organization_id)) as tx:
        await suspend(tx, south)
    reply = await ada.call("PATCH", "/v1/me", {"name": "Ada Goose"}, If_Match='"1"')
    assert reply.status_code == 200, reply.text
    *_, told = sorted(await renamings(app, south.organization_id))
    assert '"name":"Ada Goose"' in told
    async with app.state.database.transaction(UUID(south.organization_id)) as tx:
        member = await tx.entity(Member, (UUID(south.organization_id), UUID(south.member_id)))
        assert member is not None
        assert (member.name, member.status) == ("Ada Goose", "suspended")


async def test_a_language_is_nobody_elses_business(app: Litestar, ada: Person) -> None:
    reply = await ada.call("PATCH", "/v1/me", {"language": "de-AT"}, If_Match='"1"')
    assert (reply.status_code, reply.json()["language"]) == (200, "de-AT")
    assert await renamings(app, ada.organization_id) == []
    same = await ada.call("PATCH", "/v1/me", {"language": "de-AT"}, If_Match='"2"')
    assert (same.status_code, same.json()["version"]) == (200, 2)


@pytest.mark.parametrize(
    ("body", "tag", "status"),
    [
        ({"name": "B"}, None, 428),
        ({"name": "B"}, '"0"', 412),
        ({"name": "B"}, "one", 400),
        ({"name": " "}, '"1"', 400),
        ({"name": None}, '"1"', 400),
        ({"language": "English"}, '"1"', 400),
        ({"email": "b@example.org"}, '"1"', 400),
        ({"administrator": True}, '"1"', 400),
    ],
)
async def test_what_does_not_change_an_account(
    ada: Person, body: dict[str, object], tag: str | None, status: int
) -> None:
    headers = {} if tag is None else {"If_Match": tag}
    reply = await ada.call("PATCH", "/v1/me", body, **headers)
    assert reply.status_code == status
    if status == 412:
        assert reply.headers["etag"] == '"1"'
    me = (await ada.call("GET", "/v1/me")).json()
    assert (me["version"], me["name"]) == (1, "Ada Gander")


async def test_the_tag_covers_all_that_is_shown(world: World) -> None:
    org = await world.organization()
    ann = await org.member(Group.FRONTLINE_STAFF)
    tag = (await ann.get("/v1/me")).headers["etag"]
    assert (await ann.get("/v1/me", If_None_Match=tag)).status_code == 304
    async with world.database.transaction(org.id) as tx:
        await promote(tx, org.id, ann.member_id)
    reply = await ann.get("/v1/me", If_None_Match=tag)
    assert (reply.status_code, reply.json()["member"]["group"]) == (200, "executive")
    assert reply.json()["version"] == 1


async def promote(tx: Transaction, organization_id: UUID, member_id: UUID) -> None:
    member = await tx.entity(Member, (organization_id, member_id))
    assert member is not None
    await changed(tx, member, Verb.MEMBER_UPDATED, group=Group.EXECUTIVE)


async def test_signing_in_leads_where_one_was_last(ada: Person) -> None:
    south = await second_organization(ada)
    assert (await ada.again()).organization_id == south.organization_id
    there = await ada.again(organization_id=ada.organization_id)
    assert there.organization_id == ada.organization_id
    assert (await ada.again()).organization_id == ada.organization_id
    assert {o["id"]: o["current"] for o in there.told["organizations"]} == {
        ada.organization_id: True,
        south.organization_id: False,
    }
    elsewhere = await ada.door.sign_in(ada.email, organization_id=str(new_id()))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (401, "sign_in_refused")


async def test_organizations_come_in_pages(ada: Person) -> None:
    south = await second_organization(ada)
    first = (await ada.call("GET", "/v1/me/organizations?limit=1")).json()
    path = f"/v1/me/organizations?limit=1&cursor={first['next_cursor']}"
    items = first["items"] + (await ada.call("GET", path)).json()["items"]
    assert [(o["id"], o["name"], o["member_id"], o["current"]) for o in items] == [
        (ada.organization_id, "Northern Geese", ada.member_id, True),
        (south.organization_id, "Southern Geese", south.member_id, False),
    ]
    wrong = await ada.call("GET", path.replace("me/organizations", "sessions"))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_cursor")


async def test_a_session_turns_to_another_organization(ada: Person) -> None:
    south = await second_organization(ada)
    before = ada.told["refresh_token"]
    body = {"organization_id": south.organization_id}
    reply = await ada.call("POST", "/v1/sessions/current/switch", body)
    assert reply.status_code == 200, reply.text
    ada.told = reply.json()
    assert ada.told["session"]["organization_id"] == south.organization_id
    assert ada.member_id == south.member_id
    me = (await ada.call("GET", "/v1/me")).json()
    assert me["organization"]["name"] == "Southern Geese"
    again = await ada.door.refresh(before)  # the reply may have been lost
    assert again.json()["refresh_token"] == ada.told["refresh_token"]
    onward = (await ada.door.refresh(ada.told["refresh_token"])).json()
    assert onward["session"]["organization_id"] == south.organization_id


async def test_nobody_turns_to_where_they_are_no_active_member(
    app: Litestar, door: Door, ada: Person
) -> None:
    bob, south = await door.sign_up(), await second_organization(ada)
    async with app.state.database.transaction(UUID(south.organization_id)) as tx:
        await suspend(tx, south)
    told = []
    for organization_id in (bob.organization_id, south.organization_id, str(new_id())):
        body = {"organization_id": organization_id}
        reply = await ada.call("POST", "/v1/sessions/current/switch", body)
        assert reply.status_code == 404
        told.append(reply.json() | {"request_id": ""})
    assert told[0] == told[1] == told[2]
    listed = (await ada.call("GET", "/v1/me/organizations")).json()["items"]
    assert [o["id"] for o in listed] == [ada.organization_id]
