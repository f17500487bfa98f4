"""Votes for findings and opportunities: a member's own, and how many there are by group."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, bindparam, func, literal_column, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.models.findings.findings import Vote
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.told import fields, text
from domain.roles import Group

_MINE = hot(
    select(*Vote.__table__.c)
    .where(
        Vote.organization_id == ORGANIZATION,
        Vote.subject_id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        Vote.member_id == ME,
    )
    .order_by(Vote.id)
)


async def own_votes(tx: Transaction, actor: Actor, subject_ids: Sequence[UUID]) -> list[Vote]:
    """One's own votes for any of these, also those that were taken back."""
    who = {"organization_id": actor.organization_id, "me": actor.member_id}
    rows = await tx.rows(_MINE, ids=list(subject_ids), **who)
    return [Vote(**dict(row.items())) for row in rows]


def votes_of(subject_id: Any, *tables: Any) -> ColumnElement[Any]:
    """JSON text for api/schemas/findings/votes.py: how many by group, and whether the reader's own
    is among them. `tables` are those of the surrounding statement that `subject_id` is from.
    """
    mine = func.coalesce(func.bool_or(Vote.member_id == ME), literal_column("false"))
    told = fields(
        count=func.count(),
        by_group=fields(**{one: func.count().filter(_by(one)) for one in Group}),
        mine=mine,
    )
    return (
        select(text(told))
        .where(
            Vote.organization_id == ORGANIZATION,
            Vote.subject_id == subject_id,
            Vote.removed_at.is_(None),
        )
        .correlate(*tables)
        .scalar_subquery()
    )


def vote_count(subject_id: Any, *tables: Any) -> ColumnElement[int]:
    """How many votes there are, whoever gave them."""
    return (
        select(func.count())
        .select_from(Vote)
        .where(
            Vote.organization_id == ORGANIZATION,
            Vote.subject_id == subject_id,
            Vote.removed_at.is_(None),
        )
        .correlate(*tables)
        .scalar_subquery()
    )


def _by(group: Group) -> ColumnElement[bool]:
    return Vote.member_group == literal_column(f"'{group}'")
