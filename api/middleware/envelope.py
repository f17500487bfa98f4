"""The outermost layer: whatever happens inside, the reply leaves numbered, sealed and logged.

It wraps the ASGI application, because Litestar's own middleware never sees its 404 and 405.
"""

import asyncio
import re
from collections.abc import Sequence
from time import perf_counter
from typing import Any
from uuid import uuid4

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.types import HTTPScope, Message, Receive, Scope, Send

from api.middleware.access_log import log_access, log_broken
from api.middleware.leaving import leaving
from api.middleware.methods import allowed_methods
from api.middleware.reply_headers import Headers, ReplyHeaders, encoded, header
from api.problems import HttpRefusal, request_id, send_problem

MAX_ADDRESS = 8192

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_TRACEPARENT = re.compile(rb"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Envelope:
    """Request id, security headers, CORS, HEAD, OPTIONS, Allow, access log, the last resort."""

    def __init__(self, app: Litestar, *, origins: Sequence[str] = (), https: bool = False) -> None:
        self.app = app
        self._headers = ReplyHeaders(origins, https=https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application to serve."""
        if scope["type"] != ScopeType.HTTP:  # the start and the end of the server's life
            await self.app(scope, receive, send)
            return
        reply = _Reply(self._headers, self.app, scope, send)
        number = request_id.set(reply.number)
        started = perf_counter()
        try:
            await self._answer(reply, receive)
        except Exception as error:
            await self._rescue(reply, error)
        finally:
            log_access(reply.scope, reply.method, reply.status, perf_counter() - started)
            request_id.reset(number)

    async def _answer(self, reply: "_Reply", receive: Receive) -> None:
        scope = reply.scope
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
            await send_problem(scope, reply.send, HttpRefusal(414))
        elif reply.method == "OPTIONS" and (methods := allowed_methods(self.app, scope["path"])):
            await reply.say_methods(methods)
        elif reply.method == "HEAD":
            scope["method"] = "GET"
            await self.app(scope, reply.receive_nothing, reply.send)
        else:
            await self.app(scope, receive, reply.send)

    async def _rescue(self, reply: "_Reply", error: Exception) -> None:
        """A failure that even Litestar let through; what is half said cannot be taken back."""
        if reply.status:
            log_broken(error)
            raise error
        await send_problem(reply.scope, reply.send, error)


class _Reply:
    """One reply on its way out."""

    def __init__(self, headers: ReplyHeaders, app: Litestar, scope: HTTPScope, send: Send) -> None:
        self._headers, self._app, self._send = headers, app, send
        self.scope: HTTPScope = scope.copy()  # HEAD is asked as GET
        self.method: str = scope["method"]
        self.status = 0
        self._read = False
        self._over = asyncio.Event()
        self._asked: Headers = [(bytes(n), bytes(v)) for n, v in scope["headers"]]
        self.number = self._number()

    def _number(self) -> str:
        own = header(self._asked, b"x-request-id") or b""
        return own.decode() if _REQUEST_ID.fullmatch(own) else uuid4().hex

    async def send(self, message: Message) -> None:
        """Complete the headers; for HEAD, let nothing follow them."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            await self._send({**message, "headers": self._complete(message["headers"])})
            if self.method == "HEAD":
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
                self._over.set()
        elif self.method != "HEAD":
            await self._send(message)
        else:
            await asyncio.sleep(0)  # an endless stream must get to hear that nobody listens

    async def receive_nothing(self) -> Any:
        """What a HEAD sends: an empty body, and it hangs up once the headers are out."""
        if not self._read:
            self._read = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def say_methods(self, methods: str) -> None:
        """The answer to OPTIONS, for browsers that ask on behalf of another origin as well."""
        headers = encoded({"allow": methods})
        if header(self._asked, b"access-control-request-method"):
            headers += self._headers.preflight(header(self._asked, b"origin"), methods)
        await self.send({"type": "http.response.start", "status": 204, "headers": headers})
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    def _complete(self, headers: Any) -> Headers:
        ours = encoded({"x-request-id": self.number})
        if self.status == 405:  # Litestar's forgets HEAD, and its order changes
            headers = [pair for pair in headers if pair[0].lower() != b"allow"]
            ours += encoded({"allow": allowed_methods(self._app, self.scope["path"])})
        if going := leaving(self.scope):
            ours += going.headers
        trace = header(self._asked, b"traceparent") or b""
        if _TRACEPARENT.fullmatch(trace):
            ours.append((b"traceparent", trace))
        return self._headers.complete([*headers, *ours], header(self._asked, b"origin"))
