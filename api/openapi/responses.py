"""Which problems an operation can answer with."""

from typing import Any

from api.openapi.headers import COMMON, ETAG, RETRY_AFTER, STRING, headers
from api.openapi.operations import Operation

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
        "description": "How to authenticate.",
        "schema": STRING,
        "example": "Bearer",
    }
}
EXTRA: dict[int, dict[str, Any]] = {
    401: CHALLENGE,
    412: ETAG,
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}


def shared_responses() -> dict[str, Any]:
    """Give the responses that all operations refer to."""
    default = _response("Any other problem.", {})
    named = {name: _response(says, EXTRA.get(s, {})) for s, (name, says) in NAMES.items()}
    return {"Problem": default, **named}


def _response(says: str, extra: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": says,
        "headers": {**headers(COMMON), **extra},
        "content": {"application/problem+json": {"schema": schema}},
    }


def problems(op: Operation, path: str) -> dict[str, Any]:
    """Refer to each problem that an operation of this shape can answer with."""
    asked = {
        (401, 403): not op.public,
        (404,): "{" in path,
        (409,): op.writes,
        (413, 415, 422): op.body is not None,
        (412, 428): op.takes_version,
        (400, 429, 500, 503): True,
        tuple(op.handler.opt.get("problems", ())): True,
    }
    statuses = {status for group, applies in asked.items() if applies for status in group}
    named = {str(s): {"$ref": f"#/components/responses/{NAMES[s][0]}"} for s in sorted(statuses)}
    return {**named, "default": {"$ref": "#/components/responses/Problem"}}
