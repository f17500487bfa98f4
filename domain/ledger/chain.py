"""Entries in the making: what happened, as the row that says so, linked to the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from secrets import token_bytes
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.facts import Verb
from domain.models.base import Recorded
from domain.models.identity.organizations import Organization
from domain.rules import canonical
from domain.rules.canonical import ActorKind

BOOKKEEPING = ("organization_id", "id", "version")


@dataclass(frozen=True, slots=True)
class Locked:
    """A stream whose head this transaction holds."""

    stream_id: UUID
    revision: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that has just happened to an entity, which already carries its new version.

    `hidden` keeps the actor behind a salted commitment. It is salted as the content is, so that
    whoever is given the content can try every member; with `salt` it is not.
    """

    verb: Verb
    entity: Recorded | Organization
    hidden: bool = False
    salt: bytes | None = None


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
            return ActorKind.HIDDEN, None, canonical.commitment(fact.salt or salt, member)
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
    told = {name: read(entity, name) for name in columns(type(entity))}
    for name in getattr(entity, "links", {}):
        told[name] = sorted(str(item) for item in getattr(entity, name))
    return told


def read(entity: Recorded | Organization, name: str) -> object:
    """A column of an entity, past SQLAlchemy's instrumentation, which costs six times as much."""
    own = vars(entity)
    return own[name] if name in own else getattr(entity, name)


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
