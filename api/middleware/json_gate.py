"""What JSON may not bring along, checked on the bytes before anything is built from them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from domain.errors import FieldError, Malformed

MAX_DEPTH = 64

# A string that never ends matches to the end of the body: one pass, whatever is sent.
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_AS_SQUARE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKET = bytes(range(256)).translate(None, b"[]{}")


def refuse(detail: str, code: str, pointer: str = "#") -> Malformed:
    """A body that is not understood, and where."""
    return Malformed(errors=[FieldError(detail, code, pointer=pointer)])


def check_bytes(body: bytes) -> None:
    """Refuse what is not UTF-8, begins with a byte order mark, brings NUL or nests too deep."""
    if body.startswith(b"\xef\xbb\xbf"):
        raise refuse("Leave out the byte order mark.", "byte_order_mark")
    if not body.isascii():
        _check_utf8(body)
    if nests_deeper(body, MAX_DEPTH):
        raise refuse(f"Nest at most {MAX_DEPTH} levels deep.", "nested_too_deep")
    if b"\\u0000" in body and _NUL.search(body):
        detail = "NUL characters are not allowed in text."
        raise refuse(detail, "nul_character", where(body, re.compile("\0")) or "#")


def _check_utf8(body: bytes) -> None:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse("The body is not UTF-8.", "not_utf8") from error


def nests_deeper(body: bytes, limit: int) -> bool:
    """Whether arrays and objects are inside each other more than `limit` times."""
    if body.count(b"[") + body.count(b"{") <= limit:
        return False
    brackets = _STRINGS.sub(b"", body).translate(_AS_SQUARE, _NO_BRACKET)
    for _ in range(limit):  # each round takes away the innermost level
        shorter = brackets.replace(b"[]", b"")
        if len(shorter) == len(brackets):
            return brackets.count(b"[") > limit  # what is left is never closed
        brackets = shorter
    return b"[" in brackets


def where(body: bytes, wanted: re.Pattern[str]) -> str | None:
    """The pointer to the first text, or the object of the first key, in which this is found."""
    try:
        value = json.loads(body, parse_int=len, parse_float=len)
    except (ValueError, RecursionError):
        return None
    return next(_holders(value, wanted, "#"), None)


def _holders(value: Any, wanted: re.Pattern[str], pointer: str) -> Iterator[str]:
    if isinstance(value, str) and wanted.search(value):
        yield pointer
    for name, item in _children(value):
        if wanted.search(name):
            yield pointer
        yield from _holders(item, wanted, below(pointer, name))


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(index), item) for index, item in enumerate(value))


def below(pointer: str, name: str) -> str:
    """The pointer one step further down, escaped as RFC 6901 wants it."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


def check_keys(body: bytes) -> None:
    """Refuse an object that says the same key twice: readers would differ about what it says."""
    json.loads(body, object_pairs_hook=_distinct, parse_int=len, parse_float=len)


def _distinct(pairs: list[tuple[str, object]]) -> None:
    keys = {key for key, _ in pairs}
    if len(keys) != len(pairs):
        twice = next(key for key in keys if sum(key == other for other, _ in pairs) > 1)
        raise refuse(f"The key {twice[:100]!r} stands twice in one object.", "duplicate_key")
