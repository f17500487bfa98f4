"""What was due at a place and is not there, for all of the journeys looked at."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Subquery,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.duties import InputRequestStatus
from domain.models.maps.journeys import Journey
from domain.models.outcomes.actions import Action
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.queries.accountability.content import Within
from domain.queries.outcomes.due import ACTION_DUE, ACTION_LATE, ON_MAP
from domain.queries.participation.spoken import ITS_REQUEST, SILENT, spoken
from domain.queries.readers import ORGANIZATION
from domain.queries.reports.answering_parts import NOW, its_journey
from domain.queries.reports.work_parts import THREAD_DUE, THREAD_OPEN, word
from domain.queries.told import fields, instant
from domain.queries.voices.visibility import annotation_visible

_MOST: ColumnElement[Any] = literal_column("20")
"""How many overdue things of one kind are named at one place; all are counted."""
_NOBODY: ColumnElement[Any] = literal_column("NULL")
_GONE = exists().where(
    Subject.organization_id == ORGANIZATION,
    Subject.id == Annotation.subject_id,
    Subject.removed_at.is_not(None),
)


def _told(kind: str, its: Any, member: Any, silent: Any) -> ColumnElement[Any]:
    """An overdue thing as JSON."""
    return fields(
        kind=word(kind),
        subject_id=its.id,
        member_id=member,
        department_id=_NOBODY,
        due_at=instant(its.due_at),
        silent=silent,
    )


def late_threads(within: Within) -> CTE:
    """Per place: open threads past their date that the reader sees, the oldest as JSON."""
    its = _threads(within).c
    told = _told("thread", its, its.assignee_id, _NOBODY)
    listed = func.json_agg(aggregate_order_by(told, its.number)).filter(its.number <= _MOST)
    return (
        select(its.place_id, func.count().label("late_threads"), listed.label("threads"))
        .group_by(its.place_id)
        .cte("late_threads")
    )


def late_actions(within: Within) -> CTE:
    """Per place: actions not carried out by their day, the oldest as JSON.

    Where its touchpoint was taken off the map an action is at its journey.
    """
    its = _actions(within).c
    told = _told("action", its, its.owner_id, _NOBODY)
    listed = func.json_agg(aggregate_order_by(told, its.number)).filter(its.number <= _MOST)
    return (
        select(its.place_id, func.count().label("late_actions"), listed.label("actions"))
        .group_by(its.place_id)
        .cte("late_actions")
    )


def _actions(within: Within) -> Subquery:
    place = func.coalesce(ON_MAP, Action.journey_id)
    order = func.row_number().over(partition_by=place, order_by=(Action.due_on, Action.id))
    return (
        select(
            place.label("place_id"), Action.id, Action.owner_id,
            ACTION_DUE.label("due_at"), order.label("number"),
        )
        .where(
            Action.organization_id == ORGANIZATION,
            Action.removed_at.is_(None),
            within(Action.journey_id),
            ACTION_LATE,
        )
        .subquery("late_action")
    )  # fmt: skip


def _threads(within: Within) -> Subquery:
    place = func.coalesce(Annotation.touchpoint_id, Annotation.journey_id)
    order = func.row_number().over(partition_by=place, order_by=(Annotation.due_on, Annotation.id))
    return (
        select(
            place.label("place_id"), Annotation.id, Annotation.assignee_id,
            THREAD_DUE.label("due_at"), order.label("number"),
        )
        .join(Journey, its_journey(Annotation))
        .where(
            Annotation.organization_id == ORGANIZATION,
            within(Annotation.journey_id),
            annotation_visible(),
            THREAD_OPEN,
            THREAD_DUE <= NOW,
            ~_GONE,
        )
        .subquery("late_thread")
    )  # fmt: skip


def late_input(within: Within) -> CTE:
    """Per place: members asked for input who are silent past its date; requests as JSON."""
    its = _silent(within).c
    told = _told("input", its, _NOBODY, its.silent)
    return (
        select(
            its.place_id,
            func.sum(its.silent).label("late_input"),
            func.json_agg(aggregate_order_by(told, its.due_at, its.id)).label("requests"),
        )
        .group_by(its.place_id)
        .cte("late_input")
    )


def silent_past_due() -> tuple[ColumnElement[bool], ...]:
    """Asks that say nothing, of requests whose date is over."""
    return (
        or_(*(InputAsk.status == word(status) for status in SILENT)),
        InputRequest.status != word(InputRequestStatus.CANCELLED),
        InputRequest.due_at <= NOW,
    )


def _silent(within: Within) -> Subquery:
    which = (within(InputAsk.journey_id), *silent_past_due())
    voices = spoken(*which)
    place = func.coalesce(InputAsk.touchpoint_id, InputAsk.journey_id)
    return (
        select(
            place.label("place_id"),
            InputRequest.id,
            InputRequest.due_at,
            func.count().label("silent"),
        )
        .select_from(InputAsk)
        .join(InputRequest, and_(ITS_REQUEST, InputRequest.organization_id == ORGANIZATION))
        .outerjoin(voices, voices.c.ask_id == InputAsk.id)
        .where(InputAsk.organization_id == ORGANIZATION, voices.c.ask_id.is_(None), *which)
        .group_by(place, InputRequest.id, InputRequest.due_at)
        .subquery("silent")
    )
