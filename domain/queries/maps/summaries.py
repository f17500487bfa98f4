"""What stands beside a touchpoint's own fields on the map: channels, emotions, threads, proposals.

Only what all who may read the journey may see is counted, so that the map is the same for them.
"""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, Uuid, and_, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.models.maps.touchpoints import Emotion, Touchpoint, TouchpointChannel
from domain.models.voices.annotations import Annotation
from domain.models.voices.proposals import Proposal
from domain.models.voices.replies import Reply
from domain.queries.readers import ORGANIZATION
from domain.queries.told import EMPTY, columns, fields, instant
from domain.roles import Group
from domain.talk import ProposalStatus
from domain.words import AnnotationKind, Visibility

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


def proposed() -> Subquery:
    """Rows (touchpoint_id, open): how many proposals nobody has decided about yet."""
    return (
        select(Proposal.touchpoint_id, func.count().label("open"))
        .where(
            Proposal.organization_id == ORGANIZATION,
            Proposal.journey_id == JOURNEY,
            Proposal.status == literal_column(f"'{ProposalStatus.OPEN}'"),
        )
        .group_by(Proposal.touchpoint_id)
        .subquery("proposed")
    )


def discussed() -> Subquery:
    """Rows (touchpoint_id, threads): JSON of what is open, closed, by whom, of which kind.

    Counted in two steps, so that a touchpoint with 50,000 threads costs one look at each.
    """
    said, replied = _said(), _replied()
    threads = fields(
        open=_count(said, ~said.c.closed),
        closed=_count(said, said.c.closed),
        by_kind=fields(**{word: _count(said, _is(said.c.kind, word)) for word in AnnotationKind}),
        by_group=fields(**{word: _count(said, _is(said.c.author_group, word)) for word in Group}),
        last_activity_at=instant(func.max(func.greatest(said.c.at, replied.c.at))),
    )
    return (
        select(said.c.touchpoint_id, threads.label("threads"))
        .outerjoin(replied, replied.c.touchpoint_id == said.c.touchpoint_id)
        .group_by(said.c.touchpoint_id)
        .subquery("discussed")
    )


def _replied() -> Subquery:
    """When somebody last replied at a touchpoint."""
    return (
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


def _said() -> Subquery:
    """How many threads there are of each kind, group and state, and when they last moved."""
    times = (Annotation.created_at, Annotation.edited_at, Annotation.resolved_at)
    keys = (
        Annotation.touchpoint_id,
        Annotation.kind,
        Annotation.author_group,
        Annotation.resolved_at.is_not(None).label("closed"),
    )
    return (
        select(*keys, func.count().label("n"), func.max(func.greatest(*times)).label("at"))
        .where(_PUBLIC, Annotation.touchpoint_id.is_not(None))
        .group_by(*keys)
        .subquery("said")
    )


def _count(said: Subquery, which: ColumnElement[bool]) -> ColumnElement[Any]:
    nothing: Any = literal_column("0")
    return func.coalesce(func.sum(said.c.n).filter(which), nothing)


def _is(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Equal to a word of our own."""
    return column == literal_column(f"'{word}'")


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
