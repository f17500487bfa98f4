"""The ledger: lock the head, append entries that name, write revisions that tell.

Every change locks the stream's head first and moves it in the same transaction, so that the
revision is the order, the ETag and the feed at once. The bytes are in domain/rules/canonical.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from secrets import token_bytes
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, inspect, select, text

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Transaction, hot
from domain.errors import NotFound
from domain.facts import Verb
from domain.models.base import Recorded
from domain.models.identity.organizations import Organization
from domain.models.records.ledger import Head
from domain.models.records.subjects import Subject
from domain.rules import canonical
from domain.rules.canonical import ActorKind

BOOKKEEPING = ("organization_id", "id", "version")

_LOCK = hot(
    select(Head.stream_id, Head.revision, Head.hash)
    .where(
        Head.organization_id == bindparam("organization_id"),
        Head.stream_id == bindparam("stream_id"),
    )
    .with_for_update()
)
_LOCK_OF = hot(
    select(Head.stream_id, Head.revision, Head.hash)
    .join(
        Subject,
        (Subject.organization_id == Head.organization_id) & (Subject.journey_id == Head.stream_id),
    )
    .where(
        Subject.organization_id == bindparam("organization_id"),
        Subject.id == bindparam("subject_id"),
    )
    .with_for_update(of=Head)
)
_OPEN = hot(
    text(
        "INSERT INTO heads (organization_id, stream_id, kind, revision, hash) VALUES"
        " (CAST(:organization_id AS uuid), CAST(:stream_id AS uuid), CAST(:kind AS text), 0,"
        " CAST(:hash AS bytea))"
    )
)
_APPEND = hot(
    text(
        """
        WITH head AS (
            UPDATE heads SET revision = CAST(:revision AS bigint), hash = CAST(:hash AS bytea)
            WHERE organization_id = CAST(:organization_id AS uuid)
              AND stream_id = CAST(:stream_id AS uuid)
        ), news AS (
            SELECT * FROM unnest(
                CAST(:revisions AS bigint[]), CAST(:verbs AS text[]), CAST(:kinds AS text[]),
                CAST(:subjects AS uuid[]), CAST(:versions AS integer[]),
                CAST(:digests AS bytea[]), CAST(:previous AS bytea[]), CAST(:hashes AS bytea[]),
                CAST(:contents AS text[]), CAST(:salts AS bytea[]), CAST(:actor_kinds AS text[]),
                CAST(:actor_ids AS uuid[]), CAST(:commitments AS bytea[]),
                CAST(:touchpoints AS uuid[]), CAST(:removals AS timestamptz[])
            ) AS n (revision, verb, kind, subject_id, version, digest, previous, hash, content,
                    salt, actor_kind, actor_id, commitment, touchpoint_id, removed_at)
        ), subject AS (
            INSERT INTO subjects (organization_id, id, kind, journey_id, touchpoint_id)
            SELECT CAST(:organization_id AS uuid), subject_id, kind,
                   CAST(:journey_id AS uuid), touchpoint_id
            FROM news WHERE version = 1
        ), removal AS (
            UPDATE subjects SET removed_at = news.removed_at FROM news
            WHERE organization_id = CAST(:organization_id AS uuid) AND id = news.subject_id
              AND news.version > 1 AND subjects.removed_at IS DISTINCT FROM news.removed_at
        ), entry AS (
            INSERT INTO entries (organization_id, stream_id, revision, at, actor_kind, actor_id,
                actor_commitment, verb, subject_kind, subject_id, version, digest, prev_hash, hash)
            SELECT CAST(:organization_id AS uuid), CAST(:stream_id AS uuid), revision,
                   CAST(:at AS bigint), actor_kind, actor_id, commitment, verb, kind, subject_id,
                   version, digest, previous, hash
            FROM news
        )
        INSERT INTO revisions (organization_id, subject_id, version, stream_id, revision,
            subject_kind, content, salt)
        SELECT CAST(:organization_id AS uuid), subject_id, version, CAST(:stream_id AS uuid),
               revision, kind, content, salt
        FROM news
        """
    )
)


@dataclass(frozen=True, slots=True)
class Locked:
    """A stream whose head this transaction holds."""

    stream_id: UUID
    revision: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that has just happened to an entity, which already carries its new version.

    `hidden` keeps the actor behind a salted commitment.
    """

    verb: Verb
    entity: Recorded | Organization
    hidden: bool = False


async def lock(tx: Transaction, actor: Actor, stream_id: UUID) -> Locked:
    """Hold a stream; NotFound when the organization has no such stream."""
    return await _held(tx, _LOCK, organization_id=actor.organization_id, stream_id=stream_id)


async def lock_organization(tx: Transaction, actor: Actor) -> Locked:
    """Hold the organization's own stream."""
    return await lock(tx, actor, actor.organization_id)


async def lock_of(tx: Transaction, actor: Actor, subject_id: UUID) -> Locked:
    """Hold the stream of the journey that a subject belongs to; NotFound without either."""
    return await _held(tx, _LOCK_OF, organization_id=actor.organization_id, subject_id=subject_id)


async def _held(tx: Transaction, statement: Hot, **given: Any) -> Locked:
    row = await tx.row(statement, **given)
    if row is None:
        raise NotFound
    return Locked(row["stream_id"], row["revision"], row["hash"])


async def open_stream(tx: Transaction, organization_id: UUID, stream_id: UUID) -> Locked:
    """Begin the stream of a new journey or organization; nobody else can know it yet."""
    kind = "organization" if stream_id == organization_id else "journey"
    given = {"organization_id": organization_id, "stream_id": stream_id, "kind": kind}
    await tx.run(_OPEN, **given, hash=canonical.GENESIS)
    return Locked(stream_id, 0, canonical.GENESIS)


async def record(tx: Transaction, actor: Actor | None, head: Locked, *facts: Fact) -> Locked:
    """Append one entry and one revision row per fact, and move the head; None acts for the system.

    Returns where the stream stands now. Writes what entities have changed first, so that a
    broken constraint speaks before the ledger does.
    """
    await tx.flush()
    if not facts:
        return head
    chain = Chain(tx, actor, head)
    for fact in facts:
        chain.add(fact)
    await tx.run(_APPEND, **chain.arguments())
    tx.revisions[head.stream_id] = chain.revision
    return Locked(head.stream_id, chain.revision, chain.hash)


class Chain:
    """The entries of one append, linked to what went before."""

    def __init__(self, tx: Transaction, actor: Actor | None, head: Locked) -> None:
        assert tx.organization_id is not None, "the ledger belongs to an organization"
        self.organization_id = tx.organization_id
        self.actor = actor
        self.stream_id = head.stream_id
        self.revision, self.hash = head.revision, head.hash
        self.at = canonical.microseconds(now())
        self.rows: list[tuple[Any, ...]] = []

    def add(self, fact: Fact) -> None:
        """Chain one fact."""
        entity, salt = fact.entity, token_bytes(canonical.SALT_BYTES)
        told = canonical.canonical_text(content(entity))
        digest = canonical.digest(salt, told)
        kind, actor_id, actor = self._actor(fact, salt)
        self.revision += 1
        body = canonical.EntryBody(
            self.organization_id, self.stream_id, self.revision, self.at, kind, actor,
            fact.verb, entity.subject_kind, entity.id, entity.version, digest,
        )  # fmt: skip
        previous, self.hash = self.hash, canonical.chain(self.hash, body)
        self.rows.append(
            (self.revision, fact.verb, entity.subject_kind, entity.id, entity.version, digest,
             previous, self.hash, told, salt, kind, actor_id,
             actor if kind is ActorKind.HIDDEN else None, touchpoint_of(entity),
             getattr(entity, "removed_at", None))
        )  # fmt: skip

    def _actor(self, fact: Fact, salt: bytes) -> tuple[ActorKind, UUID | None, bytes]:
        if self.actor is None:
            return ActorKind.SYSTEM, None, b""
        member = self.actor.member_id
        if fact.hidden:
            return ActorKind.HIDDEN, None, canonical.commitment(salt, member)
        return ActorKind.MEMBER, member, member.bytes

    def arguments(self) -> dict[str, Any]:
        """The parameters of the append."""
        names = ("revisions", "verbs", "kinds", "subjects", "versions", "digests", "previous",
                 "hashes", "contents", "salts", "actor_kinds", "actor_ids", "commitments",
                 "touchpoints", "removals")  # fmt: skip
        columns = dict(zip(names, map(list, zip(*self.rows, strict=True)), strict=True))
        journey_id = None if self.stream_id == self.organization_id else self.stream_id
        return columns | {
            "organization_id": self.organization_id,
            "stream_id": self.stream_id,
            "journey_id": journey_id,
            "revision": self.revision,
            "hash": self.hash,
            "at": self.at,
        }


def content(entity: Recorded | Organization) -> Mapping[str, object]:
    """What the ledger digests of an entity: every column but its keys, secrets and derived ones.

    Links (a touchpoint's channels) are read from the attribute of that name, which whoever loads
    the entity must have filled (domain/services/steps/links.py).
    """
    told: dict[str, object] = {name: getattr(entity, name) for name in columns(type(entity))}
    for name in getattr(entity, "links", {}):
        told[name] = sorted(str(item) for item in getattr(entity, name))
    return told


@cache
def columns(model: type[Recorded] | type[Organization]) -> tuple[str, ...]:
    """The columns of a model that the ledger digests."""
    return tuple(
        column.key
        for column in inspect(model).columns
        if column.key not in BOOKKEEPING and "ledger" not in column.info
    )


def touchpoint_of(entity: Recorded | Organization) -> UUID | None:
    """The touchpoint a subject belongs to: itself, or the one it points at."""
    if entity.subject_kind == "touchpoint":
        return entity.id
    found: UUID | None = getattr(entity, "touchpoint_id", None)
    return found
