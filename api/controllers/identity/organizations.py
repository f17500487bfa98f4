"""The organization over HTTP."""

from litestar import Controller, Response, get, patch
from litestar.params import JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found, shown
from api.schemas.identity.organizations import (
    Organization,
    OrganizationPatch,
    organization,
    settings,
)
from domain.queries.identity import organizations as queries
from domain.roles import May
from domain.services.identity import organizations


class OrganizationController(Controller):
    """The organization you are signed in to."""

    tags = ["Identity"]

    @get("/organization", may=May.READ_ORGANIZATION)
    async def get_organization(self, tx: Db, actor: By) -> Response[Organization]:
        """The organization and its settings."""
        return shown(organization(await queries.organization(tx, actor)))

    @patch("/organization", may=May.MANAGE_ORGANIZATION)
    async def update_organization(
        self, tx: Db, actor: By, data: JSONBody[OrganizationPatch], expected: Expected
    ) -> Response[Organization]:
        """Change the organization's name, description, calendar or chain of command.

        A new calendar or chain counts for what is due from now on; what waits keeps its date.
        """
        changed = await organizations.update(tx, actor, settings(data), expected)
        return found(organization(changed))
