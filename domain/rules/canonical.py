"""The bytes that the ledger hashes, version 1.

domain/DECISIONS.md ("Canonical bytes") writes them down field by field, so that anyone can check a
chain without this code; domain/verify_export.py does. A change here needs a new version byte.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from hashlib import sha256
from struct import Struct
from typing import Final, NamedTuple
from uuid import UUID

VERSION: Final = b"\x01"
GENESIS: Final = bytes(32)
SALT_BYTES: Final = 16

_STREAM_AND_TIME: Final = Struct(">16s16sqq").pack
_TEXT_LENGTH: Final = Struct(">H").pack
_SUBJECT: Final = Struct(">16sq32s").pack
_ACTOR_DOMAIN: Final = b"touchstone actor"
_CONTENT_DOMAIN: Final = b"touchstone content"


class ActorKind(StrEnum):
    """How an entry names whoever acted."""

    SYSTEM = "system"
    """Nobody: a deadline, a migration, the seed command."""
    MEMBER = "member"
    """A member, by id (16 bytes)."""
    HIDDEN = "hidden"
    """A member behind a salted commitment (32 bytes)."""


_ACTOR_TAG: Final = {
    ActorKind.SYSTEM: (b"\x00", 0),
    ActorKind.MEMBER: (b"\x01", 16),
    ActorKind.HIDDEN: (b"\x02", 32),
}


class EntryBody(NamedTuple):
    """What one ledger entry says, before it is chained.

    `at` is in microseconds since 1970-01-01T00:00:00Z; `revision` and `version` count from 1.
    `actor` is empty for the system, the member id's 16 bytes, or the commitment's 32 bytes.
    """

    organization_id: UUID
    stream_id: UUID
    revision: int
    at: int
    actor_kind: ActorKind
    actor: bytes
    verb: str
    subject_kind: str
    subject_id: UUID
    version: int
    digest: bytes


@lru_cache(maxsize=1024)  # verbs and kinds are few, entries are many
def _text(value: str) -> bytes:
    encoded = value.encode()
    return _TEXT_LENGTH(len(encoded)) + encoded


def entry_bytes(body: EntryBody) -> bytes:
    """Return the canonical bytes of an entry; ValueError when a field has the wrong size."""
    tag, length = _ACTOR_TAG[body.actor_kind]
    if len(body.actor) != length:
        raise ValueError(f"an actor of kind {body.actor_kind} has {length} bytes")
    if len(body.digest) != 32:
        raise ValueError("a digest has 32 bytes")
    return b"".join(
        (
            VERSION,
            _STREAM_AND_TIME(
                body.organization_id.bytes, body.stream_id.bytes, body.revision, body.at
            ),
            tag,
            body.actor,
            _text(body.verb),
            _text(body.subject_kind),
            _SUBJECT(body.subject_id.bytes, body.version, body.digest),
        )
    )


def chain(previous: bytes, body: EntryBody) -> bytes:
    """Return the hash (32 bytes) of an entry that follows `previous`; the first follows GENESIS."""
    if len(previous) != 32:
        raise ValueError("a hash has 32 bytes")
    return sha256(previous + entry_bytes(body)).digest()


def _salted(domain: bytes, salt: bytes, value: bytes) -> bytes:
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(domain + salt + value).digest()


def digest(salt: bytes, content: str) -> bytes:
    """Return the salted digest (32 bytes) of a revision's canonical content."""
    return _salted(_CONTENT_DOMAIN, salt, content.encode())


def commitment(salt: bytes, member_id: UUID) -> bytes:
    """Return the commitment (32 bytes) that stands for a hidden member in an entry."""
    return _salted(_ACTOR_DOMAIN, salt, member_id.bytes)


def instant(moment: datetime) -> str:
    """Return an aware time as RFC 3339 in UTC, always with six decimals and a Z."""
    if moment.tzinfo is None:
        raise ValueError("a time in the ledger needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def microseconds(moment: datetime) -> int:
    """Return an aware time as whole microseconds since 1970-01-01T00:00:00Z, without floats."""
    if moment.tzinfo is None:
        raise ValueError("a time in the ledger needs a time zone")
    passed = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def decimal_text(value: Decimal) -> str:
    """Return a decimal number as text: no exponent, no zeros that say nothing."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return _scalar(value.value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form; store text or whole numbers")


_PLAIN: Final = frozenset({str, int, bool, type(None)})


def _plain(value: object) -> object:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of canonical content are text")
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def canonical_text(content: Mapping[str, object]) -> str:
    """Return content as canonical JSON text: keys sorted by code point, no spaces, no escapes
    that JSON does not require.

    Times, dates, UUIDs, enums and decimals become text; floats, bytes and sets are a TypeError,
    because two machines may write them differently. Lone surrogates are a ValueError.
    """
    text = json.dumps(
        _plain(content),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    text.encode()
    return text
