"""StrictRequest: one strict decoding straight into the type of the handler's `data`.

Litestar's own takes "3" for an integer, any content type, NUL and the last of two equal keys.
"""

import re
from functools import lru_cache
from typing import Any, NoReturn

import msgspec
from litestar import Request
from litestar.types import Empty

from api.middleware.advice import advise
from api.middleware.json_gate import below, check_bytes, check_keys, refuse, where
from api.problems import HttpRefusal

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"

_SURROGATE = re.compile("[\ud800-\udfff]")
_PLACE = re.compile(r" - at `(?:key` in `)?\$(.*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`$")
_MISSING = re.compile(r"Object missing required field `(.*)`$")


class StrictRequest(Request[Any, Any, Any]):
    """A request whose body is read once, strictly, and refused with the place of the fault."""

    async def json(self) -> Any:
        """The body as the handler's `data` type; Litestar passes what has the type through."""
        if self._json is Empty:
            body = await self.body()
            self._check_headers()
            self._json = decode(body, self._target())
        return self._json

    async def json_bytes(self) -> bytes:
        """The body for a handler that decodes it itself, away from the loop."""
        body = await self.body()
        self._check_headers()
        return body

    def _target(self) -> Any:
        data = self.route_handler.parsed_fn_signature.parameters.get("data")
        return Any if data is None else data.annotation

    def _check_headers(self) -> None:
        patch = self.method == "PATCH"
        accepted = (MERGE_PATCH, JSON) if patch else (JSON,)
        if says := self._fault_of_headers(accepted):
            header = "Accept-Patch" if patch else "Accept-Post"
            raise HttpRefusal(415, headers={header: ", ".join(accepted)}, says=says)

    def _fault_of_headers(self, accepted: tuple[str, ...]) -> str | None:
        kind, options = self.content_type
        if self.headers.get("content-encoding", "").strip().lower() not in ("", "identity"):
            return "Send the body uncompressed, without Content-Encoding."
        if kind.lower() not in accepted:
            return f"Send the body as JSON, with the Content-Type {' or '.join(accepted)}."
        if options.get("charset", "utf-8").strip("\"' ").lower() not in ("utf-8", "utf8"):
            return "Send the body in UTF-8: no other charset is read."
        return None


def decode(body: bytes, target: Any) -> Any:
    """The value in `body`, of type `target`; Malformed names the first place that is wrong."""
    if not body:
        raise refuse("A JSON body is required here.", "missing")
    check_bytes(body)
    try:
        value = _decoder(target).decode(body)
    except msgspec.ValidationError as error:
        _refuse_value(str(error), target)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _refuse_surrogate(body)
        raise refuse(f"The body is not JSON: {error}", "malformed_json") from error
    check_keys(body)
    return value


@lru_cache(512)
def _decoder(target: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(target, strict=True)


def _refuse_surrogate(body: bytes) -> None:
    """Refuse half a character by its name; whatever else is wrong passes."""
    if b"\\u" in body and (pointer := where(body, _SURROGATE)):
        detail = "Send whole characters: half of a surrogate pair (\\ud800 to \\udfff) is none."
        raise refuse(detail, "malformed_json", pointer)


def _refuse_value(message: str, target: Any) -> NoReturn:
    detail, pointer = place(message)
    if unknown := _UNKNOWN.match(detail):
        name = unknown[1]
        raise refuse(f"There is no field {name!r} here.", "unknown_field", below(pointer, name))
    if missing := _MISSING.match(detail):
        name = missing[1]
        raise refuse(f"The field {name!r} is required.", "missing", below(pointer, name))
    raise refuse(advise(detail, target, pointer), "invalid", nearest(pointer))


def nearest(pointer: str) -> str:
    """The nearest place that is there: msgspec does not tell under which name of a map it is."""
    return pointer.partition("/...")[0]


def place(message: str) -> tuple[str, str]:
    """msgspec's complaint, cut into what is wrong and an RFC 6901 pointer to it."""
    found = _PLACE.search(message)
    if not found:
        return message, "#"
    pointer = "#"
    for name, index in _STEP.findall(found[1]):
        pointer = below(pointer, name or index)
    return message[: found.start()], pointer
