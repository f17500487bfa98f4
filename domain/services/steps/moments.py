"""Moments: finding one that is not retired, and changing what is said about it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict, NotFound
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.moments.moments import Moment
from domain.policy import require
from domain.queries.accountability.answering import is_accountable, not_own
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.subjects import subject
from domain.words import MomentStatus


async def living(tx: Transaction, actor: Actor, moment_id: UUID, may: May) -> tuple[Locked, Moment]:
    """Hold a moment that is on the map and not retired, and see that the actor may."""
    head, place, moment = await subject(tx, actor, Moment, moment_id)
    if place.subject_removed:
        raise NotFound
    conditions = not_own(await is_accountable(tx, actor, moment_id))
    require(actor, may, place.standing(actor, conditions=conditions))
    if moment.status == MomentStatus.RETIRED:
        raise Conflict(
            "This moment is retired: nominate its touchpoint again.", code="moment_retired"
        )
    return head, moment


def restate(moment: Moment, changes: Mapping[str, Any]) -> list[Fact]:
    """Change what is said about a moment; what to tell the ledger, nothing if nothing differs."""
    return [Fact(Verb.MOMENT_UPDATED, moment)] if change(moment, changes) else []
