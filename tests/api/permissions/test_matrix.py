"""Every operation, tried by everybody: the table of who may decides, and nothing else does."""

from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from api.openapi import operations
from domain import clock
from domain.actor import Actor, Standing
from domain.ids import new_id
from domain.policy import permits
from domain.roles import Condition, May
from tests.api.permissions.assembly import TIES, assemble
from tests.api.permissions.cast import CARRIED, Cast
from tests.api.permissions.probes import PROBES, PUBLIC
from tests.api.permissions.shapes import STALE, Probe
from tests.each import each
from tests.world import Caller, World

ACTORS = (
    "frontline_staff", "support_staff", "decision_maker", "executive", "owner", "editor",
    "moderator", "participant", "author", "assignee", "creator", "administrator",
)  # fmt: skip


@pytest.fixture(scope="module")
async def cast(app: Litestar, http: httpx.AsyncClient) -> Cast:
    return await assemble(World(http, app.state.database, app.state.tokens))


@pytest.fixture
async def stranger(world: World) -> Caller:
    """Whoever runs another organization."""
    return (await world.organization()).admin


def test_every_operation_has_its_probe(app: Litestar) -> None:
    known = operations(app)
    assert set(known) == set(PROBES) | PUBLIC
    assert {name for name, one in known.items() if one.public} == PUBLIC


@each("operation", PROBES)
async def test_the_table_decides(app: Litestar, cast: Cast, operation: str) -> None:
    probe = PROBES[operation]
    may = probe.may or operations(app)[operation].may
    assert may is not None
    faults = []
    for name in ACTORS:
        caller = await newcomer(cast, name) if probe.own else cast[name]
        reply = await tried(cast, probe, caller)
        if not decided(reply, expected=probe.own or expects(cast, may, probe, name)):
            faults.append(f"{operation} by {name}: {reply.status_code} {reply.text[:300]}")
    assert not faults, "\n".join(faults)


def decided(reply: httpx.Response, *, expected: bool) -> bool:
    """Whether a reply is what the table says; the rest of its contract the client has checked."""
    if expected:
        return reply.status_code < 500 and reply.status_code not in (401, 403, 404, 405)
    return reply.status_code == 403 and reply.json()["code"] == "forbidden"


@each("operation", PROBES)
async def test_nobody_gets_in_without_a_good_token(
    app: Litestar, cast: Cast, operation: str
) -> None:
    probe, some = PROBES[operation], cast["owner"]
    for token in ("", expired(app, some)):
        stranger = Caller(some.http, token, some.member_id, some.principal, "", "")
        reply = await tried(cast, probe, stranger, fresh=False)
        assert (reply.status_code, reply.json()["code"]) == (401, "unauthenticated")
        assert reply.headers["www-authenticate"].startswith("Bearer")


@each("operation", [name for name, one in PROBES.items() if "{" in one.path])
async def test_another_organization_finds_nothing(
    stranger: Caller, cast: Cast, operation: str
) -> None:
    probe = PROBES[operation]
    if probe.own:
        return
    reply = await tried(cast, probe, stranger, fresh=False)
    missing = await tried(cast, probe, stranger, fresh=False, nowhere=True)
    assert reply.status_code == missing.status_code == 404, reply.text
    assert alike(reply) == alike(missing)


def alike(reply: httpx.Response) -> dict[str, object]:
    """A problem, but for what names the request."""
    return {k: v for k, v in reply.json().items() if k not in ("request_id", "instance")}


def expects(cast: Cast, may: May, probe: Probe, name: str) -> bool:
    """What the table says of somebody, were every condition met."""
    tie = TIES.get(probe.about, {}).get(name)
    ties = {tie, CARRIED.get(name)} - {None}
    standing = Standing(frozenset(t for t in ties if t), frozenset(Condition))
    return permits(as_actor(cast, name), may, standing)


def as_actor(cast: Cast, name: str) -> Actor:
    """Somebody of the cast, as the domain sees them."""
    caller = cast[name]
    return Actor(
        account_id=caller.principal.account_id,
        organization_id=cast.org.id,
        member_id=caller.member_id,
        session_id=caller.principal.session_id,
        group=cast.groups[name],
        department_id=None,
        department_ids=frozenset(),
        administrator=name == "administrator",
        may_create_journeys=name == "creator",
    )


async def newcomer(cast: Cast, name: str) -> Caller:
    """Somebody new who stands where a person of the cast does."""
    administrator = name == "administrator"
    return await cast.org.member(cast.groups[name], administrator=administrator)


async def tried(
    cast: Cast, probe: Probe, caller: Caller, *, fresh: bool = True, nowhere: bool = False
) -> httpx.Response:
    """Send a probe; with `nowhere` to ids that do not exist."""
    things = {"subject": str(new_id()), "session": str(new_id())} | cast.things
    if probe.fresh and fresh:
        things |= await probe.fresh(cast, caller)
    if nowhere:
        things = dict.fromkeys(things, str(new_id()))
    headers = {"If_Match": STALE} if probe.stale else {}
    path = "/v1" + probe.path.format(**things)
    return await caller.call(probe.method, path, probe.payload(cast), **headers)


def expired(app: Litestar, caller: Caller) -> str:
    """A token that was good an hour ago."""
    then = clock.now() - timedelta(hours=1)
    with clock.replaced(lambda: then):
        token: str = app.state.tokens.issue(caller.principal)
    return token
