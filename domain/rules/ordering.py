"""Where stages, lanes and touchpoints stand: text keys between which there is always room.

Keys are compared byte by byte (COLLATE "C" in the database); ties are broken by id. Moving one
thing writes one row. A key has an integer part, so that adding at an end keeps keys short, and a
fraction, so that anything fits between two neighbors. Source: fractional indexing, David
Greenspan, "Implementing Fractional Indexing" (Observable, 2020). domain/DECISIONS.md says why.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import islice
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final
from uuid import UUID

from domain.errors import FieldError, Invalid

DIGITS: Final = digits + ascii_uppercase + ascii_lowercase
"""Base 62 in the order of the bytes."""
CROWDED: Final = 64
"""A key of more characters than this is a reason to `spread` its siblings anew."""

_VALUE: Final = {digit: value for value, digit in enumerate(DIGITS)}
_HEADS: Final = ascii_uppercase + ascii_lowercase
"""The first character says how many digits the integer has: A 26 ... Z 1, a 1 ... z 26."""


class End(Enum):
    """The two ends of a row of siblings."""

    FIRST = "first"
    LAST = "last"


def _width(head: str) -> int:
    return _HEADS.index(head) - 25 if head in ascii_lowercase else 26 - _HEADS.index(head)


def _integer(key: str) -> str:
    return key[: 1 + _width(key[0])]


def _check(key: str) -> None:
    sound = key[:1] in _HEADS and key != "" and set(key) <= _VALUE.keys()
    if not sound or len(_integer(key)) != 1 + _width(key[0]):
        raise ValueError(f"{key!r} is no position key")
    if key[len(_integer(key)) :].endswith("0") or _step(_integer(key), -1) is None:
        raise ValueError(f"{key!r} is no position key that others may precede")


def _step(integer: str, by: int) -> str | None:
    """Return the next (by=1) or previous (by=-1) integer; None at the very end."""
    number = 0
    for digit in integer[1:]:
        number = number * 62 + _VALUE[digit]
    number += by
    width = len(integer) - 1
    if 0 <= number < 62**width:
        return integer[0] + _write(number, width)
    following = _HEADS.index(integer[0]) + by
    if not 0 <= following < len(_HEADS):
        return None
    head = _HEADS[following]
    return head + ("0" if by > 0 else "z") * _width(head)


def _write(number: int, width: int) -> str:
    written = ""
    for _ in range(width):
        number, rest = divmod(number, 62)
        written = DIGITS[rest] + written
    return written


def _middle(low: str, high: str | None) -> str:
    """Return a fraction strictly between two; `high` None is 1. Neither ends in 0."""
    shared = 0
    while high is not None and (low[shared : shared + 1] or "0") == high[shared]:
        shared += 1
    if high is not None and shared:
        return high[:shared] + _middle(low[shared:], high[shared:])
    floor = _VALUE[low[0]] if low else 0
    ceiling = 62 if high is None else _VALUE[high[0]]
    if ceiling - floor > 1:
        return DIGITS[(floor + ceiling) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[floor] + _middle(low[1:], None)


def _below(after: str) -> str:
    integer = _integer(after)
    if integer < after:
        return integer
    lower = _step(integer, -1)
    if lower is None or _step(lower, -1) is None:
        return (lower or integer) + _middle("", None)
    return lower


def _above(before: str) -> str:
    integer = _integer(before)
    return _step(integer, 1) or integer + _middle(before[len(integer) :], None)


def _inside(before: str, after: str) -> str:
    if before >= after:
        raise ValueError(f"{before!r} does not stand before {after!r}")
    integer = _integer(before)
    fraction = before[len(integer) :]
    if _integer(after) == integer:
        return integer + _middle(fraction, after[len(integer) :])
    following = _above(before)
    return following if following < after else integer + _middle(fraction, None)


def between(before: str | None, after: str | None) -> str:
    """Return a key strictly between two keys; None stands for the open end on that side.

    Adding at an end grows a key by one character per 62-fold more siblings; halving the same gap
    again and again by at most one character per five steps. ValueError unless before < after.
    """
    for key in (before, after):
        if key is not None:
            _check(key)
    if before is None:
        return "a0" if after is None else _below(after)
    return _above(before) if after is None else _inside(before, after)


def spread(count: int) -> list[str]:
    """Return `count` short keys in order, to re-key siblings whose keys are crowded."""
    keys: list[str] = []
    for _ in range(count):
        keys.append(between(keys[-1] if keys else None, None))
    return keys


def among(count: int, before: str | None, after: str | None) -> list[str]:
    """Return `count` keys in order between two others, each half of them on its side of one.

    Where there is an end they go on from it; between two neighbors halving keeps them short.
    """
    if count <= 0:
        return []
    if after is None:
        return list(islice(_onward(before), count))
    middle = between(before, after)
    left = (count - 1) // 2
    right = count - 1 - left
    return [*among(left, before, middle), middle, *among(right, middle, after)]


def _onward(key: str | None) -> Iterator[str]:
    while True:
        key = between(key, None)
        yield key


def crowded(key: str) -> bool:
    """Tell whether a key is so long that its siblings should be spread anew."""
    return len(key) > CROWDED


def _refuse(code: str, detail: str) -> Invalid:
    return Invalid(code=code, detail=detail, errors=(FieldError(detail, code, pointer="#/after"),))


def _keys_around(rest: Sequence[tuple[UUID, str]], after: UUID | End) -> tuple[str | None, ...]:
    keys = sorted({key for _, key in rest})
    if not keys or after is End.FIRST:
        return None, keys[0] if keys else None
    if after is End.LAST:
        return keys[-1], None
    anchor = next((key for id_, key in rest if id_ == after), None)
    if anchor is None:
        raise _refuse("no_such_sibling", "There is no such neighbor here to stand after.")
    return anchor, next((key for key in keys if key > anchor), None)


def place(
    siblings: Sequence[tuple[UUID, str]], moving: UUID | None, after: UUID | End | None
) -> str:
    """Return the key that puts `moving` (None: something new) right after a sibling, or at an end.

    `after` None is first, as null is on the wire. Siblings are (id, key) in any order; the moved
    one may be among them, and keeps its key when it stands there already. Where two siblings share
    a key the place is after both. Raises Invalid, pointer #/after, with the code moved_after_itself
    or no_such_sibling.
    """
    if after is not None and after == moving:
        raise _refuse(
            "moved_after_itself", "Nothing can stand after itself: name another neighbor."
        )
    rest = [(id_, key) for id_, key in siblings if id_ != moving]
    if not rest and isinstance(after, UUID):
        raise _refuse("no_such_sibling", "There is no such neighbor here to stand after.")
    before, behind = _keys_around(rest, End.FIRST if after is None else after)
    own = next((key for id_, key in siblings if id_ == moving), None)
    if own is not None and (before or "") < own and (behind is None or own < behind):
        return own
    return between(before, behind)
