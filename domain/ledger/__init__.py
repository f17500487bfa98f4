"""The ledger: lock the head, append entries that name, write revisions that tell.

Every change locks the stream's head first and moves it in the same transaction, so that the
revision is the order, the ETag and the feed at once. The bytes are in domain/rules/canonical.py.
"""

from domain.ledger.append import record, write
from domain.ledger.chain import Chain, Fact, Locked, columns, content, touchpoint_of
from domain.ledger.heads import lock, lock_alone, lock_of, lock_organization, open_stream, touch

__all__ = [
    "Chain",
    "Fact",
    "Locked",
    "columns",
    "content",
    "lock",
    "lock_alone",
    "lock_of",
    "lock_organization",
    "open_stream",
    "record",
    "touch",
    "touchpoint_of",
    "write",
]
