"""Rights on journeys over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, nothing
from api.schemas.base import present, without
from api.schemas.maps.grants import Grant, GrantNew, GrantPage, grant_page
from api.schemas.pages import Paging
from domain.queries.maps import grants as queries
from domain.roles import May
from domain.services.maps import grants


class GrantController(Controller):
    """Who may edit, moderate or see a journey, beside its owner."""

    tags = ["Maps"]

    @get("/journeys/{journey_id:uuid}/grants", may=May.READ_JOURNEY)
    async def list_grants(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], page: Paging
    ) -> GrantPage:
        """List who has a role on a journey, oldest grant first."""
        return grant_page(await queries.list_grants(tx, actor, journey_id, page))

    @post("/journeys/{journey_id:uuid}/grants", may=May.GRANT_ACCESS, problems=(409,))
    async def grant_access(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[GrantNew]
    ) -> Response[Grant]:
        """Give a member, a department with all below it, or a group a role on a journey.

        Every role lets them see it, be it restricted or a draft.
        """
        grantee = without(data, "role")
        given = await grants.grant(tx, actor, journey_id, data.role, grantee)
        return created(present(Grant, given), f"/v1/journeys/{journey_id}/grants")

    @delete("/grants/{grant_id:uuid}", may=May.GRANT_ACCESS)
    async def revoke_access(
        self, tx: Db, actor: By, grant_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take a role on a journey back."""
        await grants.revoke(tx, actor, grant_id, expected)
        return nothing()
