"""What goes over a stream, as bytes: server-sent events."""

import random

import msgspec

from api.schemas.live.streams import StreamPresence, StreamReset, StreamRevoked
from api.schemas.records.events import event
from domain.database import Row

RETRY = 3000
HEARTBEAT = b": still here\n\n"
UNSEEN = "revision"
"""The kind of an event of which the reader may know only that there is one."""


def opening(position: int) -> bytes:
    """The first words: when to come back, and from where, should nothing happen before.

    An id without data is no event to a browser, but it is what its Last-Event-ID will be.
    """
    return b"retry: %d\nid: %d\n\n" % (RETRY, position)


def reset(head: int) -> bytes:
    """Read the whole anew; with the id, or the next connection would begin with another reset."""
    return _frame("reset", msgspec.json.encode(StreamReset(event="reset", revision=head)), head)


def revoked() -> bytes:
    """The last words to somebody who may not listen any more."""
    return _frame("revoked", msgspec.json.encode(StreamRevoked(event="revoked")))


def farewell() -> bytes:
    """The last words of a process that goes; not all come back in the same moment."""
    return b"retry: %d\n\n" % random.randint(1000, 5000)  # noqa: S311  nobody needs to guess it


def presence(there: StreamPresence) -> bytes:
    """Who is there; without an id, for it is not in the ledger."""
    return _frame("presence", msgspec.json.encode(there))


def told(entry: Row) -> bytes:
    """An entry as somebody may hear of it, the same as the feed lists it for them."""
    said = event(entry)
    return _frame(said.verb or UNSEEN, msgspec.json.encode(said), said.revision)


def _frame(kind: str, data: bytes, revision: int | None = None) -> bytes:
    head = b"" if revision is None else b"id: %d\n" % revision
    return b"%bevent: %b\ndata: %b\n\n" % (head, kind.encode(), data)
