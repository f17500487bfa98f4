"""Editions over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found
from api.schemas.base import present
from api.schemas.life.differences import EditionDiff, edition_diff, edition_named
from api.schemas.life.editions import (
    Edition,
    EditionNew,
    EditionPage,
    EditionRestoration,
    edition_page,
    restoration,
)
from api.schemas.pages import Paging
from domain.queries.life import editions as queries
from domain.queries.life.states import state_at, things
from domain.results import EditionKind
from domain.roles import May
from domain.rules.differences import differences
from domain.services.life import editions, restoring

Sides = NamedDependency[SkipValidation[tuple[UUID | int | None, UUID | int | None]]]


async def provide_sides(
    # `from` is a word of Python's own.
    since: Annotated[
        str,
        QueryParameter(
            name="from",
            min_length=1,
            max_length=36,
            description="An edition by its id or number, or `now`.",
        ),
    ],
    until: Annotated[
        str,
        QueryParameter(
            name="to",
            min_length=1,
            max_length=36,
            description="What it is compared with; the present when nothing is named.",
        ),
    ] = queries.NOW,
) -> tuple[UUID | int | None, UUID | int | None]:
    """What is compared with what; None is the present."""
    return edition_named(since, "from"), edition_named(until, "to")


class EditionController(Controller):
    """Editions: a journey's states under a name, what differs between them, and the way back."""

    tags = ["Editions"]

    @post("/journeys/{journey_id:uuid}/editions", may=May.PUBLISH_EDITION)
    async def publish_edition(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[EditionNew]
    ) -> Response[Edition]:
        """Keep the map as it is now under a name and a number.

        It copies nothing: the ledger keeps every state, an edition says which one is meant.
        """
        made = await editions.publish(tx, actor, journey_id, data.name, data.note)
        return created(present(Edition, made), f"/v1/editions/{made.id}")

    @get("/journeys/{journey_id:uuid}/editions", may=May.READ_JOURNEY)
    async def list_editions(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        page: Paging,
        kind: Annotated[
            EditionKind | None, QueryParameter(description="Only those of this kind.")
        ] = None,
    ) -> EditionPage:
        """List the editions of a journey, newest first."""
        return edition_page(await queries.list_editions(tx, actor, journey_id, kind, page))

    @get("/editions/{edition_id:uuid}", may=May.READ_JOURNEY)
    async def get_edition(self, tx: Db, actor: By, edition_id: FromPath[UUID]) -> Response[Edition]:
        """One edition; its map is `getJourneyMap` with its `revision`."""
        return found(present(Edition, await queries.edition(tx, actor, edition_id)))

    @get(
        "/journeys/{journey_id:uuid}/edition-diff",
        may=May.READ_JOURNEY,
        opt={"problems": (422,)},
        dependencies={"sides": Provide(provide_sides)},
        renamed={"since": "from", "until": "to"},
    )
    async def diff_editions(
        self,
        tx: Db,
        actor: By,
        journey_id: FromPath[UUID],
        sides: Sides,
    ) -> EditionDiff:
        """Tell what differs between two editions, or an edition and the present.

        What was added, removed, changed field by field, and moved; nothing of what members said.
        """
        since, until = sides
        was = await queries.side(tx, actor, journey_id, since, "from")
        now = await queries.side(tx, actor, journey_id, until, "to")
        before = things(await state_at(tx, actor, journey_id, was.revision))
        after = things(await state_at(tx, actor, journey_id, now.revision))
        return edition_diff(was, now, differences(before, after))

    @post(
        "/editions/{edition_id:uuid}/restore",
        may=May.PUBLISH_EDITION,
        status_code=200,
        opt={"problems": (409,)},
    )
    async def restore_edition(
        self, tx: Db, actor: By, edition_id: FromPath[UUID], expected: Expected
    ) -> Response[EditionRestoration]:
        """Set the map back to what an edition shows, after keeping the present as a safety edition.

        Structure, order and content are set back, removals included. What members said, rated and
        answer for stays as it is, with who may do what, the status, and which touchpoints are
        moments; sign-offs go stale or hold again with the content. The journey must be open.
        """
        done = await restoring.restore(tx, actor, edition_id, expected)
        return Response(restoration(done))
