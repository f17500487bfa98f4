"""Tickets: one opening, within a minute, by whoever asked for it."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar.types import ASGIApp

from api.auth.secrets import Secrets
from api.embedded.cluster import Cluster
from api.embedded.roles import BACKUP
from api.settings import Settings
from domain import clock
from tests.api.live.listening import Ear, open_stream
from tests.api.live.writing import change_member
from tests.cluster import connected
from tests.world import Caller, World


async def ticket_of(caller: Caller) -> str:
    reply = await caller.post("/v1/stream-tickets")
    assert reply.status_code == 200, reply.text
    found: str = reply.json()["ticket"]
    return found


async def tried(app: ASGIApp, journey: UUID, ticket: str, **headers: str) -> Ear:
    path = f"/v1/journeys/{journey}/stream?ticket={ticket}"
    async with open_stream(app, None, path, **headers) as ear:
        return ear


async def test_a_ticket_opens_one_stream_on_any_process(
    world: World, here: ASGIApp, there: ASGIApp
) -> None:
    org = await world.organization()
    journey = await org.journey()
    ticket = await ticket_of(org.admin)
    assert ticket.startswith(f"ts_stream_{org.id.hex}_")
    first = await tried(there, journey, ticket)
    assert (first.status, first.raw[:12]) == (200, b"retry: 3000\n")
    for app in (here, there):
        assert (await tried(app, journey, ticket)).status == 401
    other = await ticket_of(org.admin)
    async with open_stream(here, None, f"/v1/organization/stream?ticket={other}") as ear:
        assert ear.status == 200


async def test_every_ticket_that_is_not_good_gets_the_same_answer(
    world: World, here: ASGIApp, settings: Settings
) -> None:
    org, other = await world.organization(), await world.organization()
    journey = await org.journey()
    used, late = await ticket_of(org.admin), await ticket_of(org.admin)
    await tried(here, journey, used)
    secrets = Secrets([settings.secret])
    bad = {
        "used": used,
        "unknown": secrets.mint("stream", org.id).text,
        "another kind": secrets.mint("input", org.id).text,
        "no organization": secrets.mint("stream").text,
        "moved": (await ticket_of(org.admin)).replace(org.id.hex, other.id.hex),
        "mistyped": (await ticket_of(org.admin))[:-1] + "-",
        "short": "x",
    }
    said = {name: await tried(here, journey, text) for name, text in bad.items()}
    soon = clock.now() + timedelta(seconds=61)
    with clock.replaced(lambda: soon):
        said["late"] = await tried(here, journey, late)
    for name, ear in said.items():
        assert ear.status == 401, name
        assert alike(ear) == alike(said["used"]), name
        assert ear.headers["www-authenticate"].startswith("Bearer")


def alike(ear: Ear) -> dict[str, Any]:
    """A problem, but for the number of its request."""
    return {name: value for name, value in ear.problem.items() if name != "request_id"}


async def test_a_ticket_is_one_members_and_opens_nothing_else(world: World, here: ASGIApp) -> None:
    org, other = await world.organization(), await world.organization()
    ann = await org.member()
    hidden, foreign = await org.journey(status="draft"), await other.journey()
    for journey in (hidden, foreign):
        assert (await tried(here, journey, await ticket_of(ann))).status == 404
    ticket = await ticket_of(ann)
    for path in (f"/v1/journeys/{hidden}/events", "/v1/me", f"/v1/journeys/{hidden}/presence"):
        reply = await ann.http.get(f"{path}?ticket={ticket}")
        assert reply.status_code == 401, path


async def test_a_header_is_taken_first_and_a_bad_one_is_not_made_good(
    world: World, here: ASGIApp
) -> None:
    org = await world.organization()
    journey = await org.journey()
    ticket = await ticket_of(org.admin)
    bad = await tried(here, journey, ticket, Authorization="Bearer x")
    good = await tried(here, journey, ticket, Authorization=f"Bearer {org.admin.token}")
    assert (bad.status, good.status) == (401, 200)
    assert (await tried(here, journey, ticket)).status == 200


async def test_a_ticket_ends_with_its_session_and_its_member(world: World, here: ASGIApp) -> None:
    org = await world.organization()
    journey = await org.journey()
    ann, ben = await org.member(), await org.member()
    tickets = [await ticket_of(ann), await ticket_of(ben)]
    assert (await ann.delete("/v1/sessions/current")).status_code == 204
    await change_member(org.admin, ben.member_id, status="suspended")
    assert [(await tried(here, journey, one)).status for one in tickets] == [401, 401]


async def test_nothing_that_opens_is_kept_or_logged(
    world: World, here: ASGIApp, cluster: Cluster, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    org = await world.organization()
    ticket = await ticket_of(org.admin)
    await tried(here, await org.journey(), ticket)
    await tried(here, await org.journey(), ticket)
    secret = ticket.split("_")[3]
    assert caplog.records
    assert not [one for one in caplog.records if secret in one.getMessage()]
    async with connected(cluster.url(BACKUP)) as backup:
        kept = await backup.fetchrow(
            "SELECT * FROM stream_tickets WHERE organization_id = $1", org.id
        )
    assert kept is not None
    assert kept["used_at"] is not None
    assert len(kept["secret_hash"]) == 32
    assert secret not in repr(dict(kept))


async def test_old_tickets_are_swept_by_the_next_one(world: World, cluster: Cluster) -> None:
    org = await world.organization()
    await ticket_of(org.admin)
    soon = clock.now() + timedelta(seconds=61)
    with clock.replaced(lambda: soon):
        await ticket_of(org.admin)
    async with connected(cluster.url(BACKUP)) as backup:
        query = "SELECT count(*) FROM stream_tickets WHERE organization_id = $1"
        assert await backup.fetchval(query, org.id) == 1
