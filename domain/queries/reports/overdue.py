"""What is overdue, by the department that is to answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.duties import ResponsibilityStatus
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.actions import Action
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.annotations import Annotation
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.outcomes.due import ACTION_LATE
from domain.queries.participation.spoken import ITS_REQUEST, spoken
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.reports.answering_parts import NOW
from domain.queries.reports.late_parts import silent_past_due
from domain.queries.reports.work_parts import THREAD_DUE, THREAD_OPEN, word
from domain.queries.voices.visibility import annotation_visible
from domain.rules.overview import MOST
from domain.words import JourneyStatus


def _part(kind: str, department: Any, touchpoint: Any, journey: Any) -> Any:
    return select(
        department.label("department_id"),
        word(kind).label("kind"),
        touchpoint.label("touchpoint_id"),
        journey.label("journey_id"),
    )


def _member(column: Any) -> ColumnElement[bool]:
    return and_(Member.organization_id == ORGANIZATION, Member.id == column)


def _responsibilities() -> Any:
    """Asked to answer for a moment, and silent past the date."""
    its: Any = Responsibility
    department = func.coalesce(its.department_id, Member.department_id)
    return (
        _part("responsibility", department, its.touchpoint_id, its.journey_id)
        .outerjoin(Member, _member(its.member_id))
        .where(
            its.organization_id == ORGANIZATION,
            its.status == word(ResponsibilityStatus.ASSIGNED),
            its.answer_by <= NOW,
        )
    )


def _input() -> Any:
    """Asked for input, and silent past the date."""
    which = silent_past_due()
    voices = spoken(*which)
    found = _part(
        "input", InputAsk.member_department_id, InputAsk.touchpoint_id, InputAsk.journey_id
    )
    return (
        found.join(InputRequest, ITS_REQUEST)
        .outerjoin(voices, voices.c.ask_id == InputAsk.id)
        .where(InputAsk.organization_id == ORGANIZATION, voices.c.ask_id.is_(None), *which)
    )


def _threads() -> Any:
    """Open threads past their date that the reader sees, with whoever looks after them."""
    its: Any = Annotation
    return (
        _part("thread", Member.department_id, its.touchpoint_id, its.journey_id)
        .join(Journey, and_(Journey.organization_id == ORGANIZATION, Journey.id == its.journey_id))
        .outerjoin(Member, _member(its.assignee_id))
        .where(
            its.organization_id == ORGANIZATION,
            THREAD_OPEN,
            THREAD_DUE <= NOW,
            annotation_visible(),
        )
    )


def _actions() -> Any:
    """Not carried out by their day; also where their touchpoint was taken off the map."""
    its: Any = Action
    department = func.coalesce(its.department_id, Member.department_id)
    nowhere = cast(null(), Uuid())
    return (
        _part("action", department, nowhere, its.journey_id)
        .outerjoin(Member, _member(its.owner_id))
        .where(its.organization_id == ORGANIZATION, its.removed_at.is_(None), ACTION_LATE)
    )


def _statement() -> Hot:
    late = union_all(_responsibilities(), _input(), _threads(), _actions()).subquery("late")
    kinds = [
        func.count().filter(late.c.kind == word(kind)).label(name)
        for kind, name in (
            ("responsibility", "responsibilities"), ("input", "input"), ("thread", "threads"),
            ("action", "actions"),
        )
    ]  # fmt: skip
    return hot(
        select(
            late.c.department_id,
            *kinds,
            func.count().label("total"),
            func.sum(func.count()).over().label("everywhere"),
        )
        .join(Journey, and_(Journey.organization_id == ORGANIZATION,
                            Journey.id == late.c.journey_id))
        .outerjoin(Touchpoint, and_(Touchpoint.organization_id == ORGANIZATION,
                                    Touchpoint.id == late.c.touchpoint_id))
        .outerjoin(Stage, ITS_STAGE)
        .where(journey_visible(), Journey.status != word(JourneyStatus.ARCHIVED), *ON_THE_MAP)
        .group_by(late.c.department_id)
        .order_by(func.count().desc(), late.c.department_id)
        .limit(literal_column(str(MOST)))
    )  # fmt: skip


_OVERDUE = _statement()


async def overdue(tx: Transaction, actor: Actor) -> Sequence[Row]:
    """The departments with most overdue; `everywhere` counts all of it."""
    return await tx.rows(_OVERDUE, **reader(actor), now=now())
