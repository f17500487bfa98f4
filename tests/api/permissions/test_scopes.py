"""Every operation, tried with a narrow token: for its own scope, and for all but its own."""

from dataclasses import replace

import httpx
import pytest
from litestar import Litestar

from api.openapi import operations
from api.openapi.operations import Operation
from domain.policy import PERSONAL, SCOPES, scope_of
from domain.roles import May, Scope
from tests.api.identity.tokens import narrowed
from tests.api.permissions.assembly import assemble
from tests.api.permissions.cast import Cast
from tests.api.permissions.probes import PROBES
from tests.api.permissions.shapes import Probe
from tests.api.permissions.test_matrix import ACTORS, expects, tried
from tests.each import each
from tests.world import Caller, World

ANY = frozenset(Scope)


@pytest.fixture(scope="module")
async def cast(app: Litestar, http: httpx.AsyncClient) -> Cast:
    return await assemble(World(http, app.state.database, app.state.tokens))


@pytest.fixture(scope="module")
def tokens() -> dict[tuple[str, frozenset[Scope]], Caller]:
    """Each person's tokens by their scopes, made when first needed."""
    return {}


def test_every_permission_has_one_scope() -> None:
    assert set(SCOPES) == set(May)
    assert set(SCOPES.values()) == set(Scope)
    assert Scope.JUDGE in PERSONAL


@each("operation", PROBES)
async def test_a_token_is_for_its_scopes_and_no_others(
    app: Litestar,
    cast: Cast,
    tokens: dict[tuple[str, frozenset[Scope]], Caller],
    operation: str,
) -> None:
    one, probe = operations(app)[operation], PROBES[operation]
    needed = needs(one, probe)
    name = able(cast, one.may, probe)
    stage = cast

    async def answer(scopes: frozenset[Scope]) -> tuple[int, str]:
        if (name, scopes) not in tokens:
            tokens[name, scopes] = await narrowed(cast[name], *scopes)
        reply = await tried(stage, probe, tokens[name, scopes], fresh=False)
        problem = reply.headers.get("content-type") == "application/problem+json"
        return reply.status_code, reply.json()["code"] if problem else ""

    if one.session_only:
        assert await answer(ANY) == (403, "session_only")
        return
    if one.scope is not None:
        refused = await answer(ANY - {one.scope})
        assert refused == (403, "scope_missing")
    if probe.fresh:
        made = await probe.fresh(cast, cast[name])
        stage = replace(cast, things=cast.things | made)
    status, code = await answer(needed)
    assert status not in (401, 403), f"{operation} by {name} for {sorted(needed)}: {code}"


def needs(one: Operation, probe: Probe) -> frozenset[Scope]:
    """What its token must be for; something, where anything will do."""
    asked = {one.scope or Scope.READ} | ({scope_of(probe.may)} if probe.may else set())
    return frozenset(asked).union(probe.scopes)


def able(cast: Cast, may: May, probe: Probe) -> str:
    """Somebody who may do it with a session."""
    found = (name for name in ACTORS if expects(cast, probe.may or may, probe, name))
    return next(found, "owner")
