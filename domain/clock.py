"""The one place that knows what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

Source = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_source: Source = _system


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _source()


@contextmanager
def replaced(source: Source) -> Iterator[None]:
    """Let `source` tell the time for the whole process while the block runs."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
