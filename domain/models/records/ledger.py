"""The ledger's tables: a head per stream, entries that name, revisions that tell."""

from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.models.base import Base, of_organization, one_of

# What everybody who sees a journey sees of it: no voices, and nothing of who may do what.
OF_MAP = "subject_kind IN ('journey', 'stage', 'lane', 'cell', 'touchpoint', 'emotion', 'moment')"

# What moderators do, and are asked to do.
OF_MODERATION = (
    "verb IN ('flag.raised', 'flag.settled', 'annotation.hidden', 'annotation.shown',"
    " 'annotation.approved', 'reply.hidden', 'reply.shown', 'reply.approved')"
)


class Head(Base, kw_only=True):
    """Where a stream stands: its last revision and hash. Locked first in every write."""

    __tablename__ = "heads"
    __table_args__ = (of_organization(), one_of("kind", ("journey", "organization")))

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    revision: Mapped[int] = mapped_column(BigInteger, default=0)
    hash: Mapped[bytes] = mapped_column(LargeBinary, default=bytes(32))


class Entry(Base, kw_only=True):
    """One thing that happened, by name only. `at` is in microseconds since 1970, UTC."""

    __tablename__ = "entries"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "stream_id", "prev_hash"),
        Index("ix_entries_subject", "organization_id", "subject_id"),
        Index(
            "ix_entries_of_map",
            "organization_id",
            "stream_id",
            "revision",
            postgresql_where=text(OF_MAP),
        ),
        Index(
            "ix_entries_of_moderation",
            "organization_id",
            "stream_id",
            "revision",
            postgresql_where=text(OF_MODERATION),
        ),
        Index(
            "ix_entries_actor",
            "organization_id",
            "actor_id",
            "at",
            postgresql_where=text("actor_id IS NOT NULL"),
        ),
        one_of("actor_kind", ("system", "member", "hidden")),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    actor_kind: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_commitment: Mapped[bytes | None]
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    version: Mapped[int]
    digest: Mapped[bytes]
    prev_hash: Mapped[bytes]
    hash: Mapped[bytes]


class Revision(Base, kw_only=True):
    """The whole state of a subject at one version, as the canonical text that was digested.

    Erasing a person empties `content` and `salt`; the entry that names this revision stays.
    """

    __tablename__ = "revisions"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "stream_id", "revision"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    stream_id: Mapped[UUID]
    revision: Mapped[int] = mapped_column(BigInteger)
    subject_kind: Mapped[str]
    content: Mapped[str | None]
    salt: Mapped[bytes | None]
