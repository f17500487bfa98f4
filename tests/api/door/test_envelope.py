"""Every reply is numbered, sealed and logged, whoever wrote it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from litestar import Response, get

from api.middleware.envelope import Envelope
from domain.errors import Stale, Throttled
from tests.api.door.doors import calling, door, failing

ORIGIN = "https://app.example.com"
ID = "01890a5d-ac96-774b-bcce-b302099a8057"
SEALS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


@get("/page", sync_to_thread=False)
def page_of_its_own() -> Response[str]:
    headers = {"Content-Security-Policy": "default-src 'self'", "Vary": "Accept-Encoding"}
    return Response("hello", media_type="text/html", headers=headers)


@pytest.fixture(name="app")
def _app() -> Envelope:
    return Envelope(door(failing(RuntimeError("cellar")), page_of_its_own), origins=[ORIGIN])


@pytest.fixture(name="http")
async def _http(app: Envelope) -> AsyncIterator[AsyncClient]:
    async with calling(app) as client:
        yield client


REPLIES = [
    ("GET", "/things", 200),
    ("POST", "/things", 400),
    ("POST", "/things?x=1", 400),
    ("GET", "/nowhere", 404),
    ("PUT", "/things", 405),
    ("OPTIONS", "/things", 204),
    ("OPTIONS", "/nowhere", 404),
    ("HEAD", "/things", 200),
    ("HEAD", "/nowhere", 404),
    ("HEAD", "/fails", 500),
    ("GET", "/fails", 500),
    ("GET", "/things?cursor=" + "x" * 9000, 414),
    ("BREW", "/things", 405),
    ("DELETE", f"/things/{ID}", 204),
]


@pytest.mark.parametrize(("method", "address", "status"), REPLIES, ids=lambda v: str(v)[:20])
async def test_every_reply_is_sealed(
    http: AsyncClient, method: str, address: str, status: int
) -> None:
    reply = await http.request(method, address)
    assert reply.status_code == status, reply.text
    assert SEALS.items() <= dict(reply.headers).items()
    assert reply.headers["cache-control"] == "no-store"
    assert len(reply.headers.get_list("x-request-id")) == 1
    if status >= 400 and method != "HEAD":
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["request_id"] == reply.headers["x-request-id"]


async def test_what_a_reply_says_itself_stays(http: AsyncClient) -> None:
    kept = await http.get(f"/things/{ID}")
    assert kept.headers.get_list("cache-control") == ["private, no-cache"]
    page = await http.get("/page")
    assert page.headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers.get_list("vary") == ["Accept-Encoding, Origin"]


async def test_hsts_only_with_https() -> None:
    for https in (False, True):
        async with calling(Envelope(door(), https=https)) as http:
            reply = await http.get("/nowhere")
        assert ("max-age=31536000" in reply.headers.get("strict-transport-security", "")) is https


@pytest.mark.parametrize("number", ["abc", "A.b_c-9", "x" * 128])
async def test_a_good_request_id_is_echoed(http: AsyncClient, number: str) -> None:
    reply = await http.get("/nowhere", headers={"X-Request-Id": number})
    assert reply.headers["x-request-id"] == reply.json()["request_id"] == number


@pytest.mark.parametrize("number", ["", "x" * 129, "a b", "é", "a,b", "<script>", "a\tb"])
async def test_a_bad_request_id_is_replaced(http: AsyncClient, number: str) -> None:
    reply = await http.get("/nowhere", headers={"X-Request-Id": number.encode("latin-1")})
    made = reply.headers["x-request-id"]
    assert made != number
    assert len(made) == 32


async def test_traceparent_is_passed_through_when_it_is_one(http: AsyncClient) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    reply = await http.get("/things", headers={"traceparent": trace})
    assert reply.headers["traceparent"] == trace
    reply = await http.get("/things", headers={"traceparent": "00-evil"})
    assert "traceparent" not in reply.headers


async def test_the_exact_origin_may_read(http: AsyncClient) -> None:
    for address in ("/things", "/nowhere", "/fails"):
        reply = await http.get(address, headers={"Origin": ORIGIN})
        assert reply.headers["access-control-allow-origin"] == ORIGIN
        exposed = reply.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Location", "Retry-After", "X-Request-Id", "RateLimit"} <= set(exposed)
        assert "access-control-allow-credentials" not in reply.headers
        assert reply.headers["vary"] == "Origin"


STRANGERS = [
    "null", "*", "https://app.example.com.evil", "https://appXexample.com", ORIGIN + "/",
    "http://app.example.com", ORIGIN + ":8443", "https://evil.example", ORIGIN.upper(),
    "https://sub.app.example.com", f"{ORIGIN},https://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("origin", STRANGERS)
async def test_no_other_origin_may(http: AsyncClient, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for reply in (
        await http.get("/things", headers={"Origin": origin}),
        await http.options("/things", headers=asked),
    ):
        assert not [name for name in reply.headers if name.startswith("access-control")]
        assert reply.headers["vary"] == "Origin"


async def test_a_preflight_is_answered_without_a_token(http: AsyncClient) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PATCH"}
    reply = await http.options(f"/things/{ID}", headers=asked)
    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert "PATCH" in reply.headers["access-control-allow-methods"].split(", ")
    allowed = reply.headers["access-control-allow-headers"].split(", ")
    assert {"Authorization", "If-Match", "Idempotency-Key"} <= set(allowed)


async def test_without_origins_there_is_no_cors() -> None:
    async with calling(Envelope(door())) as http:
        reply = await http.get("/things", headers={"Origin": ORIGIN})
    assert not [name for name in reply.headers if name.startswith("access-control")]
    assert "vary" not in reply.headers


async def test_allow_knows_every_handler_of_an_address(http: AsyncClient) -> None:
    expected = {"/things": "GET, POST, HEAD", f"/things/{ID}": "GET, PATCH, DELETE, HEAD"}
    for address, methods in expected.items():
        for method in ("PUT", "OPTIONS"):
            reply = await http.request(method, address)
            assert reply.headers.get_list("allow") == [f"{methods}, OPTIONS"]
    assert (await http.put(f"/things/{ID}/retire")).headers["allow"] == "POST, OPTIONS"
    assert "allow" not in (await http.get("/nowhere")).headers


async def test_head_is_get_without_a_body(http: AsyncClient) -> None:
    for address in ("/things", "/nowhere", f"/things/{ID}", "/things?limit=0"):
        got, head = await http.get(address), await http.head(address)
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("content-type", "content-length", "cache-control"):
            assert head.headers[name] == got.headers[name]
    assert (await http.head(f"/things/{ID}/retire")).status_code == 405


async def test_head_of_a_stream_ends(http: AsyncClient) -> None:
    reply = await http.head("/stream")
    assert (reply.status_code, reply.content) == (200, b"")
    assert reply.headers["content-type"].startswith("text/event-stream")


async def test_a_stream_is_sealed_too(app: Envelope) -> None:
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)
        if len(said) > 3:
            raise ConnectionResetError

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http", "method": "GET", "path": "/broken-stream", "raw_path": b"/broken-stream",
        "query_string": b"", "headers": [], "root_path": "", "scheme": "http",
        "server": ("door", 80), "client": None,
    }  # fmt: skip
    with pytest.raises(Exception, match="after response started"):
        await app(scope, receive, send)  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    assert SEALS.items() <= headers.items()
    assert said[-1].get("more_body") is not False  # the client can see that something is missing


async def test_a_failure_outside_litestar_is_a_problem_too() -> None:
    class Broken:
        asgi_router = door().asgi_router

        async def __call__(self, *_: Any) -> None:
            raise RuntimeError("cellar")

    async with calling(Envelope(Broken())) as http:  # type: ignore[arg-type]
        reply = await http.get("/things")
    assert (reply.status_code, reply.json()["code"]) == (500, "unexpected")
    assert SEALS.items() <= dict(reply.headers).items()


@pytest.mark.parametrize(
    ("error", "name", "value"), [(Stale(3), "etag", '"3"'), (Throttled(9), "retry-after", "9")]
)
async def test_the_headers_of_a_problem_come_through(error: Any, name: str, value: str) -> None:
    async with calling(Envelope(door(failing(error)))) as http:
        assert (await http.get("/fails")).headers[name] == value
