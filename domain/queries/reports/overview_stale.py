"""Journeys that nobody has looked at for longer than they allow, for the overview."""

from collections.abc import Sequence

from sqlalchemy import func, literal_column, select

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.maps.journeys import Journey
from domain.queries.life.reviews import NEXT_REVIEW, stale
from domain.queries.readers import journey_visible, reader
from domain.queries.reports.work_parts import word
from domain.rules.overview import MOST
from domain.words import JourneyStatus

_STALE = hot(
    select(
        Journey.id,
        Journey.title,
        Journey.owner_id,
        NEXT_REVIEW.label("next_review_at"),
        func.count().over().label("total"),
    )
    .where(journey_visible(), Journey.status != word(JourneyStatus.ARCHIVED), stale())
    .order_by(NEXT_REVIEW, Journey.id)
    .limit(literal_column(str(MOST)))
)


async def stale_journeys(tx: Transaction, actor: Actor) -> Sequence[Row]:
    """Those whose review has been due longest; `total` counts all of them."""
    return await tx.rows(_STALE, **reader(actor), now=now())
