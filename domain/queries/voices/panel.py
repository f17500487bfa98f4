"""What a side panel shows beside each annotation: looked up for what is on the page, no more."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.models.voices.replies import Reply
from domain.models.voices.supports import Support
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.told import instant, text
from domain.queries.voices.marks import flagged, reacted
from domain.queries.voices.people import author_card, mentions
from domain.queries.voices.visibility import mine, reply_status

LAST_REPLIES = 3


def _replied(told: Subquery) -> FromClause:
    return (
        select(func.count().label("reply_count"))
        .where(Reply.organization_id == ORGANIZATION, Reply.annotation_id == told.c.id)
        .lateral("replied")
    )


def last_replies(said: Any) -> ColumnElement[Any]:
    """The last answers in a thread as JSON, oldest first."""
    # A constant in the statement, not a parameter: the plan counts on it.
    few: ColumnElement[int] = literal_column(str(LAST_REPLIES))
    last = (
        select(*Reply.__table__.c)
        .where(Reply.organization_id == ORGANIZATION, Reply.annotation_id == said.id)
        .order_by(Reply.id.desc())
        .limit(few)
        .correlate_except(Reply)
        .lateral("last_reply")
    )
    readable = mine(last.c) | and_(last.c.withdrawn_at.is_(None), last.c.hidden_at.is_(None))
    card = select(
        last.c.id,
        case((readable, last.c.body), else_=null()).label("body"),
        reply_status(last.c).label("status"),
        last.c.voice,
        last.c.author_id,
        last.c.author_group,
        last.c.author_department_id,
        last.c.attributed_to,
        *author_card(last.c),
        mine(last.c).label("mine"),
        case((readable, cast(mentions(last.c), JSON)), else_=null()).label("mentions"),
        instant(last.c.created_at).label("created_at"),
    ).lateral("card")
    cards = func.json_agg(aggregate_order_by(func.row_to_json(card.table_valued()), card.c.id))
    return select(text(cards)).select_from(card).scalar_subquery()


def _supported(told: Subquery) -> FromClause:
    return (
        select(
            func.count().label("support_count"),
            func.coalesce(func.bool_or(Support.member_id == ME), literal(False)).label(
                "supported_by_me"
            ),
        )
        .where(
            Support.organization_id == ORGANIZATION,
            Support.annotation_id == told.c.id,
            Support.removed_at.is_(None),
        )
        .lateral("supported")
    )


PARTS: Sequence[Callable[[Subquery], FromClause]] = (_replied, _supported, reacted, flagged)
"""Each finds one row per annotation; its columns are added to those of the page."""


def with_panel(page: Select[Any]) -> Select[Any]:
    """The same rows with everything that a panel shows beside them."""
    told = page.subquery("page")
    parts = [part(told) for part in PARTS]
    joined: Any = told
    for part in parts:
        joined = joined.join(part, true())
    answered = case((parts[0].c.reply_count > literal_column("0"), last_replies(told.c)))
    return select(
        *told.c,
        *author_card(told.c),
        mentions(told.c),
        answered.label("last_replies"),
        *(column for part in parts for column in part.c),
    ).select_from(joined)
