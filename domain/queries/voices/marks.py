"""What members leave on what others say: parts of the statements that read voices.

Each finds one row for each of `told`, a subquery that has `id`, and for flags also `mine`,
`owner_id` and `moderates`.
"""

from sqlalchemy import Subquery, and_, case, func, null, or_, select
from sqlalchemy.sql.selectable import LateralFromClause

from domain.models.voices.flags import Flag
from domain.models.voices.supports import Reaction
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.told import EMPTY, text


def reacted(told: Subquery) -> LateralFromClause:
    """Kinds of reactions with their numbers and whether the reader's is among them, as JSON."""
    by_kind = (
        select(
            Reaction.kind,
            func.count().label("count"),
            func.bool_or(Reaction.member_id == ME).label("mine"),
        )
        .where(
            Reaction.organization_id == ORGANIZATION,
            Reaction.target_id == told.c.id,
            Reaction.removed_at.is_(None),
        )
        .group_by(Reaction.kind)
        .order_by(func.count().desc(), Reaction.kind)
        .correlate(told)
        .subquery("by_kind")
    )
    listed = func.json_agg(func.row_to_json(by_kind.table_valued()))
    return select(text(func.coalesce(listed, EMPTY)).label("reactions")).lateral("reacted")


def flagged(told: Subquery) -> LateralFromClause:
    """How many flags wait for a moderator: null for everybody else, and in one's own case."""
    waiting = (
        select(func.count())
        .where(
            Flag.organization_id == ORGANIZATION,
            Flag.target_id == told.c.id,
            Flag.settled_at.is_(None),
        )
        .correlate(told)
        .scalar_subquery()
    )
    judges = and_(or_(told.c.owner_id == ME, told.c.moderates), ~told.c.mine)
    told_to = case((judges, waiting), else_=null()).label("open_flags")
    return select(told_to).correlate(told).lateral("flagged")
