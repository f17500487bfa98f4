"""Actions: set one up, change it, hand it over, move it on, take it away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict, Invalid
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.models.outcomes.actions import Action
from domain.models.outcomes.opportunities import Opportunity
from domain.policy import require
from domain.queries.maps.places import Place, place_of
from domain.results import ActionStatus, OpportunityStatus
from domain.roles import May, Relation
from domain.rules.actions import EXPLAINED, MOVES, check_done
from domain.rules.moving import check_move, check_note
from domain.services.steps.actions import action_to, awaited, check_owner, wind
from domain.services.steps.changing import change
from domain.services.steps.naming import named
from domain.services.steps.opportunities import named_opportunity
from domain.services.steps.places import current, enter
from domain.services.steps.references import check_references
from domain.services.steps.sourcing import link_sources

_CLOSED = (OpportunityStatus.DRAFT, OpportunityStatus.DECLINED, OpportunityStatus.MERGED)


async def create(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    fields: Mapping[str, Any],
    sources: Mapping[UUID, str],
) -> Action:
    """Set up work for somebody, oneself unless named, and say what it follows from."""
    head, place = await enter(tx, actor, journey_id)
    told = await _placed(tx, actor, journey_id, fields)
    owner_id = told.get("owner_id") or actor.member_id
    oneself = (Relation.ONESELF,) if owner_id == actor.member_id else ()
    there = await _standing_at(tx, actor, place, told["touchpoint_id"])
    require(actor, May.CREATE_ACTION, there.standing(actor, *oneself))
    await check_owner(tx, actor, owner_id, journey_id)
    await check_references(tx, actor, told)
    made = Action(
        organization_id=actor.organization_id,
        journey_id=journey_id,
        created_by=actor.member_id,
        **{**told, "owner_id": owner_id},
    )
    await tx.add(made)
    head = await ledger.record(tx, actor, head, Fact(Verb.ACTION_CREATED, made))
    await link_sources(tx, actor, head, journey_id, made.id, sources)
    await wind(tx, made, None)
    return made


async def _placed(
    tx: Transaction, actor: Actor, journey_id: UUID, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields, with the touchpoint of what else they name where none is named itself."""
    opportunity = await _open_opportunity(tx, actor, journey_id, fields.get("opportunity_id"))
    moment = await named(tx, actor, Moment, fields.get("moment_id"), journey_id)
    touchpoint = await named(tx, actor, Touchpoint, fields.get("touchpoint_id"), journey_id)
    found = touchpoint.id if touchpoint else _touchpoint_of(moment, opportunity)
    return {**fields, "touchpoint_id": found}


def _touchpoint_of(moment: Moment | None, opportunity: Opportunity | None) -> UUID | None:
    """Where the work is, by what it is for; a moment says it more exactly."""
    at = (one.touchpoint_id for one in (moment, opportunity) if one is not None)
    return next((one for one in at if one), None)


async def _open_opportunity(
    tx: Transaction, actor: Actor, journey_id: UUID, opportunity_id: UUID | None
) -> Opportunity | None:
    found = await named_opportunity(tx, actor, opportunity_id, journey_id)
    if found is not None and found.status in _CLOSED:
        word = found.status.replace("_", " ")
        detail = f"This opportunity is {word}: open it first, or name another one."
        raise Conflict(detail, code="opportunity_closed")
    return found


async def _standing_at(
    tx: Transaction, actor: Actor, place: Place, touchpoint_id: UUID | None
) -> Place:
    """The journey, with what the moment of the touchpoint ties the actor with."""
    return await place_of(tx, actor, touchpoint_id) if touchpoint_id else place


async def update(
    tx: Transaction, actor: Actor, action_id: UUID, changes: Mapping[str, Any], expected: int
) -> None:
    """Change what is to be done, by when, or by whom; what it is for takes it along on the map."""
    head, found, _ = await action_to(tx, actor, action_id, May.UPDATE_ACTION)
    current(found.version, expected)
    new = {name: value for name, value in changes.items() if getattr(found, name) != value}
    followed = await _check_named(tx, actor, found, new)
    if followed is not None and "touchpoint_id" not in changes:
        new["touchpoint_id"] = followed
    was = awaited(found)
    if not change(found, new):
        return
    verb = Verb.ACTION_HANDED_OVER if "owner_id" in new else Verb.ACTION_UPDATED
    await ledger.record(tx, actor, head, Fact(verb, found))
    await wind(tx, found, was)


async def _check_named(
    tx: Transaction, actor: Actor, found: Action, new: Mapping[str, Any]
) -> UUID | None:
    """See that what is named anew is there; the touchpoint that it is at, if it is at one.

    A moment that stays keeps the action where it is.
    """
    opportunity = await _open_opportunity(tx, actor, found.journey_id, new.get("opportunity_id"))
    moment = await named(tx, actor, Moment, new.get("moment_id"), found.journey_id)
    await named(tx, actor, Touchpoint, new.get("touchpoint_id"), found.journey_id)
    await check_references(tx, actor, new)
    if "owner_id" in new:
        await check_owner(tx, actor, new["owner_id"], found.journey_id)
    stays = found.moment_id is not None and "moment_id" not in new
    return None if stays else _touchpoint_of(moment, opportunity)


async def move(
    tx: Transaction, actor: Actor, action_id: UUID, to: ActionStatus, note: str, expected: int
) -> None:
    """Say how far it is. Done takes a verified outcome, or a waiver by name."""
    head, found, outcome = await action_to(tx, actor, action_id, May.UPDATE_ACTION)
    current(found.version, expected)
    check_move(MOVES, "An action", ActionStatus(found.status), to)
    fault = check_note(EXPLAINED, to, note)
    if fault is not None:
        raise Invalid(fault.detail, code=fault.code, errors=[fault])
    if to is ActionStatus.DONE:
        check_done(outcome.status if outcome else None, waived=found.waived_by is not None)
    was = awaited(found)
    change(found, {**_moved(found, to), "status_note": note, "moved_by": actor.member_id})
    await ledger.record(tx, actor, head, Fact(Verb.ACTION_MOVED, found))
    await wind(tx, found, was)


def _moved(found: Action, to: ActionStatus) -> dict[str, Any]:
    """The status, and when it was delivered and done, as long as it is."""
    delivered = found.delivered_at if to is ActionStatus.DONE else None
    if to is ActionStatus.DELIVERED:
        delivered = found.delivered_at or now()
    done = now() if to is ActionStatus.DONE else None
    return {"status": to.value, "delivered_at": delivered, "done_at": done}


async def remove(tx: Transaction, actor: Actor, action_id: UUID, expected: int) -> None:
    """Take an action away, with its outcome."""
    head, found, _ = await action_to(tx, actor, action_id, May.UPDATE_ACTION)
    current(found.version, expected)
    was = awaited(found)
    change(found, {"removed_at": now()})
    await ledger.record(tx, actor, head, Fact(Verb.ACTION_REMOVED, found))
    await wind(tx, found, was)


async def restore(tx: Transaction, actor: Actor, action_id: UUID) -> None:
    """Bring a removed action back; NotFound when it is not among the removed."""
    head, found, _ = await action_to(tx, actor, action_id, May.UPDATE_ACTION, removed=True)
    change(found, {"removed_at": None})
    await ledger.record(tx, actor, head, Fact(Verb.ACTION_RESTORED, found))
    await wind(tx, found, None)
