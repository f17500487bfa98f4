"""The one table: which refusal becomes which status."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from litestar.exceptions import HTTPException, InternalServerException, ValidationException

from domain.errors import (
    Conflict,
    DomainError,
    FieldError,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    PreconditionMissing,
    ScopeMissing,
    Stale,
    Throttled,
    Unauthenticated,
    Unavailable,
    Underway,
)

REFUSALS: Mapping[type[DomainError], tuple[int, str]] = {
    Malformed: (400, "The request is malformed"),
    Unauthenticated: (401, "Not signed in"),
    Forbidden: (403, "Not allowed"),
    NotFound: (404, "Not found"),
    Conflict: (409, "In conflict with the present state"),
    Stale: (412, "Changed in the meantime"),
    Invalid: (422, "Understood but impossible"),
    PreconditionMissing: (428, "Precondition required"),
    Throttled: (429, "Too many requests"),
    Unavailable: (503, "Not available just now"),
}

# What Litestar refuses by itself, in our words: code and detail.
HTTP_REFUSALS: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "The request could not be understood: see errors."),
    401: (Unauthenticated.code, Unauthenticated.detail),
    403: (Forbidden.code, Forbidden.detail),
    404: ("no_such_address", "There is nothing at this address: compare it with the reference."),
    405: ("method_not_allowed", "This address does not know the method: see the Allow header."),
    413: ("body_too_large", "The body is larger than this address accepts: send less at once."),
    414: ("address_too_long", "The address is longer than 8 KiB: send fewer parameters."),
    415: ("unsupported_media_type", "Send the body as JSON, with its Content-Type."),
    431: ("headers_too_large", "The headers are too large: send less."),
}

_MISSING = re.compile(r"^Missing required \w+ parameter '([^']+)'")


_HUNG_UP = "client disconnected prematurely"


class HttpRefusal(HTTPException):
    """A refusal that only makes sense in HTTP: a media type, a size, a length."""

    def __init__(
        self, status: int, *, headers: dict[str, str] | None = None, says: str | None = None
    ) -> None:
        super().__init__(status_code=status, headers=headers)
        self.says = says


class Answer(NamedTuple):
    """What a refusal says, before it is put into bytes."""

    status: int
    title: str
    code: str
    detail: str
    errors: Sequence[FieldError]
    headers: Mapping[str, str]


UNEXPECTED = Answer(
    status=500,
    title="Unexpected failure",
    code="unexpected",
    detail="Something failed on our side. Repeat it; if it fails again, report the request_id.",
    errors=(),
    headers={},
)


def describe(error: Exception) -> Answer | None:
    """What to answer to `error`; None when nobody foresaw it."""
    if isinstance(error, DomainError):
        return _describe_domain(error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _describe_http(error)
    if isinstance(error, InternalServerException) and error.detail == _HUNG_UP:
        return _describe_http(HttpRefusal(400))  # nobody is there to read it, nothing failed
    return None


def _describe_domain(error: DomainError) -> Answer | None:
    kind = next((kind for kind in type(error).__mro__ if kind in REFUSALS), None)
    if kind is None:
        return None
    status, title = REFUSALS[kind]
    return Answer(status, title, error.code, error.detail, error.errors, _headers(error))


def _headers(error: DomainError) -> dict[str, str]:
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, ScopeMissing):  # as RFC 6750 has it
        return {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{error.scope}"'}
    if isinstance(error, Stale):
        return {"ETag": f'"{error.current_version}"'}
    if isinstance(error, Throttled | Unavailable | Underway):
        return {"Retry-After": str(max(1, error.retry_after))}
    return {}


def _describe_http(error: HTTPException) -> Answer:
    status = error.status_code
    title = next((title for code, title in REFUSALS.values() if code == status), None)
    code, detail = HTTP_REFUSALS.get(status, ("refused", HTTPStatus(status).description))
    detail = getattr(error, "says", None) or detail
    headers = dict(error.headers or {})
    if status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    errors = _parameters(error) if isinstance(error, ValidationException) else ()
    return Answer(status, title or HTTPStatus(status).phrase, code, detail, errors, headers)


def _parameters(error: ValidationException) -> Sequence[FieldError]:
    """The parameters Litestar found fault with; its own detail repeats the address, so leave it."""
    if missing := _MISSING.match(error.detail):
        return (FieldError("This parameter is required.", "missing", parameter=missing[1]),)
    extra: Any = error.extra
    return [_place(item) for item in (extra if isinstance(extra, list) else [])]


def _place(item: Mapping[str, Any]) -> FieldError:
    if item.get("source") == "body" or item.get("key") == "data":
        return FieldError("A JSON body is required here.", "missing", pointer="#")
    return FieldError(str(item["message"]), "invalid", parameter=str(item.get("key", "")))
