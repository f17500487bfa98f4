"""What every table shares: names of constraints, types, tenancy, how the ledger is told."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Text,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from domain.ids import new_id

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

# A secret never enters the ledger; a derived column can be rebuilt from others that do.
SECRET = {"ledger": "secret"}
DERIVED = {"ledger": "derived"}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """A row with its id known at birth; a missing argument is a TypeError."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(),
        datetime: DateTime(timezone=True),
        str: Text(),
        Decimal: Numeric(18, 6),
        bytes: LargeBinary(),
        list[str]: ARRAY(Text()),
        list[int]: ARRAY(SmallInteger()),
        list[UUID]: ARRAY(Uuid()),
    }


class Tenant(MappedAsDataclass, kw_only=True):
    """A row of one organization: the organization leads its key, row-level security guards it."""

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)


class Recorded(Tenant, kw_only=True):
    """A tenant's row whose every version is in the ledger.

    `subject_kind` is the word the ledger uses for it. `links` names the attributes that are kept in
    link tables, as {attribute: (table, column)}; they belong to the row's recorded content.
    """

    subject_kind: ClassVar[StrEnum]
    links: ClassVar[dict[str, tuple[str, str]]] = {}

    version: Mapped[int] = mapped_column(default=1)


def link(column: str, table: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key that cannot leave the organization."""
    return ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"], **options
    )


def of_organization() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organization_id"], ["organizations.id"])


def spoken_by(who: str = "author_id") -> CheckConstraint:
    """Who speaks by name is named; who speaks for their group is not, and kept apart."""
    named = f"voice = 'member' AND {who} IS NOT NULL AND hidden_author_id IS NULL"
    return CheckConstraint(f"{named} OR voice = 'group' AND {who} IS NULL", name="voice")


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """Text with a CHECK, never an enum: enum operators defeat indexes under row-level security."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f'"{column}" IN ({listed})', name=column)


def within(column: str, low: int, high: int) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)
