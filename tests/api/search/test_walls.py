"""Searching shows nobody more than lists do, and crosses no organization."""

from collections.abc import AsyncIterator
from itertools import product
from typing import Any
from urllib.parse import quote

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.embedded.cluster import Cluster
from api.embedded.roles import APP, WORKER
from domain.ids import new_id
from domain.roles import Group
from tests.api.findings.finding_scene import add
from tests.api.search.searching import found, search
from tests.api.voices.scene import Scene, etag, scene
from tests.cluster import connected
from tests.world import Caller, World

STATES = ("open", "resolved", "withdrawn", "hidden")
# What nobody but its author sees is resolved and hidden by nobody.
STATES_OF = {
    "everyone": STATES,
    "my_group": ("open", "withdrawn", "hidden"),
    "leadership": ("open", "resolved", "withdrawn"),
    "private": ("open", "withdrawn"),
}
ASK = (
    "SELECT * FROM search($1, $2, 'executive', '{}', '''lantern'':*', '{lantern}',"
    " '{}'::jsonb, 300)"
)
ASK_RESULTS = (
    "SELECT * FROM search_results($1, $2, 'executive', '{}', '''lantern'':*', '{}'::jsonb, 300)"
)


async def into(
    place: Scene, said: dict[str, Any], author: Caller, moderator: Caller, state: str
) -> None:
    """Bring a thread into a state."""
    path = f"/v1/annotations/{said['id']}"
    body: dict[str, Any] | None
    who, verb, body = {
        "open": (author, "", None),
        "resolved": (place.owner, "/resolve", {"resolution": "fixed"}),
        "withdrawn": (author, "/withdraw", None),
        "hidden": (moderator, "/hide", {"reason": "Rude."}),
    }[state]
    if verb:
        reply = await who.post(path + verb, body, **etag(1))
        assert reply.status_code == 200, reply.text


async def listed(who: Caller, place: Scene, state: str) -> set[str]:
    """What a list shows with its words."""
    path = f"/v1/annotations?limit=100&journey={place.journey}&status={state}"
    return {item["id"] for item in (await who.read(path))["items"] if item["body"]}


async def test_whoever_reads_finds_what_a_list_shows_them_with_its_words(world: World) -> None:
    place = await scene(world)
    author = await place.org.member(Group.SUPPORT_STAFF)
    moderator = await place.moderator()
    for visibility, states in STATES_OF.items():
        for state in states:
            said = await place.say(author, visibility=visibility, body=f"lantern {state}")
            await into(place, said, author, moderator, state)
    readers = [*place.people.values(), author, place.owner, moderator]
    for reader, state in product(readers, STATES):
        shown = await listed(reader, place, state)
        assert await found(reader, "lantern", status=state) == shown, (reader.name, state)
        assert (reader is author) <= (len(shown) > 1)
    for reader in readers:
        shown = await listed(reader, place, "open") | await listed(reader, place, "resolved")
        assert await found(reader, "lantern") == shown, reader.name


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"restricted": True}])
async def test_a_journey_that_is_not_for_all_is_found_by_its_grantees(
    world: World, fields: dict[str, Any]
) -> None:
    place = await scene(world, title="Lantern", **fields)
    await place.say(place.owner, body="lantern")
    stage = await place.owner.made(f"/v1/journeys/{place.journey}/stages", {"name": "S"})
    path = f"/v1/stages/{stage['id']}/touchpoints"
    touchpoint = await place.owner.made(path, {"name": "Lantern"})
    await place.owner.made(f"/v1/touchpoints/{touchpoint['id']}/moments", {"stakes": "lantern"})
    moderator = await place.moderator()
    for group in Group:
        page = await search(place[group], "lantern")
        assert page["items"] == []
        assert page["facets"]["kinds"] == page["facets"]["journeys"] == []
    assert len(await found(moderator, "lantern")) == len(await found(place.owner, "lantern")) == 4


async def test_what_was_removed_is_not_found_but_what_was_said_about_it_is(world: World) -> None:
    place = await scene(world)
    stage = await place.owner.made(f"/v1/journeys/{place.journey}/stages", {"name": "S"})
    path = f"/v1/stages/{stage['id']}/touchpoints"
    ids = [(await place.owner.made(path, {"name": "Lantern"}))["id"] for _ in range(2)]
    moments = [
        (await place.owner.made(f"/v1/touchpoints/{one}/moments", {"stakes": "lantern"}))["id"]
        for one in ids
    ]
    said = await place.say(place.owner, subject_id=ids[0], body="lantern")
    persona = await place.owner.made("/v1/personas", {"name": "Lantern"})
    everything = {*ids, *moments, said["id"], persona["id"]}
    assert await found(place.owner, "lantern") == everything
    for gone, where, version in (
        ({ids[0], moments[0]}, f"/v1/touchpoints/{ids[0]}", 1),
        ({ids[1], moments[1]}, f"/v1/stages/{stage['id']}", 1),
        ({persona["id"]}, f"/v1/personas/{persona['id']}", 1),
    ):
        reply = await place.owner.delete(where, **etag(version))
        assert reply.status_code == 204, reply.text
        everything -= gone
        assert await found(place.owner, "lantern") == everything
    assert everything == {said["id"]}


async def test_no_organization_finds_what_another_said(world: World) -> None:
    place, elsewhere = await scene(world), await world.organization()
    await place.say(place.owner, body="lantern")
    assert await found(elsewhere.admin, "lantern") == set()
    assert await found(elsewhere.admin, "lantern", journey=place.journey) == set()


@pytest.fixture
async def application(cluster: Cluster) -> AsyncIterator[asyncpg.Connection]:
    """The application's own role on the database."""
    async with connected(cluster.url(APP)) as connection:
        yield connection


@pytest.mark.parametrize("setting", ["", "another"])
async def test_the_function_refuses_any_organization_but_the_one_that_is_set(
    world: World, application: asyncpg.Connection, setting: str
) -> None:
    place = await scene(world)
    await place.say(place.owner, body="lantern")
    await add(place, place.owner, text="lantern")
    me = place.owner.member_id
    other = new_id() if setting else ""
    await application.execute(f"SET touchstone.organization_id = '{other}'")
    for ask in (ASK, ASK_RESULTS):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await application.fetch(ask, place.org.id, me)
    await application.execute(f"SET touchstone.organization_id = '{place.org.id}'")
    for ask in (ASK, ASK_RESULTS):
        assert len(await application.fetch(ask, place.org.id, me)) == 1


@pytest.mark.parametrize("ask", [ASK, ASK_RESULTS])
async def test_nobody_else_may_ask_the_function(cluster: Cluster, ask: str) -> None:
    async with connected(cluster.url(WORKER)) as worker:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await worker.fetch(ask, new_id(), new_id())


QUERIES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
    st.text("ab'\"\\:*&|!()<->- \t\u200f\u202e\u05d0\U0001f600\u0301", max_size=60),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(QUERIES)
async def test_whatever_is_asked_is_answered(world: World, q: str) -> None:
    who = world.organizations[0].admin if world.organizations else None
    who = who or (await scene(world)).owner
    reply = await who.get(f"/v1/search?q={quote(q)}")
    if not any(map(str.isalnum, q)):
        assert reply.status_code == 400, reply.text
    else:
        assert reply.status_code in (200, 400), reply.text
    if reply.status_code == 400:
        assert reply.json()["errors"][0]["parameter"] == "q"


async def test_who_spoke_for_their_group_is_found_by_nobodys_name(world: World) -> None:
    place = await scene(world, group_voice=True)
    author, other = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    said = await place.say(author, voice="group", visibility="private", body="lantern")
    assert await found(author, "lantern") == {said["id"]}
    assert await found(other, "lantern") == set()
    told = await place.say(author, voice="group", body="beacon")
    reply = {"body": "signal", "voice": "group"}
    await author.made(f"/v1/annotations/{told['id']}/replies", reply)
    for reader, word in product((author, other), ("beacon", "signal")):
        page = await search(reader, word)
        [item] = page["items"]
        assert (item["id"], item["author_id"], item["author_group"]) == (
            told["id"],
            None,
            "frontline_staff",
        )
        assert str(author.member_id) not in str(page)
