"""The touchpoints that a department answers for, across the journeys the reader sees."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Select,
    Subquery,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.models.accountability.sign_offs import SignOffRule
from domain.models.identity.departments import Department
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.accountability.satisfaction import states
from domain.queries.identity.departments import department
from domain.queries.maps.decisive import decisive
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.page import Page, PageRequest, binding, cut, decode_id
from domain.queries.planning import plan_once
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.told import text
from domain.queries.voices.tallies import tallies
from domain.queries.voices.visibility import STATUS, annotation_visible
from domain.words import AnnotationStatus, JourneyStatus

_DEPARTMENT = bindparam("department_id", type_=Uuid())
_BELOW = bindparam("below", type_=Boolean())


def in_department(column: Any) -> ColumnElement[bool]:
    """Of the department that is asked about, or, if that is asked for, of one below it."""
    tree = aliased(Department)
    found: ColumnElement[bool] = column.in_(
        select(tree.id).where(
            tree.organization_id == ORGANIZATION,
            or_(tree.id == _DEPARTMENT, and_(_BELOW, _DEPARTMENT == tree.path.any_())),
        )
    )
    return found


def answered_for(*columns: Any) -> Select[Any]:
    """Touchpoints of the department that stand on maps the reader sees and nobody put away."""
    return (
        select(*columns)
        .select_from(Touchpoint)
        .join(
            Journey,
            (Journey.organization_id == Touchpoint.organization_id)
            & (Journey.id == Touchpoint.journey_id),
        )
        .join(Stage, ITS_STAGE)
        .where(
            Touchpoint.organization_id == ORGANIZATION,
            in_department(Touchpoint.responsible_department_id),
            journey_visible(),
            Journey.status != literal_column(f"'{JourneyStatus.ARCHIVED}'"),
            *ON_THE_MAP,
        )
    )


def _open_threads(page: CTE) -> Any:
    return (
        select(func.count())
        .where(
            Annotation.organization_id == ORGANIZATION,
            Annotation.touchpoint_id == page.c.touchpoint_id,
            STATUS == AnnotationStatus.OPEN.value,
            annotation_visible(),
        )
        .correlate(page, Journey)
        .scalar_subquery()
    )


def _page(paged: bool) -> CTE:
    chosen = answered_for(
        Touchpoint.id.label("touchpoint_id"),
        Touchpoint.name.label("touchpoint_name"),
        Touchpoint.journey_id,
        Touchpoint.responsible_department_id.label("department_id"),
        Touchpoint.stage_id,
        Stage.name.label("stage_name"),
    )
    if paged:
        chosen = chosen.where(Touchpoint.id > bindparam("after", type_=Uuid()))
    return chosen.order_by(Touchpoint.id).limit(bindparam("limit")).cte("page")


def _moments(page: CTE) -> Subquery:
    """The moments there; nothing is hashed where no sign-off is asked for."""
    rule = aliased(SignOffRule)
    rules = select(rule.journey_id).where(
        rule.organization_id == ORGANIZATION, rule.removed_at.is_(None)
    )

    def within(journey_id: Any) -> ColumnElement[bool]:
        found: ColumnElement[bool] = journey_id.in_(select(page.c.journey_id))
        return found

    met = states(lambda journey_id: and_(within(journey_id), journey_id.in_(rules)))
    return decisive(within, met.subjects)


def _tallied(page: CTE) -> Subquery:
    return tallies(
        Rating.organization_id == ORGANIZATION,
        # An array lets the index be used, however many ratings there are.
        Rating.touchpoint_id == func.array(select(page.c.touchpoint_id).scalar_subquery()).any_(),
    )


@cache
def list_statement(paged: bool) -> Hot:
    """The statement behind the list, from its beginning or further on."""
    page = _page(paged)
    moments, tallied = _moments(page), _tallied(page)
    return hot(
        select(
            *page.c,
            Journey.title.label("journey_title"),
            _open_threads(page).label("open_threads"),
            text(moments.c.moment).label("moment"),
            text(tallied.c.tallies).label("tallies"),
            Organization.names_leaders,
        )
        .select_from(page)
        .join(Organization, Organization.id == ORGANIZATION)
        .join(
            Journey,
            (Journey.organization_id == ORGANIZATION) & (Journey.id == page.c.journey_id),
        )
        .outerjoin(moments, moments.c.touchpoint_id == page.c.touchpoint_id)
        .outerjoin(tallied, tallied.c.touchpoint_id == page.c.touchpoint_id)
        .order_by(page.c.touchpoint_id)
    )


async def list_touchpoints(
    tx: Transaction, actor: Actor, department_id: UUID, below: bool, page: PageRequest
) -> Page:
    """A page of what a department answers for, oldest first; NotFound without the department."""
    bound = binding("department touchpoints", {"department": department_id, "below": below})
    last = decode_id(bound, page.cursor)
    await department(tx, actor, department_id)
    await plan_once(tx)
    given = {"department_id": department_id, "below": below, "limit": page.limit + 1}
    after = {} if last is None else {"after": last}
    rows = await tx.rows(list_statement(last is not None), **reader(actor), **given, **after)
    return cut(rows, page.limit, bound, lambda row: [str(row["touchpoint_id"])])
