"""Journeys that open into one another, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found, nothing
from api.schemas.base import present
from api.schemas.maps.touchpoints import Touchpoint
from api.schemas.maps.trees import ChildJourney, JourneyTree, journey_tree
from domain.queries.maps import trees
from domain.roles import May
from domain.services.maps import nesting


class NestingController(Controller):
    """A touchpoint may be a whole journey of its own."""

    tags = ["Maps"]

    @put(
        "/touchpoints/{touchpoint_id:uuid}/child-journey",
        may=May.EDIT_JOURNEY,
        status_code=200,
        problems=(409,),
    )
    async def open_into_journey(
        self,
        tx: Db,
        actor: By,
        touchpoint_id: FromPath[UUID],
        data: JSONBody[ChildJourney],
        expected: Expected,
    ) -> Response[Touchpoint]:
        """Let a touchpoint open into another journey that you can see.

        One journey may hang on many touchpoints. No journey may lead back to itself, and at most
        five may stand one below the other.
        """
        opened = await nesting.open_into(tx, actor, touchpoint_id, data.journey_id, expected)
        return found(present(Touchpoint, opened))

    @delete("/touchpoints/{touchpoint_id:uuid}/child-journey", may=May.EDIT_JOURNEY)
    async def close_child_journey(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Let a touchpoint open into no journey any more. Neither of the two is removed."""
        await nesting.close(tx, actor, touchpoint_id, expected)
        return nothing()

    @get("/journeys/{journey_id:uuid}/tree", may=May.READ_JOURNEY)
    async def get_journey_tree(self, tx: Db, actor: By, journey_id: FromPath[UUID]) -> JourneyTree:
        """The journeys that lead to one, up to the roots, and those it opens into, to the leaves.

        Each with its counts and its worst moment.
        """
        return journey_tree(journey_id, await trees.tree(tx, actor, journey_id))
