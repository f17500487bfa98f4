"""The atlas over HTTP."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from api.auth.actor import By, Db
from api.schemas.reports.atlas import Atlas
from api.schemas.reports.atlas_drawing import atlas
from domain.queries.reports.atlas import survey
from domain.roles import May
from domain.rules.atlas import Columns


class AtlasController(Controller):
    """What is mapped and what is not."""

    tags = ["Reports"]

    @get("/atlas", may=May.READ_JOURNEY)
    async def get_atlas(
        self,
        tx: Db,
        actor: By,
        by: Annotated[
            Columns, QueryParameter(description="What stands across the grid.")
        ] = Columns.DEPARTMENT,
        min_volume: Annotated[
            int,
            QueryParameter(
                ge=1,
                le=2_000_000_000,
                description="From how many contacts a month a touchpoint should open into more.",
            ),
        ] = 1000,
    ) -> Atlas:
        """Every journey you can see with how far it is mapped, and what nobody has mapped yet.

        Personas stand down the side of a grid, departments or focuses across; places without a
        journey are named, and so are personas without one, departments that answer for nothing,
        and busy touchpoints that open into no journey.
        """
        return atlas(await survey(tx, actor, min_volume), by, min_volume)
