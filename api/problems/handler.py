"""From an exception to the bytes of a problem. Litestar's only exception handler is `on_error`."""

import logging
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.exceptions import MethodNotAllowedException
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope, Send

from api.middleware.advice import advise_parameter
from api.middleware.methods import allowed_methods
from api.problems.challenge import challenged
from api.problems.document import MEDIA_TYPE, Problem, ProblemError, request_id
from api.problems.storage import translate
from api.problems.table import UNEXPECTED, Answer, HttpRefusal, describe

log = logging.getLogger("touchstone.problems")

_INSTANCE_LIMIT = 512


def answer(error: Exception) -> Answer:
    """What to say about `error`; the unforeseen goes to the log and tells nothing of the inside."""
    foreseen = describe(error) or describe(translate(error) or error)
    if foreseen is None:
        log.error("unexpected failure in request %s", request_id.get(), exc_info=error)
    return foreseen or UNEXPECTED


def on_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The exception handler for `Exception`, the only one there is."""
    if isinstance(error, MethodNotAllowedException) and not allowed_methods(
        request.app, request.scope["path"]
    ):
        error = HttpRefusal(404)  # Litestar's router takes what is no id for one, until it reads it
    said = challenged(renamed(detailed(answer(error), request.scope), request.scope), request.scope)
    return Response(
        _document(request.scope, said),
        status_code=said.status,
        headers=dict(said.headers),
        media_type=MEDIA_TYPE,
    )


def detailed(said: Answer, scope: Scope) -> Answer:
    """Add what only the route knows: the size it accepts, the values its parameters take."""
    handler: Any = scope.get("route_handler")
    if not isinstance(handler, HTTPRouteHandler):
        return said
    if said.status == 413 and (limit := handler.resolve_request_max_body_size()):
        return said._replace(detail=f"Send at most {limit:,} bytes at once: this body is larger.")
    errors = [
        replace(e, detail=advise_parameter(e.detail, handler, e.parameter)) if e.parameter else e
        for e in said.errors
    ]
    return said._replace(errors=errors)


def renamed(said: Answer, scope: Scope) -> Answer:
    """Call parameters as clients do: a route says `renamed=` where its function cannot."""
    handler: Any = scope.get("route_handler")
    names = None if handler is None else handler.opt.get("renamed")
    if not names:
        return said
    errors = [replace(e, parameter=names.get(e.parameter, e.parameter)) for e in said.errors]
    return said._replace(errors=errors)


async def send_problem(scope: Scope, send: Send, error: Exception) -> None:
    """Answer with a problem where Litestar is not in charge."""
    said = challenged(answer(error), scope)
    body = _document(scope, said)
    headers = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), **said.headers}
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": said.status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _document(scope: Scope, said: Answer) -> bytes:
    return msgspec.json.encode(
        Problem(
            type=f"/problems/{said.code}",
            title=said.title,
            status=said.status,
            detail=said.detail,
            instance=quote(scope["path"], errors="replace")[:_INSTANCE_LIMIT],
            code=said.code,
            request_id=request_id.get(),
            errors=[
                ProblemError(
                    detail=error.detail,
                    code=error.code,
                    pointer=error.pointer,
                    parameter=error.parameter,
                )
                for error in said.errors
            ],
        )
    )
