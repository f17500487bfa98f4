"""The content of attached files over HTTP: never run, never guessed at, never shown to others."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from api.auth.actor import By, Db
from api.files import Files
from domain.database import Row
from domain.errors import NotFound
from domain.queries.findings import attachments as queries
from domain.roles import May
from domain.rules.media import MediaType

Asked = Request[Any, Any, Any]
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Whatever a file holds, a browser that shows it as a page lets it do nothing."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class AttachmentContentController(Controller):
    """What attached files hold."""

    tags = ["Attachments"]

    @get(
        "/attachments/{attachment_id:uuid}/content",
        may=May.READ_JOURNEY,
        opt={"etag": True, "sends": tuple(one.value for one in MediaType), "partial": True},
    )
    async def get_attachment_content(
        self, tx: Db, actor: By, request: Asked, attachment_id: FromPath[UUID]
    ) -> Response[Any]:
        """The file itself, whole or the range of bytes that `Range` asks for.

        It never changes: keep it, and ask again with `If-None-Match`.
        """
        row = await queries.attachment(tx, actor, attachment_id)
        files: Files = request.app.state.files
        asked = _range(request.headers.get("range", ""), row["size"])
        if asked is not None:
            return await _part(files, row, *asked)
        content = files.stream(row["storage_key"])
        try:
            first = await anext(content)
        except FileNotFoundError:
            raise NotFound("This file is kept no more.") from None
        headers = _headers(row) | {"Content-Length": str(row["size"])}
        return Stream(_rest(first, content), media_type=row["media_type"], headers=headers)


async def _rest(first: bytes, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in content:
        yield piece


def _headers(row: Row) -> dict[str, str]:
    shows = "attachment" if row["media_type"] == MediaType.PDF else "inline"
    plain = re.sub(r'[^\x20-\x7e]|["\\]', "_", row["name"])
    name = f"filename=\"{plain}\"; filename*=UTF-8''{quote(row['name'], safe='')}"
    return {
        "ETag": f'"{row["sha256"]}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"{shows}; {name}",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }


def _range(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range (RFC 9110, 14.2); None for the whole."""
    found = _RANGE.fullmatch(asked)
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        first, last = max(size - int(found[2]), 0), size - 1
    else:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    return (first, last) if first <= last else None


async def _part(files: Files, row: Row, first: int, last: int) -> Response[Any]:
    """206 with a few of the bytes; files are small enough to be read for that."""
    try:
        content = await files.read(row["storage_key"])
    except FileNotFoundError:
        raise NotFound("This file is kept no more.") from None
    headers = _headers(row) | {"Content-Range": f"bytes {first}-{last}/{row['size']}"}
    part = content[first : last + 1]
    return Response(part, status_code=206, media_type=row["media_type"], headers=headers)
