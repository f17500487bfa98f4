"""Bodies that nobody sends by accident, thrown at operations of every kind."""

import gzip
import json
from collections.abc import AsyncIterator

import pytest

from tests.api.hostile.target import Target, refused

JSON = "application/json"
MEGABYTE = 1_048_576


def saying(value: bytes) -> bytes:
    """An annotation whose words are these bytes of JSON."""
    return b'{"subject_id":"0198c0de-77aa-7000-8000-000000000000","kind":"idea","body":%s}' % value


def deep(levels: int) -> bytes:
    return b'{"body":' + b"[" * levels + b"]" * levels + b"}"


BODIES: dict[str, tuple[bytes, str, str]] = {
    # what is wrong: the body, the code of the place, the pointer
    "nothing": (b"", "missing", "#"),
    "white space": (b" \n ", "malformed_json", "#"),
    "broken off": (b"{", "malformed_json", "#"),
    "broken in a text": (b'{"body":"', "malformed_json", "#"),
    "not JSON": (b"<xml/>", "malformed_json", "#"),
    "a form": (b"body=x&kind=idea", "malformed_json", "#"),
    "single quotes": (b"{'body':'x'}", "malformed_json", "#"),
    "a comment": (saying(b'"x"') + b"// so", "malformed_json", "#"),
    "a comma too many": (b'{"body":"x",}', "malformed_json", "#"),
    "two documents": (saying(b'"x"') * 2, "malformed_json", "#"),
    "an array": (b"[]", "invalid", "#"),
    "null": (b"null", "invalid", "#"),
    "a text": (b'"x"', "invalid", "#"),
    "a number": (b"1e400", "invalid", "#"),
    "depth 65": (deep(65), "nested_too_deep", "#"),
    "depth 1,000": (deep(1_000), "nested_too_deep", "#"),
    "depth 100,000": (deep(100_000), "nested_too_deep", "#"),
    "depth 100,000, never closed": (b"[" * 100_000, "nested_too_deep", "#"),
    "NUL, escaped": (saying(b'"a\\u0000b"'), "nul_character", "#/body"),
    "NUL, raw": (saying(b'"a\x00b"'), "malformed_json", "#"),
    "NUL in a key": (b'{"\\u0000":1}', "nul_character", "#"),
    "NUL alone": (b"\x00", "malformed_json", "#"),
    "lone high surrogate": (saying(b'"\\ud800"'), "malformed_json", "#/body"),
    "lone low surrogate": (saying(b'"\\udc00"'), "malformed_json", "#/body"),
    "surrogates swapped": (saying(b'"\\udc00\\ud800"'), "malformed_json", "#/body"),
    "lone surrogate in UTF-8": (saying(b'"\xed\xa0\x80"'), "not_utf8", "#"),
    "invalid UTF-8": (saying(b'"\xff\xfe"'), "not_utf8", "#"),
    "UTF-8 broken off": (saying(b'"\xe2\x82"'), "not_utf8", "#"),
    "overlong UTF-8": (saying(b'"\xc0\xaf"'), "not_utf8", "#"),
    "beyond Unicode": (saying(b'"\xf5\x80\x80\x80"'), "not_utf8", "#"),
    "Latin-1": (saying('"Zoë"'.encode("latin-1")), "not_utf8", "#"),
    "byte order mark": (b"\xef\xbb\xbf" + saying(b'"x"'), "byte_order_mark", "#"),
    "UTF-16": (saying(b'"x"').decode().encode("utf-16"), "not_utf8", "#"),
    "UTF-16, no mark": (saying(b'"x"').decode().encode("utf-16-le"), "malformed_json", "#"),
    "UTF-32": (saying(b'"x"').decode().encode("utf-32"), "not_utf8", "#"),
    "an unknown escape": (saying(b'"\\x41"'), "malformed_json", "#"),
    "NaN": (saying(b"NaN"), "malformed_json", "#"),
    "Infinity": (saying(b"-Infinity"), "malformed_json", "#"),
    "1e400": (saying(b"1e400"), "invalid", "#/body"),
    "400 digits": (saying(b"9" * 400), "invalid", "#/body"),
    "100,000 digits": (saying(b"9" * 100_000), "invalid", "#/body"),
    "the same key twice": (saying(b'"x","body":"y"'), "duplicate_key", "#"),
    "the same key, escaped": (saying(b'"x","b\\u006fdy":"y"'), "duplicate_key", "#"),
    "an unknown key twice": (saying(b'"x","a":1,"a":2'), "unknown_field", "#/a"),
    "a prototype": (saying(b'"x","__proto__":{"a":1}'), "unknown_field", "#/__proto__"),
    "a gzip of it": (gzip.compress(saying(b'"x"')), "not_utf8", "#"),
    "a million keys": (
        b"{" + b",".join(b'"%d":1' % n for n in range(90_000)) + b"}", "unknown_field", "#/0",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
async def _nothing_changes(target: Target) -> AsyncIterator[None]:
    before = await target.heads()
    yield
    assert await target.heads() == before


@pytest.mark.parametrize("what", BODIES)
async def test_a_body_that_cannot_be_is_refused_with_its_place(target: Target, what: str) -> None:
    body, code, pointer = BODIES[what]
    (place,) = refused(await target.raw("annotate", body, content_type=JSON), 400)
    assert (place["code"], place["pointer"]) == (code, pointer)


@pytest.mark.parametrize(
    "operation", ["updateStage", "writeCell", "rateTouchpoint", "signIn", "importJourney"]
)
async def test_every_door_is_as_strict(target: Target, operation: str) -> None:
    for what, (body, code, pointer) in BODIES.items():
        seen_first = code not in ("malformed_json", "duplicate_key") or not body.startswith(b'{"')
        if pointer == "#" and code not in ("invalid", "missing") and seen_first:
            (place,) = refused(await target.raw(operation, body, content_type=JSON), 400)
            assert (place["code"], place["pointer"]) == (code, pointer), what


def chunks(size: int) -> AsyncIterator[bytes]:
    async def flowing() -> AsyncIterator[bytes]:
        for _ in range(size // 100_000):
            yield b" " * 100_000

    return flowing()


@pytest.mark.parametrize("operation", ["annotate", "updateJourney", "importJourney", "signUp"])
async def test_ten_megabytes_are_refused_however_they_come(target: Target, operation: str) -> None:
    for content in (b" " * 10 * MEGABYTE, chunks(10_000_000)):
        reply = await target.raw(operation, content, content_type=JSON)
        assert refused(reply, 413) == []
        assert reply.json()["code"] == "body_too_large"


@pytest.mark.parametrize("operation", ["lockJourney", "removeStage", "withdrawAnnotation"])
async def test_where_no_body_is_read_none_is_taken(target: Target, operation: str) -> None:
    for content in (b'{"reason":"x"}', b"\xff", b"[1]", b" " * 10 * MEGABYTE):
        (place,) = refused(await target.raw(operation, content, content_type=JSON), 400)
        assert (place["code"], place["pointer"]) == ("unexpected_body", "#")


MEDIA: list[dict[str, str]] = [
    {},
    {"content_type": ""},
    {"content_type": "json"},
    {"content_type": "text/json"},
    {"content_type": "text/plain"},
    {"content_type": "application/xml"},
    {"content_type": "application/jsonp"},
    {"content_type": "application/x-www-form-urlencoded"},
    {"content_type": "multipart/form-data; boundary=x"},
    {"content_type": "application/octet-stream"},
    {"content_type": "application/json, text/plain"},
    {"content_type": JSON, "content_encoding": "gzip"},
    {"content_type": JSON, "content_encoding": "identity, gzip"},
    {"content_type": JSON, "content_encoding": "br"},
]


@pytest.mark.parametrize("headers", MEDIA, ids=lambda one: " ".join(one.values()) or "none")
async def test_another_media_type_is_not_read(target: Target, headers: dict[str, str]) -> None:
    for operation, asked in (("annotate", "accept-post"), ("updateStage", "accept-patch")):
        body = json.dumps(target.body(operation)).encode()
        if headers.get("content_encoding") == "gzip":
            body = gzip.compress(body)
        reply = await target.raw(operation, body, **headers)
        refused(reply, 415)
        assert JSON in reply.headers[asked].split(", ")
