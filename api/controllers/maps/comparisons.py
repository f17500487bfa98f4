"""Journeys side by side, over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from api.auth.actor import By, Db
from api.schemas.maps.comparisons import (
    DifferencesChosen,
    DraftedOpportunities,
    JourneyComparison,
    comparison,
    drafted,
)
from domain.queries.maps.comparisons import compared, sides
from domain.roles import May
from domain.services.maps.comparisons import draft_opportunities

# `with` is a word of Python's own.
Other = Annotated[
    UUID | None,
    QueryParameter(
        name="with",
        description="Another journey. Without it: its newest future, or what it is the future of.",
    ),
]


class ComparisonController(Controller):
    """What is, and what is to be."""

    tags = ["Maps"]

    @get(
        "/journeys/{journey_id:uuid}/comparison",
        may=May.READ_JOURNEY,
        opt={"problems": (422,)},
        renamed={"other": "with"},
    )
    async def compare_journeys(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], other: Other = None
    ) -> JourneyComparison:
        """Tell what differs between a journey and its future, or any other that you can see.

        Of stages, lanes, touchpoints, cells, emotions and what the journeys say of themselves: what
        was added, removed, changed field by field, and moved. The current journey comes first where
        one is the future of the other.
        """
        chosen = await sides(tx, actor, journey_id, other)
        return comparison(await compared(tx, actor, chosen))

    @post(
        "/journeys/{journey_id:uuid}/comparison/opportunities",
        may=May.CREATE_OPPORTUNITY,
        status_code=200,
        renamed={"other": "with"},
    )
    async def draft_opportunities(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        data: JSONBody[DifferencesChosen],
        other: Other = None,
    ) -> DraftedOpportunities:
        """Make a draft opportunity of the current journey from every difference, or from some.

        Each says what is and what is to be, and is yours to complete: others than
        the journey's owner and editors see it once it is opened. What was drafted before is
        not drafted again, whatever has become of it: its opportunity is told. At most 200 at once.
        """
        wanted = None if data.differences is UNSET else data.differences
        return drafted(await draft_opportunities(tx, actor, journey_id, other, wanted))
