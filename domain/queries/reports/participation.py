"""Who was asked and who has spoken: department by group by stage, in one statement."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.duties import InputAskStatus
from domain.errors import NotFound
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.participation.input_requests import InputAsk, InputRequest
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.queries.identity.people import by_person
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.maps.summaries import JOURNEY
from domain.queries.participation.asks import asks
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.told import listed, single
from domain.queries.voices.filters import SHOWN
from domain.queries.voices.visibility import annotation_visible
from domain.words import Visibility

_COUNTED = (InputAskStatus.ANSWERED, InputAskStatus.ABSTAINED, InputAskStatus.NO_ANSWER)
_NONE: ColumnElement[Any] = literal_column("0")
_TOUCHPOINT = (Touchpoint.organization_id == ORGANIZATION) & (Touchpoint.journey_id == JOURNEY)


def _asked() -> Any:
    """Asks that were not called off, about what still stands; `about` is a stage, null for all."""
    told = asks(
        InputAsk.journey_id == JOURNEY, InputAsk.status != InputAskStatus.CANCELLED.value
    ).subquery("told")
    whole = InputRequest.subject_id == InputRequest.journey_id
    about = case((~whole, func.coalesce(Touchpoint.stage_id, InputRequest.subject_id)))
    return (
        select(
            told.c.member_department_id.label("department_id"),
            told.c.member_group.label("group"),
            told.c.status,
            told.c.seen_at,
            about.label("about"),
        )
        .join(
            InputRequest,
            (InputRequest.organization_id == ORGANIZATION) & (InputRequest.id == told.c.request_id),
        )
        .join(
            Subject,
            (Subject.organization_id == ORGANIZATION) & (Subject.id == InputRequest.subject_id),
        )
        .outerjoin(Touchpoint, _TOUCHPOINT & (Touchpoint.id == InputRequest.touchpoint_id))
        .where(~SUBJECT_GONE)
        .cte("asked")
    )


def _words(seen: ColumnElement[bool]) -> Any:
    """What is seen that people said, by where its author stood then."""
    at = and_(Stage.organization_id == ORGANIZATION, Stage.id == Annotation.subject_id)
    stage_id = func.coalesce(Touchpoint.stage_id, Stage.id)
    return (
        select(
            Annotation.author_department_id.label("department_id"),
            Annotation.author_group.label("group"),
            stage_id.label("stage_id"),
            func.count().label("voices"),
        )
        .select_from(Annotation)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == JOURNEY))
        .outerjoin(Touchpoint, _TOUCHPOINT & (Touchpoint.id == Annotation.touchpoint_id))
        .outerjoin(Stage, at)
        .where(
            Annotation.organization_id == ORGANIZATION,
            Annotation.journey_id == JOURNEY,
            SHOWN,
            seen,
            by_person(Annotation.author_id, ORGANIZATION),
            or_(Annotation.touchpoint_id.is_(None), Touchpoint.removed_at.is_(None)),
        )
        .group_by(Annotation.author_department_id, Annotation.author_group, stage_id)
    )


def _numbers() -> Any:
    """Ratings, by where their member stands now.

    Counted by touchpoint and member, which the key of ratings alone can tell, and then by where
    those members stand: there are few of them beside the ratings.
    """
    each = (
        select(Rating.member_id, Touchpoint.stage_id, func.count().label("voices"))
        .join(
            Rating,
            (Rating.organization_id == ORGANIZATION) & (Rating.touchpoint_id == Touchpoint.id),
        )
        .where(_TOUCHPOINT, Touchpoint.removed_at.is_(None))
        .group_by(Rating.member_id, Touchpoint.stage_id)
        .cte("each")
    )
    its_member = (Member.organization_id == ORGANIZATION) & (Member.id == each.c.member_id)
    return (
        select(
            Member.department_id,
            Member.group,
            each.c.stage_id,
            func.sum(each.c.voices).label("voices"),
        )
        .join(each, its_member)
        .group_by(Member.department_id, Member.group, each.c.stage_id)
    )


def _counts(asked: Any) -> list[Any]:
    """How many asks, how many of them seen, and what became of them."""
    each = [func.count().filter(asked.c.status == one.value).label(one.value) for one in _COUNTED]
    return [func.count().label("asked"), func.count(asked.c.seen_at).label("seen"), *each]


def _rows(asked: Any, spoken: Any) -> Select[Any]:
    """One row per department, group and stage that was asked or has spoken."""
    of = (Stage.organization_id == ORGANIZATION) & (Stage.journey_id == JOURNEY)
    about = or_(asked.c.about.is_(None), Stage.id == asked.c.about)
    placed = (
        select(asked.c.department_id, asked.c.group, Stage.id.label("stage_id"), *_counts(asked))
        .outerjoin(Stage, of & Stage.removed_at.is_(None) & about)
        .group_by(asked.c.department_id, asked.c.group, Stage.id)
        .add_columns(_NONE.label("voices"))
    )
    names = ("asked", "seen", *(one.value for one in _COUNTED))
    voiced = select(
        spoken.c.department_id,
        spoken.c.group,
        spoken.c.stage_id,
        *(_NONE.label(name) for name in names),
        spoken.c.voices,
    )
    both = union_all(placed, voiced).subquery("both")
    where = (both.c.department_id, both.c.group, both.c.stage_id)
    return (
        select(*where, *(func.sum(both.c[name]).label(name) for name in (*names, "voices")))
        .outerjoin(Stage, of & (Stage.id == both.c.stage_id))
        .where(Stage.removed_at.is_(None))
        .group_by(*where, Stage.position)
        .order_by(Stage.position.nulls_last(), *where)
    )


def _participation(seen: ColumnElement[bool]) -> Select[Any]:
    asked = _asked()
    spoken = union_all(_words(seen), _numbers()).cte("spoken_up")
    live = or_(spoken.c.stage_id.is_(None), Stage.removed_at.is_(None))
    voices = (
        select(func.coalesce(func.sum(spoken.c.voices), _NONE))
        .outerjoin(Stage, (Stage.organization_id == ORGANIZATION) & (Stage.id == spoken.c.stage_id))
        .where(live)
        .scalar_subquery()
    )
    totals = select(*_counts(asked), voices.label("voices"))
    return select(
        Journey.id, listed(_rows(asked, spoken)).label("rows"), single(totals).label("totals")
    ).where(journey_visible(), Journey.id == JOURNEY)


_PARTICIPATION = hot(_participation(annotation_visible()))
_FOR_ALL = hot(_participation(Annotation.visibility == Visibility.EVERYONE.value))


async def participation(tx: Transaction, actor: Actor, journey_id: UUID) -> Row:
    """Who was asked in a journey and who has spoken; NotFound when the actor may not see it."""
    row = await tx.row(_PARTICIPATION, journey_id=journey_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def participation_for_all(tx: Transaction, actor: Actor, journey_id: UUID) -> Row:
    """The same as everybody sees it who may read the journey, whoever asks."""
    row = await tx.row(_FOR_ALL, journey_id=journey_id, **reader(actor))
    if row is None:
        raise NotFound
    return row
