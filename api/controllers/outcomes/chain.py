"""The chain of an action over HTTP."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.schemas.outcomes.chain import ActionChain, Found, chain, named_in
from domain.queries.outcomes import actions, chains
from domain.queries.outcomes.reach import reached
from domain.roles import May


class ChainController(Controller):
    """From what somebody said to what moved."""

    tags = ["Outcomes"]

    @get("/actions/{action_id:uuid}/chain", may=May.READ_JOURNEY)
    async def get_action_chain(self, tx: Db, actor: By, action_id: FromPath[UUID]) -> ActionChain:
        """Tell how an action came about: evidence and quotes, findings, opportunities, the action,
        what moved after it, and who verified or waived that.

        What you may not see is left out. Whoever spoke for their group stays unnamed.
        """
        action = await actions.action(tx, actor, action_id)
        nodes = {row["node"]: row["leads_to"] or () for row in await reached(tx, actor, action_id)}
        links = await chains.links(tx, actor, nodes)
        outcome = await actions.outcome_of(tx, actor, action_id)
        names = await chains.names(tx, actor, named_in(action, links, outcome))
        return chain(Found(action, links, nodes, outcome, names))
