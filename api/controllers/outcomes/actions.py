"""Actions over HTTP."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter, SkipValidation

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, nothing, shown
from api.schemas.base import changes, without
from api.schemas.outcomes.actions import (
    Action,
    ActionMove,
    ActionNew,
    ActionPage,
    ActionPatch,
    action,
    action_page,
)
from api.schemas.outcomes.opportunities import pointed
from api.schemas.pages import Paging
from domain.queries.outcomes import actions as queries
from domain.results import ActionKind, ActionStatus
from domain.roles import May
from domain.services.outcomes import actions

Filters = NamedDependency[SkipValidation[dict[str, Any]]]
Only = Annotated[UUID | None, QueryParameter()]


async def provide_filters(  # noqa: PLR0913  one parameter per filter
    journey: Only = None,
    touchpoint: Only = None,
    opportunity: Only = None,
    moment: Only = None,
    owner: Only = None,
    department: Only = None,
    status: Annotated[list[ActionStatus] | None, QueryParameter()] = None,
    kind: Annotated[list[ActionKind] | None, QueryParameter()] = None,
    due_before: Annotated[date | None, QueryParameter(description="Due before this day.")] = None,
    overdue: Annotated[
        bool | None, QueryParameter(description="Only what is overdue, or only the rest.")
    ] = None,
) -> dict[str, Any]:
    """What a list of actions is narrowed to."""
    at = {"journey": journey, "touchpoint": touchpoint, "opportunity": opportunity}
    by = {"moment": moment, "owner": owner, "department": department}
    state = {"status": status, "kind": kind, "due_before": due_before, "overdue": overdue}
    return at | by | state


class ActionController(Controller):
    """Actions: concrete work with an owner."""

    tags = ["Outcomes"]

    @post("/journeys/{journey_id:uuid}/actions", may=May.CREATE_ACTION)
    async def create_action(
        self, tx: Db, actor: By, journey_id: FromPath[UUID], data: JSONBody[ActionNew]
    ) -> Response[Action]:
        """Set up work for somebody who reads the journey, and say what it follows from.

        Whoever spoke, supported or voted for what it follows from hears of it.
        """
        fields, sources = without(data, "from_"), pointed(data.from_)
        made = await actions.create(tx, actor, journey_id, fields, sources)
        row = await queries.action(tx, actor, made.id)
        return created(action(row, actor), f"/v1/actions/{made.id}")

    @get("/actions", may=May.READ_JOURNEY, dependencies={"filters": Provide(provide_filters)})
    async def list_actions(self, tx: Db, actor: By, page: Paging, filters: Filters) -> ActionPage:
        """List actions across the journeys you see, newest first."""
        return action_page(await queries.list_actions(tx, actor, filters, page), actor)

    @get("/actions/{action_id:uuid}", may=May.READ_JOURNEY)
    async def get_action(self, tx: Db, actor: By, action_id: FromPath[UUID]) -> Response[Action]:
        """One action."""
        return shown(action(await queries.action(tx, actor, action_id), actor))

    @patch("/actions/{action_id:uuid}", may=May.UPDATE_ACTION)
    async def update_action(
        self,
        tx: Db,
        actor: By,
        action_id: FromPath[UUID],
        data: JSONBody[ActionPatch],
        expected: Expected,
    ) -> Response[Action]:
        """Change what is to be done or by when; naming another owner hands it over."""
        await actions.update(tx, actor, action_id, changes(data), expected)
        return found(action(await queries.action(tx, actor, action_id), actor))

    @delete("/actions/{action_id:uuid}", may=May.UPDATE_ACTION)
    async def remove_action(
        self, tx: Db, actor: By, action_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Take an action away with its outcome; `restoreAction` brings both back."""
        await actions.remove(tx, actor, action_id, expected)
        return nothing()

    @post("/actions/{action_id:uuid}/restore", may=May.UPDATE_ACTION, status_code=200)
    async def restore_action(
        self, tx: Db, actor: By, action_id: FromPath[UUID]
    ) -> Response[Action]:
        """Bring a removed action back."""
        await actions.restore(tx, actor, action_id)
        return found(action(await queries.action(tx, actor, action_id), actor))

    @post("/actions/{action_id:uuid}/transitions", may=May.UPDATE_ACTION, status_code=200)
    async def move_action(
        self,
        tx: Db,
        actor: By,
        action_id: FromPath[UUID],
        data: JSONBody[ActionMove],
        expected: Expected,
    ) -> Response[Action]:
        """Say how far an action is.

        planned > in_progress > delivered > done; blocked from in_progress and back; dropped from
        planned, in_progress and blocked, and back to planned; otherwise one step back. `done` takes
        a verified outcome or a waiver; without, it is 409 `outcome_missing`, saying what to do.
        """
        await actions.move(tx, actor, action_id, data.to, data.note, expected)
        return found(action(await queries.action(tx, actor, action_id), actor))
