"""Every opportunity of a journey, to be placed between value and effort."""

from collections.abc import Collection, Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.maps.places import place
from domain.queries.outcomes.ballots import by_group
from domain.queries.outcomes.opportunities import visible_opportunities
from domain.queries.readers import reader
from domain.results import OpportunityStatus
from domain.rules.opportunities import Estimate

LEFT_OUT = (OpportunityStatus.MERGED, OpportunityStatus.DECLINED)


@cache
def _all() -> Hot:
    return hot(
        visible_opportunities()
        .where(
            Opportunity.journey_id == bindparam("journey_id", type_=Uuid()),
            Opportunity.status == bindparam("statuses", type_=ARRAY(Text())).any_(),
        )
        .order_by(Opportunity.id)
    )


async def opportunities_of(
    tx: Transaction, actor: Actor, journey_id: UUID, include: Collection[OpportunityStatus]
) -> Sequence[Row]:
    """What is to be placed, with what was merged or declined only if it is to be included."""
    wanted = [one.value for one in OpportunityStatus if one not in LEFT_OUT or one in include]
    rows = await tx.rows(_all(), **reader(actor), journey_id=journey_id, statuses=wanted)
    if not rows:
        await place(tx, actor, journey_id)
    return rows


def estimate(row: Row) -> Estimate:
    """What an opportunity is put in order by."""
    votes = {group.value: n for group, n in by_group(row).items()}
    figures = (row["customer_value"], row["business_value"], row["effort"])
    return Estimate(row["id"], *figures, votes=votes)
