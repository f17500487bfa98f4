"""Votes for findings and opportunities: how many, from which groups, and one's own.

What was merged into something is voted for with it: a member who voted for both counts once, in
the group they voted in last.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Uuid,
    any_,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import LateralFromClause

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.models.findings.findings import Vote
from domain.queries.readers import ME, ORGANIZATION
from domain.roles import Group


def tally(model: Any) -> LateralFromClause:
    """The columns `votes_<group>` and `my_vote` beside each row of findings or opportunities."""
    voter = (
        select(Vote.member_id, Vote.member_group)
        .ext(distinct_on(Vote.member_id))
        .where(
            Vote.organization_id == ORGANIZATION,
            Vote.subject_id == any_(_with_merged(model)),
            Vote.removed_at.is_(None),
        )
        .order_by(Vote.member_id, Vote.created_at.desc())
        .correlate(model)
        .subquery("voter")
    )
    counts = (
        func.count().filter(voter.c.member_group == literal_column(f"'{group}'")).label(name)
        for group, name in _NAMES.items()
    )
    mine = func.coalesce(func.bool_or(voter.c.member_id == ME), literal_column("false"))
    return select(*counts, mine.label("my_vote")).select_from(voter).lateral("tally")


def by_group(row: Row) -> Mapping[Group, int]:
    """The votes of a row, by group."""
    return {group: row[name] for group, name in _NAMES.items()}


_NAMES = {group: f"votes_{group.value}" for group in Group}


def _with_merged(model: Any) -> ColumnElement[Any]:
    """The ids that a row is voted for by: its own, and those of what was merged into it."""
    merged = aliased(model)
    ids = select(func.array_append(func.array_agg(merged.id), model.id)).where(
        merged.organization_id == ORGANIZATION, merged.merged_into_id == model.id
    )
    # One function around it makes it an array to PostgreSQL, and not rows to choose from.
    return func.coalesce(ids.correlate(model).scalar_subquery(), type_=ARRAY(Uuid()))


_MINE = hot(
    select(Vote.id).where(
        Vote.organization_id == ORGANIZATION,
        Vote.subject_id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        Vote.member_id == ME,
    )
)


async def own_votes(tx: Transaction, actor: Actor, ids: Sequence[UUID]) -> list[UUID]:
    """One's own votes for any of these, also those taken back."""
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    return [row["id"] for row in await tx.rows(_MINE, **given, ids=list(ids))]


def total_of(model: Any) -> ColumnElement[int]:
    """How many members voted for each row, for ordering by it."""
    return (
        select(func.count(Vote.member_id.distinct()))
        .where(
            Vote.organization_id == ORGANIZATION,
            Vote.subject_id == any_(_with_merged(model)),
            Vote.removed_at.is_(None),
        )
        .correlate(model)
        .scalar_subquery()
    )
