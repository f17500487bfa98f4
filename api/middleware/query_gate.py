"""The gate for everything in the address, for If-None-Match, and for bodies where none is read.

A guard of the application: it runs after authentication and before anything is parsed.
"""

from typing import Any, cast
from urllib.parse import parse_qsl
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from domain.errors import FieldError, Malformed, NotFound

MAX_PARAMETERS = 200
MAX_TAGS = 1024
"""Characters of If-None-Match."""

_TEXTS = {"q", "text", "cursor"}
"""Where `null` is a word like any other; everywhere else it would be read as no value at all."""

_INSTANTS = {"since", "as_of"}
"""Where a number would be read as seconds since 1970, and nothing says so."""

_EMPTY_BODIES = (b"", b"{}")


class StrictAddress:
    """Refuses unknown, repeated and empty parameters, NUL, and a body nobody will read."""

    def __init__(self) -> None:
        self._known: dict[BaseRouteHandler, dict[str, bool]] = {}

    async def __call__(
        self, connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
    ) -> None:
        """The guard itself."""
        handler = connection.route_handler  # what a guard is passed is a copy of it, every time
        if "\0" in connection.scope["path"]:
            raise Malformed("The address must not contain NUL.", code="nul_character")
        check_ids(connection)
        check_known(connection.headers.get("if-none-match", ""))
        if query := connection.scope["query_string"]:
            check_query(query, self._parameters(connection, handler))
        if isinstance(handler, HTTPRouteHandler) and not _reads_body(handler):
            await _check_no_body(connection)

    def _parameters(
        self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> dict[str, bool]:
        """The query parameters of this route, its dependencies included; True: may repeat."""
        known = self._known.get(handler)
        if known is None:
            path_parameters: Any = dict.fromkeys(connection.path_params)
            model = handler.create_kwargs_model(path_parameters)
            known = {p.field_alias: p.is_sequence for p in model.expected_query_params}
            self._known[handler] = known
        return known


def check_known(tags: str) -> None:
    """Refuse more tags than anybody keeps of one thing."""
    if len(tags) > MAX_TAGS:
        said = f"Send at most {MAX_TAGS} characters."
        raise Malformed(errors=[FieldError(said, "too_long", parameter="If-None-Match")])


def check_ids(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuse an id in braces, as a URN or without its hyphens: a thing has one address."""
    path = connection.scope["path"].lower().rstrip("/") + "/"
    for value in connection.path_params.values():
        if isinstance(value, UUID) and f"/{value}/" not in path:
            raise NotFound


def check_query(query: bytes, known: dict[str, bool]) -> None:
    """Refuse a query string that says anything the operation does not listen to."""
    seen: set[str] = set()
    for name, value in _pairs(query):
        if fault := _fault(name, value, known, name in seen):
            raise Malformed(errors=[fault])
        seen.add(name)


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except ValueError as error:  # not ASCII, not UTF-8 inside the escapes, or too many
        raise Malformed("The query string cannot be read.", code="malformed_query") from error


def _fault(name: str, value: str, known: dict[str, bool], again: bool) -> FieldError | None:
    shown = name[:100]
    if name not in known:
        names = ", ".join(sorted(known)) or "none"
        return FieldError(f"Unknown; known here: {names}.", "unknown_parameter", parameter=shown)
    if "\0" in value:
        return FieldError("NUL is not allowed.", "nul_character", parameter=shown)
    if value == "" or (value.lower() == "null" and name not in _TEXTS):
        return FieldError("Leave it out or give it a value.", "empty", parameter=shown)
    if name in _INSTANTS and ":" not in value:
        said = "Send an instant, such as 2026-01-31T12:00:00Z."
        return FieldError(said, "invalid", parameter=shown)
    if again and not known[name]:
        return FieldError("Give it only once.", "repeated_parameter", parameter=shown)
    return None


def _reads_body(handler: HTTPRouteHandler) -> bool:
    """Whether a body is asked for: as `data`, or as `body=`, which its handler reads itself."""
    return "data" in handler.parsed_fn_signature.parameters or "body" in handler.opt


async def _check_no_body(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    headers = connection.headers
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return
    try:
        body = await cast("Any", connection).body()
    except RequestEntityTooLarge:
        body = b"too much"
    if body.strip() not in _EMPTY_BODIES:
        fault = FieldError("Send no body here.", "unexpected_body", pointer="#")
        raise Malformed(errors=[fault])
