"""Ratings added up per touchpoint and group: what every mean, gap and rank is made of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select

from domain.models.voices.ratings import Rating
from domain.roles import Group
from domain.rules.ratings import GroupTally, Tally
from domain.words import Axis


def numbers(given: Any) -> ColumnElement[int]:
    """How many of the four questions a rating answers with a number."""
    counted: ColumnElement[int] = func.num_nonnulls(*(given[axis.value] for axis in Axis))
    return counted


NUMBERS = numbers(Rating.__table__.c)


def tallies(*where: ColumnElement[bool]) -> Subquery:
    """Rows (touchpoint_id, tallies) where tallies is JSON for `group_tallies`."""
    return tallied(Rating.__table__.c, *where)


def tallied(given: Any, *where: ColumnElement[bool]) -> Subquery:
    """The same of ratings from elsewhere: `given` holds their columns by name."""
    by_group = (
        select(
            given.touchpoint_id,
            given.member_group.label("group"),
            func.count().filter(numbers(given) > 0).label("raters"),
            func.count().filter(given.abstained).label("abstained"),
            *(column for axis in Axis for column in _axis(given, axis)),
        )
        .where(*where)
        .group_by(given.touchpoint_id, given.member_group)
        .subquery("by_group")
    )
    rows = func.json_agg(func.row_to_json(by_group.table_valued()))
    return (
        select(by_group.c.touchpoint_id, rows.label("tallies"))
        .group_by(by_group.c.touchpoint_id)
        .subquery("tallied")
    )


def _axis(given: Any, axis: Axis) -> list[Any]:
    column = given[axis.value]
    return [
        func.coalesce(func.sum(column), 0).label(f"{axis.value}_total"),
        func.count(column).label(f"{axis.value}_count"),
    ]


def group_tallies(told: Sequence[dict[str, Any]] | None) -> Sequence[GroupTally]:
    """What `tallies` found for one touchpoint; nothing when nobody rated it."""
    return [_group(row) for row in told or ()]


def _group(row: dict[str, Any]) -> GroupTally:
    axes = {axis: Tally(row[f"{axis.value}_total"], row[f"{axis.value}_count"]) for axis in Axis}
    return GroupTally(Group(row["group"]), row["raters"], row["abstained"], axes)
