"""CSV imports over HTTP."""

import asyncio
from dataclasses import replace
from uuid import UUID

from litestar import Controller, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.schemas.exchange.csv_imports import CsvImport
from api.schemas.exchange.csv_reading import DIMENSION, dimensions, read_csv
from api.schemas.maps.import_reading import result
from api.schemas.maps.import_results import ImportResult
from domain.results import CsvTable
from domain.roles import May
from domain.services.maps import imports

BODY_LIMIT = 5 * 1_048_576


class CsvImportController(Controller):
    """Journeys from tables."""

    tags = ["Exchange"]

    @post(
        "/journeys/{journey_id:uuid}/csv-imports",
        may=May.EDIT_JOURNEY,
        status_code=200,
        request_max_body_size=BODY_LIMIT,
    )
    async def import_csv(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[CsvImport]
    ) -> ImportResult:
        """Bring touchpoints or data points in, row by row: all of them or none.

        What is wrong with a row is told with its number (the header is row 1) and its column, for
        all rows at once (at most 100), and nothing is written then. With `dry_run` nothing is
        written anyway. Only those who may record a metric's data points bring them in.
        """
        await imports.require_rows(tx, actor, journey_id)
        read = await asyncio.to_thread(read_csv, data)
        if data.table is CsvTable.TOUCHPOINTS:
            document = await imports.touchpoint_rows(tx, actor, journey_id, read.rows)
        else:
            for said in read.rows.values():
                said["dimensions"] = dict(dimensions(said))
                for name in [one for one in said if one.startswith(DIMENSION)]:
                    del said[name]
            document = await imports.point_rows(tx, actor, journey_id, read.rows)
        whole = replace(document, faults=[*read.faults, *document.faults])
        return result(await imports.import_journey(tx, actor, whole, data.dry_run))
