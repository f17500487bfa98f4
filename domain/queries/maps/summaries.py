"""What stands beside a touchpoint's own fields on the map: channels, emotions, threads, the moment.

Only what all who may read the journey may see is counted, so that the map is the same for them.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Uuid, and_, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.models.maps.touchpoints import Emotion, Touchpoint, TouchpointChannel
from domain.models.moments.moments import Moment
from domain.models.voices.annotations import Annotation, Reply
from domain.queries.readers import ORGANIZATION
from domain.queries.told import EMPTY, columns, fields, instant
from domain.roles import Group
from domain.words import AnnotationKind, RankingModel, Visibility

JOURNEY = bindparam("journey_id", type_=Uuid())
_PUBLIC = and_(
    Annotation.organization_id == ORGANIZATION,
    Annotation.journey_id == JOURNEY,
    Annotation.visibility == literal_column(f"'{Visibility.EVERYONE}'"),
    Annotation.hidden_at.is_(None),
    Annotation.withdrawn_at.is_(None),
)


def channel_ids() -> ColumnElement[Any]:
    """The channels of a touchpoint."""
    link = TouchpointChannel
    ids = func.json_agg(aggregate_order_by(link.channel_id, link.channel_id.asc()))
    return func.coalesce(
        select(ids)
        .where(link.organization_id == ORGANIZATION, link.id == Touchpoint.id)
        .correlate(Touchpoint)
        .scalar_subquery(),
        EMPTY,
    )


def felt() -> Subquery:
    """Rows (touchpoint_id, emotions): JSON, in the order of their recording."""
    rows = (
        select(*columns(Emotion))
        .where(
            Emotion.organization_id == ORGANIZATION,
            Emotion.journey_id == JOURNEY,
            Emotion.removed_at.is_(None),
        )
        .subquery("emotion")
    )
    emotions = func.json_agg(
        aggregate_order_by(func.row_to_json(rows.table_valued()), rows.c.id.asc())
    )
    return (
        select(rows.c.touchpoint_id, emotions.label("emotions"))
        .group_by(rows.c.touchpoint_id)
        .subquery("felt")
    )


def _counts(column: ColumnElement[Any], words: Iterable[str]) -> ColumnElement[Any]:
    """How many rows say each word; the words are our own."""
    return fields(
        **{word: func.count().filter(column == literal_column(f"'{word}'")) for word in words}
    )


def discussed() -> Subquery:
    """Rows (touchpoint_id, threads): JSON of what is open, closed, by whom, of which kind."""
    replied = (
        select(Annotation.touchpoint_id, func.max(Reply.created_at).label("at"))
        .join(
            Reply,
            (Reply.organization_id == Annotation.organization_id)
            & (Reply.annotation_id == Annotation.id),
        )
        .where(_PUBLIC)
        .group_by(Annotation.touchpoint_id)
        .subquery("replied")
    )
    times = (Annotation.created_at, Annotation.edited_at, Annotation.resolved_at)
    last = func.greatest(*(func.max(time) for time in times), func.max(replied.c.at))
    threads = fields(
        open=func.count().filter(Annotation.resolved_at.is_(None)),
        closed=func.count().filter(Annotation.resolved_at.is_not(None)),
        by_kind=_counts(Annotation.__table__.c.kind, AnnotationKind),
        by_group=_counts(Annotation.__table__.c.author_group, Group),
        last_activity_at=instant(last),
    )
    return (
        select(Annotation.touchpoint_id, threads.label("threads"))
        .outerjoin(replied, replied.c.touchpoint_id == Annotation.touchpoint_id)
        .where(_PUBLIC, Annotation.touchpoint_id.is_not(None))
        .group_by(Annotation.touchpoint_id)
        .subquery("discussed")
    )


def _silence() -> ColumnElement[Any]:
    nothing: Any = literal_column("0")
    return fields(
        open=nothing,
        closed=nothing,
        by_kind=fields(**dict.fromkeys(AnnotationKind, nothing)),
        by_group=fields(**dict.fromkeys(Group, nothing)),
        last_activity_at=literal_column("NULL"),
    )


SILENCE = _silence()
"""The threads of a touchpoint about which nobody has said anything."""


def decisive() -> ColumnElement[Any]:
    """The moment of a touchpoint as JSON, its place in the ranking still open; null without one."""
    unknown: Any = literal_column("NULL")
    moment = fields(
        id=Moment.__table__.c.id,
        version=Moment.__table__.c.version,
        status=Moment.__table__.c.status,
        rank=unknown,
        tied=literal_column("false"),
        score=unknown,
        model=literal_column(f"'{RankingModel.EMOTIONAL_IMPACT}'"),
        model_version=literal_column("0"),
        n=literal_column("0"),
        explanation=literal_column("''"),
    )
    return (
        select(moment)
        .where(
            Moment.organization_id == ORGANIZATION,
            Moment.touchpoint_id == Touchpoint.id,
            Moment.status != literal_column("'retired'"),
        )
        .correlate(Touchpoint)
        .scalar_subquery()
    )
