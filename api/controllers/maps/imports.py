"""Imports over HTTP."""

from typing import Annotated, Any

from litestar import Controller, post
from litestar.params import JSONBody, QueryParameter

from api.auth.actor import By, Db
from api.schemas.maps.import_reading import document, result
from api.schemas.maps.import_results import ImportResult
from api.schemas.maps.imports import ImportDocument
from domain.roles import May
from domain.services.maps import imports

BODY_LIMIT = 4 * 1_048_576


class ImportController(Controller):
    """Whole journeys from documents."""

    tags = ["Maps"]

    @post(
        "/journeys/import",
        may=May.EDIT_JOURNEY,
        body=ImportDocument,
        problems=(409,),
        request_max_body_size=BODY_LIMIT,
        status_code=200,
    )
    async def import_journey(
        self,
        tx: Db,
        actor: By,
        data: JSONBody[Any],
        dry_run: Annotated[
            bool,
            QueryParameter(
                description="Check everything, tell what would come of it, write nothing."
            ),
        ] = False,
    ) -> ImportResult:
        """Make or update a journey from one document, all of it or nothing.

        The first import of a `journey.key` makes a draft that you own: whoever may create a journey
        may do it. A later one updates that journey: its owner and its editors may, while it is
        open. A key that a journey you cannot see has is taken (409). What the document says
        differently is changed, one entry each; importing it again changes nothing. A field that is
        absent keeps what is there, and what the document no longer names stays on the map. The
        order of stages, touchpoints and lanes becomes that of the document. Departments and
        channels must be the organization's own unless you administer it: then they are added.
        Moments arrive nominated unless you may confirm them. Everything said becomes yours, with
        `attributed_to` saying whose words they are.

        A document holds 2,000 objects at most. One with faults is refused with all of them (422,
        at most 100), each with a pointer.
        """
        outcome = await imports.import_journey(tx, actor, document(data), dry_run)
        return result(outcome)
