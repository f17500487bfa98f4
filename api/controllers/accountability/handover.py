"""Handover over HTTP."""

from uuid import UUID

from litestar import Controller, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.schemas.accountability.handover import Handover, HandoverNew, handover
from domain.roles import May
from domain.services.accountability.handover import hand_over


class HandoverController(Controller):
    """When somebody leaves: what they answered for goes on."""

    tags = ["Accountability"]

    @post(
        "/members/{member_id:uuid}/handover",
        may=May.ASSIGN_RESPONSIBILITY,
        status_code=200,
    )
    async def hand_over_responsibilities(
        self, tx: Db, actor: By, member_id: FromPath[UUID], data: JSONBody[HandoverNew]
    ) -> Handover:
        """Hand on every live responsibility of a member that you may assign, and their actions.

        Managers hand on responsibilities among those they manage; actions go on with executives and
        owners of journeys. Suspended and erased members are handed over from as well. What a
        department answers for stays with it: give it another head.
        """
        done = await hand_over(tx, actor, member_id, data.to_member_id, data.note)
        return handover(done, actor)
