"""Ratings over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import found
from api.schemas.base import changes, present
from api.schemas.voices.ratings import Rating, RatingPut, TouchpointRatings, touchpoint_ratings
from domain.queries.voices import ratings as queries
from domain.roles import May
from domain.services.voices import ratings


class RatingController(Controller):
    """What members think of touchpoints, in numbers."""

    tags = ["Voices"]
    path = "/touchpoints/{touchpoint_id:uuid}/ratings"

    @put("/me", may=May.RATE)
    async def rate_touchpoint(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID], data: JSONBody[RatingPut]
    ) -> Response[Rating]:
        """Rate a touchpoint, or abstain with a reason. The same again changes nothing.

        The ledger does not say who of the frontline and support staff rated. It does say so of
        decision-makers and executives.
        """
        rating = await ratings.rate(tx, actor, touchpoint_id, changes(data))
        return found(present(Rating, rating))

    @get(may=May.READ_JOURNEY)
    async def list_ratings(
        self, tx: Db, actor: By, touchpoint_id: FromPath[UUID]
    ) -> TouchpointRatings:
        """What the groups think of a touchpoint, your own rating, and those given by name.

        Fewer than three raters of frontline or support staff are too few to show: only how many
        they are is told, and no mean, score or gap contains them. Past maps stay readable, so
        comparing two of them can still reveal one rating: from a group's mean and n before and
        after it follows what was added, though not by whom. Whoever knows when a colleague rated
        can tell what they said. A group whose mean is exactly 1 or 5 tells what each of its members
        gave.
        """
        summed, rows = await queries.ratings(tx, actor, touchpoint_id)
        return touchpoint_ratings(touchpoint_id, summed, rows, actor)
