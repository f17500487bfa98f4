"""What waits for a member: what nobody would look after if they left, or does not since they did.

Only what the reader sees is told; who was asked for input, to those who may ask for it there.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.duties import DutyKind, InputAskStatus, InputRequestStatus
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.departments import Department
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.outcomes.actions import Action
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.voices.annotations import Annotation
from domain.policy import groups_with
from domain.queries.accountability.answering import LIVE
from domain.queries.accountability.responsibilities import visible_responsibilities
from domain.queries.outcomes.due import ACTION_LIVE
from domain.queries.participation.spoken import ITS_REQUEST, TO_READER, spoken, status_with
from domain.queries.readers import ME, MY_GROUP, ORGANIZATION, journey_visible, reader
from domain.queries.voices.annotations import among_visible
from domain.queries.voices.visibility import STATUS
from domain.roles import May
from domain.words import AnnotationStatus

MOST = 100
TITLE = 100
MEMBER = bindparam("member_id", type_=Uuid())


def _duty(kind: DutyKind, *parts: Any) -> list[ColumnElement[Any]]:
    """The columns of one kind of duty: id, journey_id, title, since."""
    rank = list(DutyKind).index(kind)
    names = ("id", "journey_id", "title", "since")
    said = [part.label(name) for name, part in zip(names, parts, strict=True)]
    return [
        literal_column(str(rank)).label("rank"),
        literal_column(f"'{kind}'").label("kind"),
        *said,
    ]


def _journeys() -> Select[Any]:
    told = _duty(DutyKind.JOURNEY, Journey.id, Journey.id, Journey.title, Journey.created_at)
    return select(*told).where(journey_visible(), Journey.owner_id == MEMBER)


def _responsibilities() -> Select[Any]:
    parts = Responsibility.id, Responsibility.journey_id, Touchpoint.name, Responsibility.created_at
    heading = select(Department.id).where(
        Department.organization_id == ORGANIZATION, Department.head_member_id == MEMBER
    )
    # An array, so that the indexes of both sides of the OR serve.
    headed = func.array(heading.scalar_subquery(), type_=ARRAY(Uuid()))
    return (
        visible_responsibilities()
        .with_only_columns(*_duty(DutyKind.RESPONSIBILITY, *parts))
        .where(
            or_(Responsibility.member_id == MEMBER, Responsibility.department_id == headed.any_()),
            LIVE,
        )
    )


def _threads() -> Select[Any]:
    words = func.left(func.coalesce(Annotation.body, literal_column("''")), TITLE)
    parts = Annotation.id, Annotation.journey_id, words, Annotation.created_at
    return among_visible(*_duty(DutyKind.THREAD, *parts)).where(
        Annotation.assignee_id == MEMBER, STATUS == AnnotationStatus.OPEN.value
    )


def _inputs() -> Select[Any]:
    theirs = InputAsk.member_id == MEMBER
    voices = spoken(theirs, told=TO_READER)
    words = func.left(InputRequest.message, TITLE)
    parts = InputRequest.id, InputAsk.journey_id, words, InputAsk.created_at
    asking = or_(*(MY_GROUP == group.value for group in groups_with(May.REQUEST_INPUT)))
    return (
        select(*_duty(DutyKind.INPUT, *parts))
        .select_from(InputAsk)
        .join(InputRequest, ITS_REQUEST)
        .join(
            Journey,
            (Journey.organization_id == InputAsk.organization_id)
            & (Journey.id == InputAsk.journey_id),
        )
        .outerjoin(voices, voices.c.ask_id == InputAsk.id)
        .where(
            InputAsk.organization_id == ORGANIZATION,
            theirs,
            journey_visible(),
            InputRequest.status == InputRequestStatus.OPEN.value,
            status_with(voices) == InputAskStatus.ASKED.value,
            or_(asking, Journey.owner_id == ME, ME == MEMBER),
        )
    )


def _actions() -> Select[Any]:
    """Handed over by changing their owner."""
    parts = Action.id, Action.journey_id, Action.title, Action.created_at
    its_journey = (Journey.organization_id == Action.organization_id) & (
        Journey.id == Action.journey_id
    )
    return (
        select(*_duty(DutyKind.ACTION, *parts))
        .select_from(Action)
        .join(Journey, its_journey)
        .where(
            Action.organization_id == ORGANIZATION,
            Action.owner_id == MEMBER,
            Action.removed_at.is_(None),
            ACTION_LIVE,
            journey_visible(),
        )
    )


_PARTS = _journeys(), _responsibilities(), _threads(), _inputs(), _actions()
_ALL = union_all(*_PARTS).subquery("duties")
_DUTIES = hot(
    select(*(column for column in _ALL.c if column.key != "rank"))
    .order_by(_ALL.c.rank, _ALL.c.since, _ALL.c.id)
    .limit(MOST)
)


async def duties(tx: Transaction, actor: Actor, member_id: UUID) -> Sequence[Row]:
    """What waits for a member, as far as the actor may see it: a hundred at the most."""
    return await tx.rows(_DUTIES, **reader(actor), member_id=member_id)
