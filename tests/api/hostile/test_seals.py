"""Security headers and a number on every reply: every operation, in every way it can fail."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar, get
from msgspec.structs import replace

from api.app import create_litestar, enveloped
from api.auth.guards import SilentRoute, refuse_silent_routes
from api.controllers import CONTROLLERS
from api.controllers.health import HealthController
from api.problems import on_error
from api.settings import Settings
from domain.ids import new_id
from tests.api.hostile.target import DOOR, GOOD, PROBLEM, Target, refused
from tests.each import each
from tests.world import Caller

SEALS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
ORIGIN = "https://maps.example.com"
LARGE = {"addAttachment": 11_000_000, "importCsv": 6_000_000, "requestImport": 34_000_000}
"""What is more than an operation takes, where that is more than others take."""
HOSTILE = [
    "null", "*", ORIGIN + ".evil", "https://mapsXexample.com", "https://mapsxexample.com",
    "http://maps.example.com", ORIGIN + ":8443", ORIGIN + "/", "https://evil.example/" + ORIGIN,
    "https://a.maps.example.com", ORIGIN.upper(), f"{ORIGIN}, https://evil.example", "",
]  # fmt: skip


def sealed(reply: httpx.Response, status: int) -> None:
    """The status, every header that protects, and one request id that the problem repeats."""
    told = f"{reply.request.method} {reply.request.url}: {reply.status_code} {reply.text[:200]}"
    assert reply.status_code == status, told
    assert SEALS.items() <= dict(reply.headers).items(), told
    assert len(reply.headers.get_list("x-request-id")) == 1, told
    assert reply.headers["cache-control"] in ("no-store", "private, no-cache"), told
    assert not [name for name in reply.headers if name.startswith("access-control")], told
    if status >= 400 and reply.request.method != "HEAD":
        assert refused(reply, status) is not None


@each("operation", GOOD)
async def test_every_failure_of_every_operation_is_sealed(target: Target, operation: str) -> None:
    probe, described = GOOD[operation], target.described(operation)
    address, reads_body = target.path(operation), "requestBody" in described
    member, http = target.caller(operation), target.caller(operation).http
    evil = {"Origin": "https://evil.example"}
    sealed(await http.request("BREW", address, headers=evil), 405)
    sealed(await http.request("PROPFIND", address + "/no/where", headers=evil), 404)
    sealed(await member.call(probe.method, address + "?colour=red", **evil), 400)
    if operation not in DOOR:
        sealed(await http.request(probe.method, address, headers=evil), 401)
    if reads_body:
        much = b" " * LARGE.get(operation, 5_000_000)
        sealed(await target.raw(operation, much, content_type="application/json"), 413)
        sealed(await target.raw(operation, b"{}", content_type="text/plain"), 415)
    if "{" in probe.path.partition("?")[0]:
        things = dict.fromkeys([*target.cast.things, "subject", "session"], new_id())
        wrong = "/v1" + probe.path.format(**things)
        body = target.body(operation) if reads_body else None
        sealed(await member.call(probe.method, wrong, body, If_Match='"1"'), 404)
    if probe.stale:
        body = target.body(operation) if reads_body else None
        sealed(await member.call(probe.method, address, body), 428)


async def test_what_is_well_is_sealed_too(target: Target) -> None:
    owner = target.cast["owner"]
    for address in ("/v1/me", "/v1/journeys", target.cast.path("/journeys/{journey}/map")):
        reply = await owner.get(address)
        sealed(reply, 200)
        sealed(await owner.call("HEAD", address), 200)
        if "etag" in reply.headers:
            sealed(await owner.get(address, If_None_Match=reply.headers["etag"]), 304)
    sealed(await owner.http.options("/v1/journeys"), 204)
    for address in ("/health/live", "/health/ready"):
        sealed(await owner.http.get(address), 200)
    frontline = target.cast["frontline_staff"]
    sealed(await frontline.post("/v1/departments", {"name": "x"}), 403)
    sealed(await target.send("updateStage", {"name": "x"}), 412)


@get("/v1/cellar", public=True)
async def cellar() -> None:
    raise RuntimeError("secret cellar")


@get("/v1/silent")
async def silent() -> None:
    return None


@pytest.fixture(name="broken", scope="module")
async def _broken() -> AsyncIterator[httpx.AsyncClient]:
    """The application with a route that fails, for one origin, behind TLS."""
    settings = Settings(env="test", secret="a key that signs nothing of anybody, ever")
    settings = replace(settings, cors_origins=(ORIGIN,), public_url="https://api.example.com")
    app = create_litestar(settings)
    app.register(cellar)
    transport = httpx.ASGITransport(enveloped(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_a_failure_of_ours_is_sealed_and_says_nothing(broken: httpx.AsyncClient) -> None:
    reply = await broken.get("/v1/cellar", headers={"Origin": "https://evil.example"})
    sealed(reply, 500)
    assert "cellar" not in reply.text.replace("/v1/cellar", "")
    assert reply.headers["strict-transport-security"].startswith("max-age=31536000")


@pytest.mark.parametrize("origin", HOSTILE)
async def test_no_stranger_reads_anything(broken: httpx.AsyncClient, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS", "POST", "DELETE"):
        for address in ("/v1/cellar", "/v1/journeys", "/v1/nowhere", "/health/live"):
            reply = await broken.request(method, address, headers=asked)
            assert not [name for name in reply.headers if name.startswith("access-control")]
            assert SEALS.items() <= dict(reply.headers).items()
            assert "Origin" in reply.headers["vary"]


async def test_the_one_origin_reads(broken: httpx.AsyncClient) -> None:
    for address, status in (("/v1/cellar", 500), ("/v1/journeys", 401), ("/v1/nowhere", 404)):
        reply = await broken.get(address, headers={"Origin": ORIGIN})
        assert reply.status_code == status
        assert reply.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in reply.headers


def test_a_route_that_says_nothing_of_who_may_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.app.CONTROLLERS", [*CONTROLLERS, silent])
    with pytest.raises(SilentRoute, match="GET /v1/v1/silent"):
        create_litestar(Settings(env="test", secret="a key that signs nothing of anybody, ever"))


@pytest.mark.parametrize("options", [{"may": "read_journey"}, {"may": True}, {"public": 1}, {}])
def test_nor_is_a_word_that_is_no_permission_enough(options: dict[str, Any]) -> None:
    @get("/x", **options)
    async def route() -> None:
        return None

    app = Litestar([HealthController, route], exception_handlers={Exception: on_error})
    with pytest.raises(SilentRoute, match="GET /x"):
        refuse_silent_routes(app)


async def test_no_other_secret_of_ours_opens_a_door(app: Litestar, target: Target) -> None:
    """Refresh tokens, invitations, resets, ids, whole headers: one and the same 401."""
    some, state = target.cast["owner"], app.state
    session, organization = some.principal.session_id, some.principal.organization_id
    refresh = state.refresh_tokens.make(organization, session, 1, bytes(32))
    minted = [state.secrets.mint(kind, organization).text for kind in ("inv", "reset", "refresh")]
    access = state.secrets.mint("token", organization).text
    wrong = [
        access, refresh, *minted, str(session), str(some.member_id), some.email, "Bearer", "null",
        f"{some.token} {some.token}", some.token + ",", some.token[:-1], f" {some.token}",
    ]  # fmt: skip
    said = set()
    for token in wrong:
        stranger = Caller(some.http, token, some.member_id, some.principal, "", "")
        for method, address in (("GET", "/v1/me"), ("POST", "/v1/annotations")):
            reply = await stranger.call(method, address, {} if method == "POST" else None)
            sealed(reply, 401)
            problem = {k: v for k, v in reply.json().items() if k not in ("request_id", "instance")}
            said.add((reply.headers["www-authenticate"], str(problem)))
    ((challenge, told),) = said
    assert challenge == 'Bearer error="invalid_token"'
    assert "session token or access token" in told
    nobody = await some.http.get("/v1/me")
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "headers",
    [
        [("authorization", "Basic YTpi")],
        [("authorization", "Token {token}")],
        [("authorization", "{token}")],
        [("authorization", "Bearer {token}"), ("authorization", "Bearer {token}")],
        [("cookie", "session={token}")],
        [("x-api-key", "{token}")],
    ],
)
async def test_a_good_token_elsewhere_is_none(
    target: Target, headers: list[tuple[str, str]]
) -> None:
    some = target.cast["owner"]
    named = [(name, value.format(token=some.token)) for name, value in headers]
    for address in ("/v1/me", f"/v1/me?access_token={some.token}"):
        reply = await some.http.get(address, headers=named)
        assert (reply.status_code, reply.headers["content-type"]) == (401, PROBLEM)
