"""Identifiers are made here, before anything is stored: UUIDv7, in the order of their making."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from secrets import randbits
from threading import Lock
from uuid import UUID

_RANDOM_BITS = 74  # of the 128: 48 are the milliseconds, 6 say version and variant
_STEP_BITS = 32

_lock = Lock()
_last = 0


def _uuid7() -> UUID:
    """RFC 9562 version 7; within one millisecond, or when the clock steps back, it counts on."""
    global _last
    with _lock:
        # The top random bit starts at zero, so that counting on does not leave the millisecond.
        fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | randbits(_RANDOM_BITS - 1)
        if fresh >> _RANDOM_BITS <= _last >> _RANDOM_BITS:
            fresh = _last + 1 + randbits(_STEP_BITS)
        _last = fresh
    milliseconds, high, low = fresh >> 74, (fresh >> 62) & 0xFFF, fresh & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


_source: Callable[[], UUID] = _uuid7


def new_id() -> UUID:
    """A new identifier, greater than every one this process has made before."""
    return _source()


@contextmanager
def replaced(source: Callable[[], UUID]) -> Iterator[None]:
    """Let `source` make the identifiers of the whole process while the block runs."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


def first_of(moment: datetime) -> UUID:
    """An identifier that is not greater than any that was made at a moment or later."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | 0b10 << 62)
