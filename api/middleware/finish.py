"""What happens to every reply after its handler and before the commit."""

from typing import Any

from litestar import Response

from api.auth.middleware import current_scope
from api.middleware import idempotency
from domain.database import Transaction


async def finish(response: Response[Any]) -> Response[Any]:
    """Name the journey's new revision, answer 304 to who knows it already, keep a claimed reply."""
    scope: Any = current_scope.get()
    tx: Transaction | None = scope.get("transaction")
    if tx is None:
        return response
    journeys = [r for stream, r in tx.revisions.items() if stream != tx.organization_id]
    if len(journeys) == 1:
        response.headers["Journey-Revision"] = str(journeys[0])
    if scope["method"] == "GET":
        return unless_known(response, known_tags(scope))
    await idempotency.keep(scope, tx, response)
    return response


def known_tags(scope: Any) -> bytes | None:
    """If-None-Match; sent on several lines it is one list."""
    lines = [value for name, value in scope["headers"] if name == b"if-none-match"]
    return b", ".join(lines) if lines else None


def unless_known(response: Response[Any], known: bytes | None) -> Response[Any]:
    """304 when If-None-Match names the reply's ETag (weak comparison) or is `*`."""
    etag = response.headers.get("ETag")
    if etag is None:
        return response
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if not names_tag(known, etag):
        return response
    kept = {k: v for k, v in response.headers.items() if k.lower() != "content-type"}
    return Response(b"", status_code=304, headers=kept)


def names_tag(known: bytes | None, etag: str) -> bool:
    """Whether If-None-Match names an ETag, by weak comparison, or is `*`."""
    if known is None:
        return False
    names = {name.strip().removeprefix("W/") for name in known.decode("latin-1").split(",")}
    return etag in names or "*" in names
