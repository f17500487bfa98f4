"""What a department did for customers: playbooks it used, and what it brings to them."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, func, select
from sqlalchemy import literal_column as literal
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.duties import PlaybookResult
from domain.models.accountability.playbooks import PlaybookUse
from domain.models.accountability.stakeholder_values import StakeholderValue
from domain.models.maps.journeys import Journey
from domain.queries.readers import ORGANIZATION
from domain.queries.reports.brief_parts import in_visible, many
from domain.queries.reports.department_touchpoints import in_department
from domain.queries.reports.work_parts import word
from domain.queries.told import EMPTY, fields, text

MOST_VALUES: ColumnElement[Any] = literal("100")
"""How many stakeholder values a brief carries."""


def uses(rows: CTE) -> ColumnElement[Any]:
    """Uses of playbooks at the department's touchpoints, per currency."""
    use: Any = PlaybookUse
    told = fields(
        currency=use.currency,
        uses=many(),
        amount=func.sum(PlaybookUse.amount),
        **{one.value: many(PlaybookUse.result == word(one)) for one in PlaybookResult},
    )
    per_currency = (
        select(told.label("told"), PlaybookUse.currency)
        .where(
            PlaybookUse.organization_id == ORGANIZATION,
            PlaybookUse.touchpoint_id.in_(select(rows.c.id)),
        )
        .group_by(PlaybookUse.currency)
        .subquery("per_currency")
    )
    its = per_currency.c
    listed = func.json_agg(aggregate_order_by(its.told, its.currency))
    return select(text(func.coalesce(listed, EMPTY))).scalar_subquery()


def values() -> ColumnElement[Any]:
    """What it brings to customers."""
    value: Any = StakeholderValue
    said = (
        select(
            value.id, value.journey_id, value.touchpoint_id, value.group, value.department_id,
            value.value,
        )
        .join(Journey, in_visible(value))
        .where(
            value.organization_id == ORGANIZATION,
            value.removed_at.is_(None),
            in_department(value.department_id),
        )
        .order_by(value.id)
        .limit(MOST_VALUES)
        .subquery("said")
    )  # fmt: skip
    listed = func.json_agg(func.row_to_json(said.table_valued()))
    return select(text(func.coalesce(listed, EMPTY))).scalar_subquery()
