"""Exports over HTTP."""

import asyncio
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter, SkipValidation
from litestar.response import Stream

from api.auth.actor import By, Db
from api.controllers.exchange.formats import FORMATS, MEDIA_TYPES, Asked
from api.schemas.exchange.schema import schema
from domain.results import ExportFormat, ExportTable
from domain.roles import May

SCHEMA_TYPE = "application/schema+json"


class SchemaController(Controller):
    """What a document must look like."""

    tags = ["Exchange"]

    @get(
        "/schemas/journeymap-1.json",
        public=True,
        sends=(SCHEMA_TYPE,),
    )
    async def get_journeymap_schema(self) -> Response[Any]:
        """Get the JSON Schema of journeymap/1, the document of exportJourney and importJourney."""
        return Response(schema(), media_type=SCHEMA_TYPE)


class Sheet(NamedTuple):
    """How a table is wanted."""

    table: ExportTable
    bom: bool


async def provide_sheet(
    actor: By,  # noqa: ARG001  after the actor: Litestar runs what could go side by side in tasks
    table: Annotated[
        ExportTable, QueryParameter(description="Which table, as CSV; XLSX has all of them.")
    ] = ExportTable.TOUCHPOINTS,
    bom: Annotated[
        bool, QueryParameter(description="Begin CSV with a byte order mark, as Excel wants it.")
    ] = False,
) -> Sheet:
    """Which table, and how it begins."""
    return Sheet(table, bom)


class ExportController(Controller):
    """Journeys to take along."""

    tags = ["Exchange"]
    dependencies = {"sheet": Provide(provide_sheet)}

    @get("/journeys/{journey_id:uuid}/export", may=May.READ_JOURNEY, sends=MEDIA_TYPES)
    async def export_journey(
        self,
        tx: Db,
        actor: By,
        request: Request[Any, Any, State],
        sheet: NamedDependency[SkipValidation[Sheet]],
        journey_id: FromPath[UUID],
        format: Annotated[
            ExportFormat, QueryParameter(description="As what to take it along.")
        ] = ExportFormat.JSON,
    ) -> Stream:
        """Take a journey along: everything of it that you may see, and no more.

        `json` is the open interchange format journeymap/1: the whole map, what was said on it with
        the names of who said it as labels, findings, opportunities, actions, outcomes and metrics.
        importJourney reads it back, here or elsewhere. Its JSON Schema is at
        /v1/schemas/journeymap-1.json. Files are not in it. Who spoke for their group stays unnamed.
        `svg` and `pdf` are the map as a picture, as getPicture draws it: what everybody sees.
        `csv` is one table in UTF-8, `xlsx` has all of them. Whatever somebody wrote stays text: in
        CSV an apostrophe stands before what a spreadsheet could take for a formula.
        """
        chosen = FORMATS[format]
        make = await chosen.read(tx, actor, Asked(journey_id, request.app.state.printer, *sheet))
        await tx.pause()  # making the file needs no connection
        name = f"journey-{journey_id}.{chosen.ending}"
        return Stream(
            await begun(make()),
            media_type=chosen.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


async def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, the first of them made: what fails by then is still told."""
    first = await asyncio.to_thread(next, pieces, b"")
    return chain((first,), pieces)
