"""Idempotency-Key: look the reply up before the work, keep it after, all in one transaction."""

import re
from hashlib import sha256
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.types import Scope

from api.auth.tokens import Principal
from domain.database import Row, Transaction
from domain.errors import FieldError, Malformed
from domain.services.records import idempotency
from domain.services.records.idempotency import Claim, settled

HEADER = "Idempotency-Key"
_FORM = re.compile(r'"?([\x21-\x7e]{1,255}?)"?')
_KEPT_HEADERS = ("location", "etag", "journey-revision", "content-type")


class Replay(Exception):
    """Stops a repeated request with the reply that its first one got."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.response = Response(
            body,
            status_code=status,
            headers=headers | {"Idempotent-Replayed": "true"},
            media_type=headers.get("content-type", "application/json"),
        )


def replayed(_: Request[Any, Any, Any], replay: Replay) -> Response[bytes]:
    """The exception handler of Replay."""
    return replay.response


async def wanted(request: Request[Any, Principal, Any]) -> Claim | None:
    """What a POST with an Idempotency-Key claims; nothing where no reply may be kept."""
    given = request.headers.get(HEADER)
    secret = request.route_handler.opt.get("secret_reply")
    if given is None or request.method != "POST" or secret:
        return None
    form = _FORM.fullmatch(given)
    if form is None:
        detail = "Send 1 to 255 visible ASCII characters."
        raise Malformed(errors=[FieldError(detail, "invalid_idempotency_key", parameter=HEADER)])
    asked = (
        request.scope["query_string"],
        request.headers.get("if-match", "").encode(),
        await request.body(),
    )
    fingerprint = sha256(b"\n".join(asked)).digest()
    who = request.auth
    operation = f"POST {request.scope['path']}"
    return Claim(who.organization_id, who.member_id, operation, form[1], fingerprint)


def settle(request: Request[Any, Principal, Any], claimed: Claim, found: Row) -> None:
    """Go on when the work is still to be done; Replay when it is done already."""
    row = settled(claimed, found)
    if row is not None:
        raise Replay(row["status"], msgspec.json.decode(row["headers"]), row["body"])
    request.scope["idempotency"] = claimed  # type: ignore[typeddict-unknown-key]


async def keep(scope: Scope, tx: Transaction, response: Response[Any]) -> None:
    """Keep a 2xx reply, rendered to the bytes that leave."""
    claimed: Claim | None = scope.get("idempotency")  # type: ignore[assignment]
    status = response.status_code or scope["route_handler"].status_code  # type: ignore[union-attr]
    if claimed is None or not 200 <= status < 300:
        return
    body = response.render(response.content, response.media_type or "application/json")
    headers = {name.lower(): value for name, value in response.headers.items()}
    kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
    told = msgspec.json.encode(kept).decode()
    await idempotency.keep(tx, claimed, (status, told, body))
