"""Outcomes of actions over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found, shown
from api.schemas.outcomes.actions import Action, Waiver, action
from api.schemas.outcomes.outcomes import Outcome, OutcomeNew, Verification, figures, outcome
from domain.queries.outcomes import actions as queries
from domain.results import OutcomeStatus
from domain.roles import May
from domain.services.outcomes import outcomes


class OutcomeController(Controller):
    """Outcomes: what moved after an action, verified by somebody else."""

    tags = ["Outcomes"]

    @put("/actions/{action_id:uuid}/outcome", may=May.UPDATE_ACTION)
    async def record_outcome(
        self,
        tx: Db,
        actor: By,
        action_id: FromPath[UUID],
        data: JSONBody[OutcomeNew],
        expected: Expected,
    ) -> Response[Outcome]:
        """Record what moved after an action that was begun.

        The version before the first is 0. Recording it anew takes back what somebody verified or
        disputed. What is measured after begins after the last day of before; which days of it count
        as after the action is for whoever verifies it to judge.
        """
        await outcomes.record(tx, actor, action_id, figures(data), expected)
        return found(outcome(await queries.outcome(tx, actor, action_id)))

    @get("/actions/{action_id:uuid}/outcome", may=May.READ_JOURNEY)
    async def get_outcome(self, tx: Db, actor: By, action_id: FromPath[UUID]) -> Response[Outcome]:
        """What moved after an action; 404 while nobody has recorded it."""
        return shown(outcome(await queries.outcome(tx, actor, action_id)))

    @post("/actions/{action_id:uuid}/outcome/verify", may=May.VERIFY_OUTCOME, status_code=200)
    async def verify_outcome(
        self,
        tx: Db,
        actor: By,
        action_id: FromPath[UUID],
        data: JSONBody[Verification],
        expected: Expected,
    ) -> Response[Outcome]:
        """Say whether the figures of an outcome hold: neither its recorder nor the action's owner.

        If-Match is the version of the outcome. Everybody who spoke, supported or voted for what the
        action follows from hears of a verified outcome.
        """
        decision = OutcomeStatus(data.decision.value)
        await outcomes.judge(tx, actor, action_id, decision, data.note, expected)
        return found(outcome(await queries.outcome(tx, actor, action_id)))

    @post("/actions/{action_id:uuid}/waiver", may=May.WAIVE_OUTCOME, status_code=200)
    async def waive_outcome(
        self,
        tx: Db,
        actor: By,
        action_id: FromPath[UUID],
        data: JSONBody[Waiver],
        expected: Expected,
    ) -> Response[Action]:
        """Let an action be done without showing what moved, by name and with a reason.

        If-Match is the version of the action.
        """
        await outcomes.waive(tx, actor, action_id, data.reason, expected)
        return found(action(await queries.action(tx, actor, action_id), actor))
