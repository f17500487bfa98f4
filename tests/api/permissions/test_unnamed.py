"""Who speaks for their group is named nowhere: not by any read, nor in an export of the ledger."""

import json
from collections.abc import Iterator
from typing import Any

import asyncpg
import httpx
import pytest
from litestar import Litestar

from api.openapi import operations
from api.settings import Settings
from domain.ids import new_id
from domain.queries.records.exports import export
from domain.roles import Group
from domain.rules import canonical
from tests.api.permissions.assembly import assemble
from tests.api.permissions.cast import Cast
from tests.api.permissions.probes import PROBES
from tests.world import Caller, World

NAME = f"CANARY-{new_id()}"
LISTENERS = (
    "owner", "moderator", "executive", "administrator", "frontline_staff", "support_staff",
    "decision_maker", "editor", "participant", "author", "assignee", "creator",
)  # fmt: skip
LISTS_OF_PEOPLE = {"getDirectory", "listMembers", "getMember", "listOrganizationEvents"}
"""Where every member is by name, whatever they have said; an event tells that they joined."""


async def acted(who: Caller, method: str, path: str, body: Any = None) -> httpx.Response:
    """A request that must succeed, at the version that is there."""
    now = (await who.get(path.rsplit("/", 1)[0])).headers.get("etag", '"1"')
    headers = {} if method == "PUT" or path.endswith(("withdraw", "restore")) else {"If_Match": now}
    reply = await who.call(method, path, body, **headers)
    assert reply.status_code < 300, reply.text
    return reply


@pytest.fixture(scope="module")
async def cast(app: Litestar, http: httpx.AsyncClient) -> Cast:
    """Everybody on stage, and a canary who says things for their group and does nothing else."""
    cast = await assemble(World(http, app.state.database, app.state.tokens))
    canary = await cast.person("canary", Group.FRONTLINE_STAFF, title=f"{NAME} title")
    things = cast.things
    for about in ("touchpoint", "moment", "stage", "journey"):
        things[f"said_of_{about}"] = await thread(cast, canary, things[about])
    await canary.made(
        cast.path("/annotations/{annotation}/replies"), {"body": "We too.", "voice": "group"}
    )
    hidden = f"/v1/annotations/{things['said_of_stage']}"
    await acted(cast["moderator"], "POST", f"{hidden}/hide", {"reason": "Rude."})
    await acted(canary, "POST", f"/v1/annotations/{things['said_of_journey']}/withdraw")
    return cast


async def thread(cast: Cast, canary: Caller, subject: str) -> str:
    """A thread of the canary's in which a lot has happened."""
    say = {"subject_id": subject, "kind": "issue", "body": "Too slow.", "voice": "group"}
    said = await canary.made("/v1/annotations", say, Idempotency_Key=str(new_id()))
    path = f"/v1/annotations/{said['id']}"
    edited = await canary.patch(path, {"body": "Far too slow."}, If_Match='"1"')
    assert edited.status_code == 200
    await canary.made(f"{path}/replies", {"body": "Every day."})
    await acted(cast["support_staff"], "PUT", f"{path}/support")
    await cast["support_staff"].made(f"{path}/replies", {"body": "Same here."})
    assigned = {"member_id": str(cast["assignee"].member_id)}
    await acted(cast["owner"], "POST", f"{path}/assign", assigned)
    up = await cast["decision_maker"].post(f"{path}/escalate", {"reason": "Stuck."})
    assert up.status_code == 201, up.text
    await acted(cast["assignee"], "POST", f"{path}/resolve", {"resolution": "fixed"})
    await acted(canary, "POST", f"{path}/reopen")
    await acted(canary, "POST", f"{path}/withdraw")
    await acted(canary, "POST", f"{path}/restore")
    found: str = said["id"]
    return found


def places(cast: Cast) -> Iterator[dict[str, str]]:
    """The things on stage, with each thread of the canary in turn."""
    yield cast.things
    for name, thing in cast.things.items():
        if name.startswith("said_of_"):
            yield cast.things | {"annotation": thing}


def told_of(cast: Cast, text: str) -> bool:
    return str(cast["canary"].member_id) in text or "canary" in text.lower()


@pytest.mark.parametrize("name", LISTENERS)
async def test_no_read_names_the_author(app: Litestar, cast: Cast, name: str) -> None:
    listener, faults, heard = cast[name], [], 0
    for operation, probe in PROBES.items():
        if operations(app)[operation].method.upper() != "GET" or operation in LISTS_OF_PEOPLE:
            continue
        paths = {
            "/v1" + probe.path.format(**things) for things in places(cast) if fits(probe, things)
        }
        for path in sorted(paths):
            for query in ("", "?limit=100"):
                reply = await listener.get(path + query)
                heard += reply.status_code == 200
                if told_of(cast, reply.text + str(reply.headers)):
                    faults.append(f"{operation} {path}{query}: {reply.text[:400]}")
    assert not faults, "\n".join(faults)
    assert heard > 30


def fits(probe: Any, things: dict[str, str]) -> bool:
    """Whether everything that a path names is on stage."""
    try:
        probe.path.format(**things)
    except KeyError:
        return False
    return True


@pytest.mark.parametrize("name", LISTENERS)
async def test_no_list_finds_them_by_their_author(cast: Cast, name: str) -> None:
    me = cast["canary"].member_id
    found = await cast[name].read(f"/v1/annotations?author={me}&status=open&status=hidden")
    assert found["items"] == []
    asked = {"member_id": str(me)}
    assert not told_of(cast, (await cast[name].get("/v1/annotations?limit=100")).text), asked


async def test_the_author_alone_is_told_that_they_are_theirs(cast: Cast) -> None:
    canary = cast["canary"]
    own = await canary.read(f"/v1/annotations?author={canary.member_id}")
    assert {one["id"] for one in own["items"]} == {
        cast.things[f"said_of_{about}"] for about in ("touchpoint", "moment")
    }
    assert {one["mine"] for one in own["items"]} == {True}
    for name in LISTENERS:
        listed = (await cast[name].read("/v1/annotations?limit=100"))["items"]
        unnamed = [one for one in listed if one["voice"] == "group"]
        assert unnamed, name
        assert not any(one["mine"] for one in unnamed)
        assert not any(reply["mine"] for one in unnamed for reply in one["last_replies"]
                       if reply["voice"] == "group")  # fmt: skip


async def test_what_others_do_does_not_name_the_author(cast: Cast) -> None:
    path = f"/v1/annotations/{cast.things['said_of_touchpoint']}"
    for who, method, act, body in (
        ("executive", "PUT", "support", None),
        ("moderator", "POST", "hide", {"reason": "Rude."}),
        ("owner", "POST", "show", None),
        ("owner", "POST", "resolve", {"resolution": "fixed"}),
        ("owner", "POST", "reopen", None),
    ):
        assert not told_of(cast, (await acted(cast[who], method, f"{path}/{act}", body)).text)


async def test_no_export_of_the_ledger_names_the_author(cast: Cast, settings: Settings) -> None:
    """Not even to who tries every member: the salt of the commitment is not in it."""
    journey, canary = cast.things["journey"], cast["canary"].member_id
    connection = await asyncpg.connect(settings.owner_database_url.replace("+asyncpg", ""))
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            lines = [line async for _, text in export(connection, cast.org.id)
                     for line in text.splitlines()]  # fmt: skip
    finally:
        await connection.close()
    told = [line for line in lines if journey in line]
    assert len(told) > 40
    assert not any(told_of(cast, line) for line in told)
    hidden = commitments(told)
    assert len(hidden) >= 20
    for salt, commitment in hidden:
        assert canonical.commitment(bytes.fromhex(salt), canary).hex() != commitment


def commitments(lines: list[str]) -> list[tuple[str, str]]:
    """The commitments of an export, each with the salt that stands beside it."""
    rows = [json.loads(line) for line in lines]
    flat = [one for row in rows for one in (row, *(v for v in row.values() if isinstance(v, dict)))]
    salts = {(one["subject_id"], one["version"]): one["salt"] for one in flat if one.get("salt")}
    return [
        (salts[one["subject_id"], one["version"]], one["commitment"])
        for one in flat
        if one.get("commitment")
    ]
