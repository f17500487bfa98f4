"""Outcomes: record what moved after an action, have it judged by somebody else, waive it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict, Invalid, NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.outcomes.actions import Action, Outcome
from domain.queries.metrics.metrics import found
from domain.results import ActionStatus, OutcomeStatus
from domain.roles import May
from domain.rules.actions import MEASURED
from domain.rules.outcomes import check_periods
from domain.services.steps.actions import action_to
from domain.services.steps.changing import change
from domain.services.steps.measuring import check_place
from domain.services.steps.places import current
from domain.services.steps.refusing import impossible
from domain.services.steps.today import today


async def record(
    tx: Transaction, actor: Actor, action_id: UUID, fields: Mapping[str, Any], expected: int
) -> None:
    """Say what moved after an action; what somebody verified or disputed before is void then."""
    head, action, outcome = await action_to(tx, actor, action_id, May.UPDATE_ACTION)
    current(outcome.version if outcome else 0, expected)
    _check_begun(action)
    _check_days(fields, await today(tx, actor))
    await _check_metric(tx, actor, action.journey_id, fields.get("metric_id"), outcome)
    if outcome is None:
        outcome = Outcome(
            organization_id=actor.organization_id,
            journey_id=action.journey_id,
            touchpoint_id=action.touchpoint_id,
            action_id=action.id,
            recorded_by=actor.member_id,
            owner_id=action.owner_id,
            **fields,
        )
        await tx.add(outcome)
    else:
        unjudged = {"judged_by": None, "judged_at": None, "judgment_note": ""}
        whose = {"recorded_by": actor.member_id, "owner_id": action.owner_id}
        again = {"status": OutcomeStatus.RECORDED.value, **whose}
        if not change(outcome, {**fields, **again, **unjudged}):
            return
    await ledger.record(tx, actor, head, Fact(Verb.OUTCOME_RECORDED, outcome))


def _check_begun(action: Action) -> None:
    if action.status in MEASURED:
        return
    if action.status == ActionStatus.DONE:
        detail = "This action is done with the outcome it has: move it back to delivered first."
        raise Conflict(detail, code="action_done")
    detail = "Nothing can have moved after what was not begun: move the action to in_progress."
    raise Conflict(detail, code="action_not_begun")


def _check_days(fields: Mapping[str, Any], day: date) -> None:
    names = ("baseline_from", "baseline_to", "actual_from", "actual_to")
    faults = check_periods(day, *(fields[name] for name in names))
    if faults:
        raise Invalid(faults[0].detail, code=faults[0].code, errors=faults)


async def _check_metric(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    metric_id: UUID | None,
    outcome: Outcome | None,
) -> None:
    if metric_id is None or (outcome is not None and outcome.metric_id == metric_id):
        return
    try:
        metric = await found(tx, actor, metric_id)
    except NotFound:
        raise impossible("There is no such metric.", "unknown_metric", "metric_id") from None
    check_place(metric["journey_id"], journey_id, "metric_id")


async def judge(
    tx: Transaction,
    actor: Actor,
    action_id: UUID,
    decision: OutcomeStatus,
    note: str,
    expected: int,
) -> None:
    """Verify or dispute what somebody else recorded; once, until it is recorded anew."""
    head, _, outcome = await action_to(tx, actor, action_id, May.VERIFY_OUTCOME)
    if outcome is None:
        raise NotFound("Nobody has recorded an outcome of this action.")
    current(outcome.version, expected)
    if outcome.status != OutcomeStatus.RECORDED:
        detail = f"This outcome is {outcome.status} already: it can be recorded anew."
        raise Conflict(detail, code="outcome_judged")
    judged = {"judged_by": actor.member_id, "judged_at": now(), "judgment_note": note}
    change(outcome, {"status": decision.value, **judged})
    verified = decision is OutcomeStatus.VERIFIED
    verb = Verb.OUTCOME_VERIFIED if verified else Verb.OUTCOME_DISPUTED
    await ledger.record(tx, actor, head, Fact(verb, outcome))


async def waive(tx: Transaction, actor: Actor, action_id: UUID, reason: str, expected: int) -> None:
    """Answer by name for calling an action done without showing what moved."""
    head, action, outcome = await action_to(tx, actor, action_id, May.WAIVE_OUTCOME)
    current(action.version, expected)
    if action.waived_by is not None:
        raise Conflict("The outcome of this action was waived already.", code="outcome_waived")
    if outcome is not None and outcome.status == OutcomeStatus.VERIFIED:
        detail = "This outcome was verified: there is nothing to waive."
        raise Conflict(detail, code="outcome_judged")
    waived = {"waived_by": actor.member_id, "waived_at": now(), "waiver_reason": reason}
    change(action, waived)
    await ledger.record(tx, actor, head, Fact(Verb.OUTCOME_WAIVED, action))
