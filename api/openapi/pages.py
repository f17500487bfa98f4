"""The reference pages under /docs: every byte comes from this machine."""

import json
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.params import FromPath
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler

from api.openapi.guides import read_guide, read_guides

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
<noscript>This reference needs JavaScript. The document itself is at /docs/openapi.json.</noscript>
<script id="api-reference" data-url="/docs/openapi.json" data-configuration='%s'></script>
<script src="/docs/assets/scalar.js"></script>
</body>
</html>
"""


class ReferencePage(OpenAPIRenderPlugin):
    """The page that shows the document."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002
        """Give the page; the browser asks for the document itself."""
        return (PAGE % json.dumps(OPTIONS)).encode()


class DocsRouter(Router):
    """Without Litestar's catch-all: an unknown page is a problem like any other."""

    catch_all: ClassVar[str] = "/{path:str}"

    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:
        """Register a page."""
        if isinstance(value, HTTPRouteHandler) and self.catch_all in value.paths:
            return []
        return super().register(value)


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
        route_handlers=[read_asset, read_guides, read_guide],
        include_in_schema=False,
        opt={"public": True},
        response_headers={"Content-Security-Policy": POLICY},
    )
