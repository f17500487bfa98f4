"""The document of what is sent to webhooks, over HTTP; it lies beside the reference pages."""

from functools import cache

from litestar import Response, get

from api.schemas.integration.webhooks_document import webhooks_document


@get("/docs/webhooks.json", public=True, include_in_schema=False, sync_to_thread=False)
def read_webhooks_document() -> Response[bytes]:
    """Send it as it lies in the repository."""
    return Response(_document(), media_type="application/vnd.oai.openapi+json")


@cache
def _document() -> bytes:
    return webhooks_document()
