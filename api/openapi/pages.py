"""The reference pages under /docs: every byte comes from this machine."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler

from api.openapi.guides import read_guide, read_guides
from api.openapi.published import document_handler

STATIC = Path(__file__).parent / "static"
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}
# Scalar writes its own style sheets into the page; scripts come from files only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
    " data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OPTIONS = {
    "agent": {"disabled": True},
    "defaultOpenAllTags": False,
    "documentDownloadType": "json",
    "hideClientButton": True,
    "mcp": {"disabled": True},
    "showDeveloperTools": "never",
    "telemetry": False,
    "theme": "default",
    "withDefaultFonts": False,
}
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Touchstone API reference</title>
<link rel="icon" type="image/svg+xml" href="/docs/assets/favicon.svg">
<link rel="stylesheet" href="/docs/assets/page.css">
</head>
<body>
<noscript>This reference needs JavaScript. The document itself is at /docs/openapi.json,
and what is sent to webhooks at /docs/webhooks.json.</noscript>
<script id="api-reference" data-url="/docs/openapi.json" data-configuration='%s'></script>
<script src="/docs/assets/scalar.js"></script>
</body>
</html>
"""


@get("/", media_type="text/html", sync_to_thread=False)
def read_page() -> bytes:
    """Send the page that shows the document; the browser asks for the document itself."""
    return (PAGE % json.dumps(OPTIONS)).encode()


class DocsRouter(Router):
    """Only its own pages, none of those that Litestar would add.

    Its page and its document would be rendered from a schema that is built in the event loop, and
    its catch-all answers with a page of its own where a problem belongs.
    """

    def __init__(self, path: str, own: Sequence[HTTPRouteHandler], **more: Any) -> None:
        self.own = own
        super().__init__(path, route_handlers=own, **more)

    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:
        """Register one of its own pages, and pass over the others."""
        return super().register(value) if value in self.own else []


@cache
def asset(name: str) -> bytes:
    """Read a file of the pages once."""
    found = {path.name: path for path in STATIC.iterdir()}
    if name not in found:
        raise NotFoundException("There is no such file among the reference pages.")
    return found[name].read_bytes()


@get("/assets/{name:str}", sync_to_thread=False)
def read_asset(name: FromPath[str]) -> Response[bytes]:
    """Send a script, a style sheet or the icon of the pages."""
    media = TYPES.get(Path(name).suffix, "text/plain")
    kept = {"Cache-Control": "public, max-age=86400"}
    return Response(asset(name), media_type=media, headers=kept)


def docs_router() -> Router:
    """Make the router that Litestar puts the pages on."""
    return DocsRouter(
        "/docs",
        own=[read_page, document_handler(), read_asset, read_guides, read_guide],
        include_in_schema=False,
        opt={"public": True},
        response_headers={"Content-Security-Policy": POLICY},
    )
