"""The document as it is sent: its bytes, made once for each process and off the event loop."""

import asyncio
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from litestar import Litestar, Request, Response, get
from litestar.enums import OpenAPIMediaType
from litestar.handlers import HTTPRouteHandler

from api.middleware.finish import known_tags, unless_known


class Rendered(NamedTuple):
    """The document and its ETag."""

    content: bytes
    etag: str


Render = Callable[[Litestar], Rendered]


class Published:
    """Renders the document when it is first asked for, however many ask at that moment.

    That takes seconds of computing: in the event loop every other request and stream of the
    process would wait for it, so it is done in a thread.
    """

    def __init__(self, render: Render) -> None:
        self._render = render
        self._rendered: Rendered | None = None
        self._rendering: asyncio.Task[Rendered] | None = None

    async def read(self, app: Litestar) -> Rendered:
        """Give the document; whoever stops waiting for it stops nobody else."""
        if self._rendered is None:
            if self._rendering is None:
                self._rendering = asyncio.create_task(asyncio.to_thread(self._render, app))
                self._rendering.add_done_callback(self._done)
            self._rendered = await asyncio.shield(self._rendering)
        return self._rendered

    def _done(self, _: asyncio.Task[Rendered]) -> None:
        """What failed is tried anew by the next who asks."""
        self._rendering = None


def render(app: Litestar) -> Rendered:
    """Render the document of an app as compactly as it can be."""
    schema = app.openapi_schema.to_schema()
    content = json.dumps(schema, separators=(",", ":"), ensure_ascii=False).encode()
    return Rendered(content, f'"{sha256(content).hexdigest()[:32]}"')


def document_handler(render: Render = render) -> HTTPRouteHandler:
    """Make the handler that sends the document of the app that it is part of."""
    published = Published(render)

    @get("/openapi.json", media_type=OpenAPIMediaType.OPENAPI_JSON, include_in_schema=False)
    async def read_document(request: Request[Any, Any, Any]) -> Response[Any]:
        """Send the document, or 304 to who has it already."""
        content, etag = await published.read(request.app)
        sent = Response(content, headers={"ETag": etag, "Cache-Control": "no-cache"})
        return unless_known(sent, known_tags(request.scope))

    return read_document
