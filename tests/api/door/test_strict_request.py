"""Everything a body or an address can do wrong is a 400, 413 or 415 that says where."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient

from api.middleware.json_gate import nests_deeper
from api.middleware.strict_request import place
from tests.api.door.doors import calling, door

JSON = {"Content-Type": "application/json"}
ID = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture(name="http")
async def _http() -> AsyncIterator[AsyncClient]:
    async with calling(door()) as client:
        yield client


def nested(depth: int) -> bytes:
    return b'{"name":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


def counting(number: bytes) -> bytes:
    return b'{"name":"a","legs":[{"count":' + number + b"}]}"


BODIES: list[tuple[str, bytes, str, str]] = [
    # what is wrong, the body, the code of the error, the pointer
    ("wrong type", b'{"name": 3}', "invalid", "#/name"),
    ("string for a number", b'{"name":"a","legs":[{"count":"3"}]}', "invalid", "#/legs/0/count"),
    ("float for an integer", b'{"name":"a","legs":[{"count":3.0}]}', "invalid", "#/legs/0/count"),
    ("one for true", b'{"name":"a","ok":1}', "invalid", "#/ok"),
    ("below the range", b'{"name":"a","legs":[{},{"count":-1}]}', "invalid", "#/legs/1/count"),
    ("above the range", b'{"name":"a","legs":[{"count":11}]}', "invalid", "#/legs/0/count"),
    ("text too short", b'{"name":"a","legs":[{"name":""}]}', "invalid", "#/legs/0/name"),
    ("unknown field", b'{"name":"a","owner_id":1}', "unknown_field", "#/owner_id"),
    ("unknown below", b'{"name":"a","legs":[{"a/b~":1}]}', "unknown_field", "#/legs/0/a~1b~0"),
    ("missing field", b"{}", "missing", "#/name"),
    ("null for text", b'{"name":null}', "invalid", "#/name"),
    ("array for object", b"[]", "invalid", "#"),
    ("broken", b'{"name":', "malformed_json", "#"),
    ("two documents", b'{"name":"a"} {"name":"b"}', "malformed_json", "#"),
    ("trailing comma", b'{"name":"a",}', "malformed_json", "#"),
    ("NaN", b'{"name":"a","legs":[{"count":NaN}]}', "malformed_json", "#"),
    ("infinity", b'{"name":"a","legs":[{"count":1e400}]}', "invalid", "#/legs/0/count"),
    ("400 digits", counting(b"9" * 400), "invalid", "#/legs/0/count"),
    ("5000 digits", counting(b"9" * 5000), "invalid", "#/legs/0/count"),
    ("duplicate key", b'{"name":"a","name":"b"}', "duplicate_key", "#"),
    ("duplicate, escaped", b'{"name":"a","n\\u0061me":"b"}', "duplicate_key", "#"),
    ("duplicate below", b'{"name":"a","by_name":{"x":{},"x":{}}}', "duplicate_key", "#"),
    ("NUL", b'{"name":"a\\u0000b"}', "nul_character", "#/name"),
    ("NUL below", b'{"name":"a","legs":[{},{"name":"\\u0000"}]}', "nul_character", "#/legs/1/name"),
    ("NUL after a backslash", b'{"name":"a\\\\\\u0000b"}', "nul_character", "#/name"),
    ("NUL in a key", b'{"name":"a","by_name":{"\\u0000":{}}}', "nul_character", "#/by_name"),
    ("raw NUL", b'{"name":"a\x00b"}', "malformed_json", "#"),
    ("lone high surrogate", b'{"name":"\\ud800"}', "malformed_json", "#/name"),
    ("lone low surrogate", b'{"name":"\\udc00x"}', "malformed_json", "#/name"),
    ("surrogates turned round", b'{"name":"\\udc00\\ud800"}', "malformed_json", "#/name"),
    ("encoded surrogate", b'{"name":"\xed\xa0\x80"}', "not_utf8", "#"),
    ("invalid UTF-8", b'{"name":"\xff"}', "not_utf8", "#"),
    ("invalid UTF-8 in an unknown field", b'{"zz":"\xff"}', "not_utf8", "#"),
    ("overlong UTF-8", b'{"name":"\xc0\x80"}', "not_utf8", "#"),
    ("Latin-1", '{"name":"Zoë"}'.encode("latin-1"), "not_utf8", "#"),
    ("UTF-16", '{"name":"a"}'.encode("utf-16"), "not_utf8", "#"),
    ("byte order mark", b'\xef\xbb\xbf{"name":"a"}', "byte_order_mark", "#"),
    ("65 levels", nested(65), "nested_too_deep", "#"),
    ("1,000 levels", nested(1000), "nested_too_deep", "#"),
    ("100,000 levels", nested(100_000), "nested_too_deep", "#"),
    ("100,000 never closed", b'{"name":' + b"[" * 100_000, "nested_too_deep", "#"),
    ("deep objects", b'{"name":' * 70 + b"1" + b"}" * 70, "nested_too_deep", "#"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "pointer"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES]
)
async def test_a_wrong_body_is_refused_with_its_place(
    http: AsyncClient, body: bytes, code: str, pointer: str
) -> None:
    reply = await http.post("/things", content=body, headers=JSON)
    assert reply.status_code == 400, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    error = reply.json()["errors"][0]
    assert (error["code"], error["pointer"], error["parameter"]) == (code, pointer, None)


GOOD: list[bytes] = [
    b'{"name":"a\\\\u0000"}',  # a backslash and the letters, no NUL
    b'{"name":"\\ud83d\\ude00"}',
    '{"name":"Zoë 😀"}'.encode(),
    b'{"name":"' + b"[{" * 500 + b'"}',  # brackets in text nest nothing
    b'{"name":"a","legs":[' + b"{}," * 200 + b"{}]}",
]


@pytest.mark.parametrize("body", GOOD)
async def test_a_good_body_passes(http: AsyncClient, body: bytes) -> None:
    reply = await http.post("/things", content=body, headers=JSON)
    assert reply.status_code == 201, reply.text
    assert reply.json()["name"] == json.loads(body)["name"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/merge-patch+json"},
        {**JSON, "Content-Encoding": "gzip"},
        {"Content-Type": "application/json; charset=latin-1"},
    ],
)
async def test_another_media_type_is_415_and_says_which(
    http: AsyncClient, headers: dict[str, str]
) -> None:
    reply = await http.post("/things", content=b'{"name":"a"}', headers=headers)
    assert (reply.status_code, reply.headers["accept-post"]) == (415, "application/json")
    assert reply.json()["code"] == "unsupported_media_type"


async def test_patch_takes_both_types_and_says_so(http: AsyncClient) -> None:
    for kind in ("application/merge-patch+json", "application/json; charset=utf-8"):
        reply = await http.patch(
            f"/things/{ID}", content=b'{"name":"a"}', headers={"Content-Type": kind}
        )
        assert reply.status_code == 200, reply.text
    reply = await http.patch(f"/things/{ID}", content=b"{}")
    assert reply.headers["accept-patch"] == "application/merge-patch+json, application/json"


async def test_the_size_limit_holds_with_and_without_a_length(http: AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    for content in (b" " * 1_048_577, chunks()):
        reply = await http.post("/things", content=content, headers=JSON)
        assert (reply.status_code, reply.json()["code"]) == (413, "body_too_large")
        assert "1,048,576 bytes" in reply.json()["detail"]
    big = b'{"a":"' + b"x" * 2_000_000 + b'"}'
    assert (await http.put("/big", content=big, headers=JSON)).json() == {"length": 2_000_000}


async def test_a_missing_body_is_named(http: AsyncClient) -> None:
    for headers in ({}, JSON):
        reply = await http.post("/things", headers=headers)
        assert reply.status_code == 400
        assert reply.json()["errors"][0]["pointer"] == "#"


async def test_a_body_nobody_reads_is_refused_unless_it_is_empty(http: AsyncClient) -> None:
    address = f"/things/{ID}/retire"
    assert (await http.post(address)).status_code == 201
    assert (await http.post(address, content=b"{}", headers=JSON)).status_code == 201
    for body in (b'{"reason":"x"}', b"\xff", b" " * 2_000_000):
        reply = await http.post(address, content=body, headers=JSON)
        assert reply.status_code in (400, 413), reply.text
    assert (await http.request("DELETE", f"/things/{ID}", content=b"[1]")).status_code == 400


QUERIES: list[tuple[str, str, str | None]] = [
    ("/things?colour=red", "unknown_parameter", "colour"),
    ("/things?colour=", "unknown_parameter", "colour"),
    ("/things?colour", "unknown_parameter", "colour"),
    ("/things?Limit=1", "unknown_parameter", "Limit"),
    (f"/things/{ID}?limit=1", "unknown_parameter", "limit"),
    ("/things?limit=1&limit=2", "repeated_parameter", "limit"),
    ("/things?limit=", "empty", "limit"),
    ("/things?cursor=%00", "nul_character", "cursor"),
    ("/things?limit=0", "invalid", "limit"),
    ("/things?limit=101", "invalid", "limit"),
    ("/things?limit=x", "invalid", "limit"),
    ("/things?limit=99999999999999999999", "invalid", "limit"),
    ("/required", "missing", "word"),
    ("/required?word=", "empty", "word"),
]


@pytest.mark.parametrize(("address", "code", "parameter"), QUERIES)
async def test_a_wrong_parameter_is_named(
    http: AsyncClient, address: str, code: str, parameter: str | None
) -> None:
    reply = await http.get(address)
    assert reply.status_code == 400, reply.text
    error = reply.json()["errors"][0]
    assert (error["code"], error["parameter"], error["pointer"]) == (code, parameter, None)


@pytest.mark.parametrize("query", ["cursor=%ff", "cursor=%ed%a0%80", "&".join(["status=a"] * 201)])
async def test_a_query_that_cannot_be_read_is_400(http: AsyncClient, query: str) -> None:
    reply = await http.get(f"/things?{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, "malformed_query")


async def test_good_parameters_pass(http: AsyncClient) -> None:
    reply = await http.get("/things?limit=100&status=a&status=b&cursor=x")
    assert reply.json() == {"limit": 100, "cursor": "x", "status": ["a", "b"]}


async def test_nul_in_the_path_is_no_failure(http: AsyncClient) -> None:
    for address in ("/things/%00", f"/things/{ID}%00", "/%00", "/things/%ff"):
        assert (await http.get(address)).status_code in (400, 404)
    reply = await http.get("/words/a%00b")
    assert (reply.status_code, reply.json()["code"]) == (400, "nul_character")
    assert (await http.get("/words/a%20b")).json() == {"word": "a b"}


@pytest.mark.parametrize(
    ("text", "deeper"),
    [
        (b"[" * 3 + b"]" * 3, False),
        (b"[" * 4 + b"]" * 4, True),
        (b"[],[],[],[],[]", False),
        (b'["[[[[[","]]]"]', False),
        (b'["\\"[[[[["]', False),
        (b"[{[{", True),
        (b"]]]]][[[[", True),
        (b'"[[[[[', False),
        (b"[ { \n [ 1 ] , [ ] } ]", False),
        (b"[{[[1]]}]", True),
    ],
)
def test_depth_is_counted_on_the_bytes(text: bytes, deeper: bool) -> None:
    assert nests_deeper(text, 3) is deeper


@pytest.mark.parametrize(
    "evil", [b'"\\' * 500_000, b'["' * 500_000, b"[]" * 500_000, b"][" * 500_000]
)
def test_counting_stays_linear(evil: bytes) -> None:
    nests_deeper(evil, 64)  # quadratic ways to count take hours here


def test_places_become_pointers() -> None:
    cases: dict[str, Any] = {
        "Expected `int` - at `$.a.b[3].c`": ("Expected `int`", "#/a/b/3/c"),
        "Expected `int` - at `$[0]`": ("Expected `int`", "#/0"),
        "Expected `int` - at `$.d[...].n`": ("Expected `int`", "#/d/.../n"),
        "Expected `int` - at `key` in `$.d[0]`": ("Expected `int`", "#/d/0"),
        "Expected `int`": ("Expected `int`", "#"),
    }
    for message, expected in cases.items():
        assert place(message) == expected
