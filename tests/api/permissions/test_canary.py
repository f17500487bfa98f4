"""A canary in every text of one organization is heard nowhere in another."""

import typing
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar
from msgspec.inspect import StrType, UnionType, type_info

from api.openapi import operations
from domain.ids import new_id
from tests.api.permissions.assembly import assemble
from tests.api.permissions.cast import Cast
from tests.api.permissions.probes import PROBES
from tests.api.permissions.shapes import Probe
from tests.world import World

CANARY = f"CANARY-{new_id()}"

EXACT = {
    "key",
    "email",
    "password",
    "current_password",
    "new_password",
    "language",
    "format",
    "issuer",
}
"""Texts with a form of their own."""


def is_text(annotation: Any) -> bool:
    """Whether a field takes free text."""
    kind = type_info(annotation)
    kinds = kind.types if isinstance(kind, UnionType) else (kind,)
    return any(isinstance(one, StrType) and one.pattern in (None, r"\S") for one in kinds)


def sung(struct: type[msgspec.Struct], body: dict[str, Any]) -> dict[str, Any]:
    """A body with the canary in every free text."""
    hints = typing.get_type_hints(struct, include_extras=True)
    hints = {name: one for name, one in hints.items() if name in struct.__struct_fields__}
    said = {name: hints[name] for name in struct.__struct_fields__ if name not in EXACT}
    texts = {name: CANARY for name, one in said.items() if is_text(one)}
    return body | texts


def fitting(structs: list[type[msgspec.Struct]], probe: Probe, cast: Cast) -> type[msgspec.Struct]:
    """The struct that a body is of, among those that it may hold."""
    named = set(probe.payload(cast))
    return min(structs, key=lambda one: len(named - set(one.__struct_fields__)))


@pytest.fixture(scope="module")
async def there(app: Litestar, http: httpx.AsyncClient) -> Cast:
    """Another organization, where every text that can be written says the canary."""
    cast = await assemble(World(http, app.state.database, app.state.tokens))
    known = operations(app)
    written = 0
    for name, probe in PROBES.items():
        structs = known[name].request_structs
        if probe.own or probe.method == "DELETE" or not structs or probe.body is None:
            continue
        struct = fitting([one for one in structs if issubclass(one, msgspec.Struct)], probe, cast)
        path = cast.path(probe.path)
        for by in (cast["owner"], cast.org.admin, cast["author"]):
            headers = await current(cast, path) if probe.stale else {}
            body = sung(struct, dict(probe.payload(cast)))
            reply = await by.call(probe.method, path, body, **headers)
            written += reply.status_code < 300 and CANARY in reply.text
    assert written > 20
    return cast


async def current(cast: Cast, path: str) -> dict[str, str]:
    """If-Match for a resource as it stands, when it can be read at the path of its change."""
    reply = await cast["owner"].get(path)
    return {"If_Match": reply.headers.get("etag", '"1"')}


@pytest.mark.parametrize("name", ["owner", "executive", "administrator", "frontline_staff"])
async def test_no_canary_is_heard_in_another_organization(
    app: Litestar, http: httpx.AsyncClient, there: Cast, name: str
) -> None:
    here = await assemble(World(http, app.state.database, app.state.tokens))
    listener = here[name]
    for operation, probe in PROBES.items():
        if probe.own:
            continue
        strange = {key: str(new_id()) for key in ("subject", "session")} | there.things
        for things in (strange, here.things | {"subject": here.things["stage"]}):
            path = "/v1" + probe.path.format(**things)
            headers = {"If_Match": '"999"'} if probe.stale else {}
            body = probe.payload(there if things is strange else here)
            reply = await listener.call(probe.method, path, body, **headers)
            heard = reply.text + str(reply.headers)
            assert CANARY not in heard, f"{operation}: {reply.status_code} {reply.text[:300]}"
            assert reply.status_code < 500, f"{operation}: {reply.text[:300]}"


async def test_the_canary_does_sing_where_it_lives(there: Cast) -> None:
    listed = await there["owner"].get(there.path("/journeys/{journey}/map"))
    assert CANARY in listed.text
