"""StrictRequest: one strict decoding straight into the type of the handler's `data`.

Litestar's own takes "3" for an integer, any content type, NUL and the last of two equal keys.
"""

import re
from functools import lru_cache
from typing import Any, NoReturn

import msgspec
from litestar import Request
from litestar.types import Empty

from api.middleware.json_gate import check_bytes, check_keys, refuse
from api.problems import HttpRefusal

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"

_PLACE = re.compile(r" - at `(?:key in )?\$(.*)`$")
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

    def _target(self) -> Any:
        data = self.route_handler.parsed_fn_signature.parameters.get("data")
        return Any if data is None else data.annotation

    def _check_headers(self) -> None:
        patch = self.method == "PATCH"
        accepted = (MERGE_PATCH, JSON) if patch else (JSON,)
        encoding = self.headers.get("content-encoding", "identity").strip().lower()
        if self.content_type[0].lower() in accepted and encoding in ("", "identity"):
            return
        header = "Accept-Patch" if patch else "Accept-Post"
        raise HttpRefusal(415, headers={header: ", ".join(accepted)})


def decode(body: bytes, target: Any) -> Any:
    """The value in `body`, of type `target`; Malformed names the first place that is wrong."""
    if not body:
        raise refuse("A JSON body is required here.", "missing")
    check_bytes(body)
    try:
        value = _decoder(target).decode(body)
    except msgspec.ValidationError as error:
        _refuse_value(str(error))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(f"The body is not JSON: {error}", "malformed_json") from error
    check_keys(body)
    return value


@lru_cache(512)
def _decoder(target: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(target, strict=True)


def _refuse_value(message: str) -> NoReturn:
    detail, pointer = place(message)
    if unknown := _UNKNOWN.match(detail):
        name = unknown[1]
        raise refuse(f"There is no field {name!r} here.", "unknown_field", below(pointer, name))
    if missing := _MISSING.match(detail):
        name = missing[1]
        raise refuse(f"The field {name!r} is required.", "missing", below(pointer, name))
    raise refuse(f"{detail}.", "invalid", pointer)


def place(message: str) -> tuple[str, str]:
    """msgspec's complaint, cut into what is wrong and an RFC 6901 pointer to it."""
    found = _PLACE.search(message)
    if not found:
        return message, "#"
    pointer = "#"
    for name, index in _STEP.findall(found[1]):
        pointer = below(pointer, name or index)
    return message[: found.start()], pointer


def below(pointer: str, name: str) -> str:
    """The pointer one step further down, escaped as RFC 6901 wants it."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
