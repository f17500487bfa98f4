"""Which problems an operation can answer with."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from api.openapi.components import EXAMPLES
from api.openapi.headers import (
    ACCEPTED,
    ALLOW,
    COMMON,
    ETAG,
    RETRY_AFTER,
    STRING,
    headers,
)
from api.openapi.operations import Operation
from api.openapi.refusals import ANYWHERE, BY_SHAPE, REPEATED, STATUSES, Refusals
from api.problems import REFUSALS
from api.problems.catalogue import CATALOGUE

# status: name of the shared response, what it means
NAMES = {
    400: ("BadRequest", "Malformed: broken JSON, a field or parameter that is unknown or wrong."),
    401: ("Unauthorized", "No token, or one that is not valid."),
    403: ("Forbidden", "Not allowed; the detail says who is."),
    404: ("NotFound", "It does not exist, or is not for you to know of."),
    409: ("Conflict", "It does not go together with how things stand."),
    412: ("PreconditionFailed", "Somebody changed it since; the ETag is the present one."),
    413: ("ContentTooLarge", "The body is too large."),
    415: ("UnsupportedMediaType", "The body is not of a type that is read here."),
    422: ("UnprocessableContent", "Understood, but it cannot be done."),
    428: ("PreconditionRequired", "If-Match is missing: read the thing first, then send its ETag."),
    429: ("TooManyRequests", "Too many requests; wait as long as Retry-After says."),
    500: ("UnexpectedFailure", "Something failed on our side; quote the request_id."),
    503: ("ServiceUnavailable", "Overloaded or shutting down; try again after Retry-After."),
}
CHALLENGE = {
    "WWW-Authenticate": {
        "description": "How to authenticate; `error` says what the token lacks (RFC 6750).",
        "schema": STRING,
        "example": "Bearer",
    }
}
# A job says it of itself; no reply does.
JOB_ONLY = (409, "job_given_up")
EXTRA: dict[int, dict[str, Any]] = {
    401: CHALLENGE,
    403: CHALLENGE,  # with the scope that an access token lacks
    409: RETRY_AFTER,
    412: ETAG,
    415: ACCEPTED,
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}


PROBLEM = "application/problem+json"
TITLES = dict(REFUSALS.values())


def shared_responses(operations: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the responses that operations refer to."""
    default = _response("Any other problem.", ALLOW, list(ANYWHERE.items()))
    named = {name: _of(status, _usual(status)) for status, (name, _) in NAMES.items()}
    answers = [one for operation in operations for one in operation["responses"].values()]
    used = {one["$ref"].rpartition("/")[2] for one in answers if "$ref" in one}
    return {name: one for name, one in {"Problem": default, **named}.items() if name in used}


def problem_examples() -> dict[str, Any]:
    """Give one problem of each code: the catalogue."""
    told = [(s, code) for s, codes in CATALOGUE.items() for code in codes if (s, code) != JOB_ONLY]
    return {f"{status}.{code}": _example(status, code) for status, code in told}


def problems(op: Operation, path: str, refusals: Refusals) -> dict[str, Any]:
    """Describe each problem that an operation can answer with; shared where it is the usual."""
    found = refusals.of(op, statuses(op, path))
    told = {
        str(status): {"$ref": f"#/components/responses/{NAMES[status][0]}"}
        if codes == _usual(status)
        else _of(status, codes)
        for status, codes in found.items()
    }
    return {**told, "default": {"$ref": "#/components/responses/Problem"}}


def statuses(op: Operation, path: str) -> set[int]:
    """Give the statuses of problems of an operation of this shape."""
    said = op.handler.opt.get("problems", ())
    asked = {
        (401, 403): not op.public,
        (404,): "{" in path,
        (409,): op.writes,
        (413, 415, 422): op.body is not None,
        (412, 428): op.takes_version,
        (400, 429, 500, 503): True,
        tuple(STATUSES.get(one, one) for one in said): True,
    }
    return {status for group, applies in asked.items() if applies for status in group}


def _usual(status: int) -> tuple[str, ...]:
    return BY_SHAPE[status] + REPEATED.get(status, ())


def _of(status: int, codes: tuple[str, ...]) -> dict[str, Any]:
    says = NAMES[status][1]
    return _response(says, EXTRA.get(status, {}), [(status, code) for code in codes])


def _response(says: str, extra: dict[str, Any], told: list[tuple[int, str]]) -> dict[str, Any]:
    content = {
        "schema": {"$ref": "#/components/schemas/Problem"},
        "examples": {code: {"$ref": f"{EXAMPLES}{status}.{code}"} for status, code in told},
    }
    return {
        "description": says,
        "headers": {**headers(COMMON), **extra},
        "content": {PROBLEM: content},
    }


def _example(status: int, code: str) -> dict[str, Any]:
    says = CATALOGUE[status][code]
    told = {
        "type": f"/problems/{code}",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": says,
        "instance": "/v1/touchpoints",
        "code": code,
        "request_id": "0198c0de-77aa",
        "errors": [],
    }
    return {"summary": says, "value": told}
