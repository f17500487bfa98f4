"""Votes for what can be merged: how many, from which groups, and whether one's own is among them.

What was merged into something is voted for with it: a member who voted for both counts once, in
the group they voted in last.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Uuid,
    any_,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import LateralFromClause

from domain.database import Row
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
