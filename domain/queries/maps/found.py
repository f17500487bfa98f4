"""What was found at a touchpoint and still stands, as the map tells it."""

from typing import Any

from sqlalchemy import ColumnElement, Numeric, Subquery, and_, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.models.findings.findings import Finding
from domain.queries.maps.summaries import JOURNEY
from domain.queries.readers import ORGANIZATION
from domain.queries.told import fields
from domain.results import ExperienceKind, FindingKind, FindingStatus


def _is(column: Any, word: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == literal_column(f"'{word}'")
    return found


def _count(*which: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.count().filter(and_(*which))


def _latest_rate() -> ColumnElement[Any]:
    """The share that left of those who entered, as it was measured last."""
    rate = func.round(cast(Finding.left_count, Numeric) / Finding.entered, literal_column("4"))
    measured = func.array_agg(
        aggregate_order_by(rate, Finding.measured_to.desc().nulls_last(), Finding.id.desc())
    ).filter(Finding.entered > literal_column("0"), Finding.left_count.is_not(None))
    return func.array_to_json(measured).op("->")(literal_column("0"))


_KIND = Finding.kind
_UNMET = Finding.met.is_(False)
_FIGURES: dict[str, ColumnElement[Any]] = {
    "open_pain_points": _count(_is(_KIND, FindingKind.PAIN_POINT)),
    "worst_severity": func.max(Finding.severity),
    "information_gaps": _count(_is(_KIND, FindingKind.INFORMATION_GAP)),
    "unmet_requirements": _count(_is(_KIND, FindingKind.REQUIREMENT), _UNMET),
    "positive_experiences": _count(_is(Finding.experience, ExperienceKind.POSITIVE)),
    "negative_experiences": _count(_is(Finding.experience, ExperienceKind.NEGATIVE)),
    "obstacles": _count(_is(_KIND, FindingKind.OBSTACLE)),
    "broken_promises": _count(_is(_KIND, FindingKind.PROMISE), _UNMET),
    "drop_off_rate": _latest_rate(),
}
_UNKNOWN = frozenset({"worst_severity", "drop_off_rate"})
NOTHING_FOUND = fields(
    **{name: literal_column("NULL" if name in _UNKNOWN else "0") for name in _FIGURES}
)
"""The findings of a touchpoint at which nothing stands."""


def found() -> Subquery:
    """Rows (touchpoint_id, findings): JSON of what is open."""
    return (
        select(Finding.touchpoint_id, fields(**_FIGURES).label("findings"))
        .where(
            Finding.organization_id == ORGANIZATION,
            Finding.journey_id == JOURNEY,
            _is(Finding.status, FindingStatus.OPEN),
            Finding.removed_at.is_(None),
        )
        .group_by(Finding.touchpoint_id)
        .subquery("found")
    )
