"""Headers of requests and replies, and which operations have them."""

from collections.abc import Iterable
from typing import Any

from api.openapi.operations import Operation

STRING = {"type": "string", "maxLength": 255}
SECONDS = {"type": "integer", "minimum": 0, "maximum": 86_400, "format": "int32"}
REVISION = {"type": "integer", "minimum": 0, "maximum": 2**53 - 1, "format": "int64"}
ETAG_PATTERN = r'^"\d{1,10}(-[0-9a-f]{8})?"$'


def _header(says: str, example: str | int, schema: dict[str, Any] = STRING) -> dict[str, Any]:
    return {"description": says, "schema": schema, "example": example}


HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": _header(
        "Names this request in logs and problems; your own is echoed.", "0198c0de-77aa"
    ),
    "RateLimit": _header(
        "What is left of the quota: r requests, renewed in t seconds.", '"member";r=412;t=23'
    ),
    "RateLimit-Policy": _header("The quota: q requests in w seconds.", '"member";q=600;w=60'),
    "Retry-After": _header("Seconds to wait.", 3, SECONDS),
    "ETag": _header("The version; send it back in If-Match or If-None-Match.", '"7"'),
    "Location": _header(
        "Where the new resource is.", "/v1/annotations/0198c0de-77aa-7000-8000-000000000000"
    ),
    "Journey-Revision": _header("The journey's revision after a write in one.", 42, REVISION),
    "Idempotent-Replayed": _header(
        "true when this is the stored reply of an earlier call.", "true"
    ),
    "Cache-Control": _header(
        "Yours alone, and to be asked for anew with If-None-Match.", "private, no-cache"
    ),
    "Content-Disposition": _header(
        "Whether to show or to save it, and the name of the file.",
        'attachment; filename="journey.csv"',
        {"type": "string", "maxLength": 2_000},
    ),
    "Accept-Ranges": _header("That a part can be asked for with Range.", "bytes"),
    "Content-Range": _header("Which part this is.", "bytes 0-1023/48213"),
    "Accept-Post": _header("What a POST or PUT takes here.", "application/json"),
    "Accept-Patch": _header(
        "What a PATCH takes here.", "application/merge-patch+json, application/json"
    ),
    "Allow": _header("Which methods the address knows, after a 405.", "GET, PATCH"),
}
LEAVING: dict[str, dict[str, Any]] = {
    "Deprecation": _header(
        "Since when this is deprecated, in seconds since 1970 (RFC 9745).", "@1796083200"
    ),
    "Sunset": _header("After this it may be gone (RFC 8594).", "Tue, 01 Jun 2027 00:00:00 GMT"),
    "Link": _header("Where to read about it.", '</docs>; rel="deprecation"; type="text/html"'),
}
"""Of operations that are deprecated, on every reply, errors included."""
COMMON = ("RateLimit", "RateLimit-Policy", "X-Request-Id")


def headers(names: tuple[str, ...]) -> dict[str, Any]:
    """Refer to shared headers by name."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


ETAG = headers(("ETag",))
RETRY_AFTER = headers(("Retry-After",))
ACCEPTED = headers(("Accept-Patch", "Accept-Post"))
PART = headers(("Content-Range",))
ALLOW = headers(("Allow",))

PARAMETERS: dict[str, dict[str, Any]] = {
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag that you read: the change is made only to that version.",
        "schema": {"type": "string", "pattern": ETAG_PATTERN, "maxLength": 21},
        "example": '"7"',
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "An ETag you have: 304 without a body if nothing has changed.",
        "schema": {"type": "string", "maxLength": 1024},
        "example": '"7"',
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "A name of your own for this call. Sent again within 24 hours with the same"
        " body, it is answered with the stored reply and done once.",
        "schema": {"type": "string", "pattern": "^[!-~]+$", "minLength": 1, "maxLength": 255},
        "example": "0198c0de-77aa-7000-8000-000000000001",
    },
}


def shared_headers(operations: Iterable[Operation]) -> dict[str, Any]:
    """Give the headers that replies refer to."""
    return HEADERS | (LEAVING if any(op.deprecation for op in operations) else {})


def reply_headers(op: Operation) -> dict[str, Any]:
    """Give the headers of an operation's good reply."""
    asked = {
        "ETag": op.versioned,
        "Location": op.handler.status_code == 201 or op.begins,
        "Journey-Revision": op.writes and op.in_journey,
        "Idempotent-Replayed": repeatable(op),
        "Cache-Control": op.versioned and not op.writes,
        "Content-Disposition": bool(op.sends),
        "Accept-Ranges": op.partial,
        **dict.fromkeys(LEAVING, op.deprecation is not None),
    }
    return headers((*COMMON, *(name for name, applies in asked.items() if applies)))


def request_headers(op: Operation) -> list[str]:
    """Name the shared header parameters that an operation takes."""
    asked = {
        "IfMatch": op.takes_version,
        "IfNoneMatch": op.versioned and not op.writes,
        "IdempotencyKey": repeatable(op),
    }
    return [name for name, applies in asked.items() if applies]


def repeatable(op: Operation) -> bool:
    """Whether a client may name the call, to repeat it safely."""
    return op.method == "POST" and not op.public and not op.handler.opt.get("secret_reply")
