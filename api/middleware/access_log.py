"""One line per request, as JSON: who waited how long for what, never a token, never a query."""

import logging

import msgspec
from litestar.types import Scope

from api.middleware.leaving import leaving
from api.problems import request_id

log = logging.getLogger("touchstone.access")

_CLIENT_GONE = 499
_PATH_LIMIT = 200


def log_access(scope: Scope, method: str, status: int, seconds: float) -> None:
    """Write the line; the path as it was declared, so that lines can be counted by operation."""
    level = logging.WARNING if status >= 500 else logging.INFO
    if log.isEnabledFor(level):
        line = {
            "request_id": request_id.get(),
            "method": method,
            "path": scope.get("path_template") or scope["path"][:_PATH_LIMIT],
            "status": status or _CLIENT_GONE,
            "milliseconds": round(seconds * 1000, 1),
        }
        if going := leaving(scope):  # who still calls what will be gone, and how often
            line["sunset"] = going.sunset
        text = msgspec.json.encode(line).decode()
        log.log(level, "%s", text)


def log_broken(error: Exception) -> None:
    """Write down why a reply stopped in the middle."""
    log.error("reply to request %s broken off", request_id.get(), exc_info=error)
