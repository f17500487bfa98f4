"""From an exception to the bytes of a problem. Litestar's only exception handler is `on_error`."""

import logging
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.types import Scope, Send

from api.problems.document import MEDIA_TYPE, Problem, ProblemError, request_id
from api.problems.storage import translate
from api.problems.table import UNEXPECTED, Answer, describe

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
    said = answer(error)
    return Response(
        _document(request.scope, said),
        status_code=said.status,
        headers=dict(said.headers),
        media_type=MEDIA_TYPE,
    )


async def send_problem(scope: Scope, send: Send, error: Exception) -> None:
    """Answer with a problem where Litestar is not in charge."""
    said = answer(error)
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
