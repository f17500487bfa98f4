"""The opportunity matrix over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath, QueryParameter

from api.auth.actor import By, Db
from api.schemas.outcomes.matrix import OpportunityMatrix, matrix
from domain.queries.outcomes.matrices import opportunities_of
from domain.results import OpportunityStatus, ScoringModel
from domain.roles import May


class MatrixController(Controller):
    """What is worth doing first."""

    tags = ["Outcomes"]

    @get("/journeys/{journey_id:uuid}/opportunity-matrix", may=May.READ_JOURNEY)
    async def get_opportunity_matrix(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        model: Annotated[
            ScoringModel, QueryParameter(description="By which score they are ranked.")
        ] = ScoringModel.VALUE_FOR_EFFORT,
        include: Annotated[
            list[Literal["merged", "declined"]] | None,
            QueryParameter(description="What is left out otherwise."),
        ] = None,
    ) -> OpportunityMatrix:
        """Place the opportunities of a journey between value and effort, and rank them.

        Drafts are placed for their author, the journey's owner and its editors.
        """
        wanted = [OpportunityStatus(one) for one in include or ()]
        rows = await opportunities_of(tx, actor, journey_id, wanted)
        return matrix(journey_id, model, rows)
