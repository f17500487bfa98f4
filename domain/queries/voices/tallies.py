"""Ratings added up per touchpoint and group: what every mean, gap and rank is made of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select

from domain.models.voices.ratings import Rating
from domain.roles import Group
from domain.rules.ratings import GroupTally, Tally
from domain.words import Axis

_NUMBERS = func.num_nonnulls(
    Rating.emotional, Rating.business, Rating.importance, Rating.performance
)


def _axis(axis: Axis) -> list[Any]:
    column = Rating.__table__.c[axis.value]
    return [
        func.coalesce(func.sum(column), 0).label(f"{axis.value}_total"),
        func.count(column).label(f"{axis.value}_count"),
    ]


_AXES = [column for axis in Axis for column in _axis(axis)]


def tallies(*where: ColumnElement[bool]) -> Subquery:
    """Rows (touchpoint_id, tallies) where tallies is JSON for `group_tallies`."""
    by_group = (
        select(
            Rating.touchpoint_id,
            Rating.member_group.label("group"),
            func.count().filter(_NUMBERS > 0).label("raters"),
            func.count().filter(Rating.abstained).label("abstained"),
            *_AXES,
        )
        .where(*where)
        .group_by(Rating.touchpoint_id, Rating.member_group)
        .subquery("by_group")
    )
    rows = func.json_agg(func.row_to_json(by_group.table_valued()))
    return (
        select(by_group.c.touchpoint_id, rows.label("tallies"))
        .group_by(by_group.c.touchpoint_id)
        .subquery("tallied")
    )


def group_tallies(told: Sequence[dict[str, Any]] | None) -> Sequence[GroupTally]:
    """What `tallies` found for one touchpoint; nothing when nobody rated it."""
    return [_group(row) for row in told or ()]


def _group(row: dict[str, Any]) -> GroupTally:
    axes = {axis: Tally(row[f"{axis.value}_total"], row[f"{axis.value}_count"]) for axis in Axis}
    return GroupTally(Group(row["group"]), row["raters"], row["abstained"], axes)
