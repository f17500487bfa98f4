"""The permission table over HTTP."""

from litestar import Controller, get

from api.auth.actor import By
from api.schemas.identity.policy import Policy, policy
from domain.roles import May


class PolicyController(Controller):
    """Who may do what."""

    tags = ["Identity"]

    @get("/policy", may=May.READ_ORGANIZATION)
    async def get_policy(self, actor: By) -> Policy:
        """The table of permissions that every operation asks, with the meaning of its words.

        The table is complete for the product; the reference says which operations exist in this
        release.
        """
        return policy(actor)
