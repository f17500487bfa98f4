"""Service members over HTTP."""

from litestar import Controller, Response, post
from litestar.params import JSONBody

from api.auth.actor import By, Db
from api.replies import created
from api.schemas.base import changes
from api.schemas.identity.members import Member, member
from api.schemas.identity.service_members import ServiceMemberNew
from domain.roles import May
from domain.services.identity import service_members


class ServiceMemberController(Controller):
    """Programs that are members: they act by access tokens and are asked and counted nowhere."""

    tags = ["Identity"]

    @post("/service-members", may=May.MANAGE_MEMBERS)
    async def create_service_member(
        self, tx: Db, actor: By, data: JSONBody[ServiceMemberNew]
    ) -> Response[Member]:
        """Take a program in as a member. Then make it an access token with `createAccessToken`.

        It signs in nowhere and is written no letters. It is a member like any other otherwise:
        `updateMember` changes, suspends and reinstates it, `eraseMember` erases it. Nobody asks it,
        counts it where people are counted, or makes it answer for anything; it can be granted
        access to a journey, and own and record a metric.
        """
        row = await service_members.create(tx, actor, changes(data))
        return created(member(row, actor), f"/v1/members/{row['id']}")
