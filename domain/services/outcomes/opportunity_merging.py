"""Making one opportunity part of another."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.facts import Verb
from domain.ledger import Fact, Locked
from domain.models.outcomes.opportunities import Opportunity
from domain.queries.outcomes.merging import actions_of, threads_about
from domain.queries.outcomes.opportunities import merged_into
from domain.results import OpportunityStatus
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.deriving import carry_over
from domain.services.steps.opportunities import check_right, named_opportunity, still_its_own
from domain.services.steps.places import current
from domain.services.steps.refusing import impossible
from domain.services.steps.subjects import entity, subject


async def merge(
    tx: Transaction, actor: Actor, opportunity_id: UUID, into_id: UUID, expected: int
) -> None:
    """Make an opportunity part of another, with votes, threads, their watchers, sources, actions.

    Votes stay where they were given and are counted there: each member once. What was merged into
    this one is part of the other as well, so that there is never a way around.
    """
    head, place, old = await subject(tx, actor, Opportunity, opportunity_id)
    check_right(actor, place, old, May.EDIT_OPPORTUNITY)
    still_its_own(old)
    current(old.version, expected)
    if into_id == old.id:
        detail = "An opportunity cannot be part of itself: name another one."
        raise impossible(detail, "same_opportunity", "into_id")
    new = await named_opportunity(tx, actor, into_id, old.journey_id, "into_id")
    assert new is not None, "an id was given"
    check_right(actor, place, new, May.EDIT_OPPORTUNITY)
    still_its_own(new)
    parts = [
        await entity(tx, actor, Opportunity, one) for one in await merged_into(tx, actor, old.id)
    ]
    merged = {"status": OpportunityStatus.MERGED.value, "merged_into_id": new.id}
    for one in (old, *parts):
        change(one, merged)
    told = (Fact(Verb.OPPORTUNITY_MERGED, one) for one in (old, *parts))
    head = await ledger.record(tx, actor, head, *told)
    head = await carry_over(tx, actor, head, old.id, new.id)
    await _bring_along(tx, actor, head, old, new)


async def _bring_along(
    tx: Transaction, actor: Actor, head: Locked, old: Opportunity, new: Opportunity
) -> None:
    """Actions and threads are about the other from now on; who watches a thread goes on to."""
    facts: list[Fact] = []
    for one in await actions_of(tx, actor, old.id):
        change(one, {"opportunity_id": new.id})
        facts.append(Fact(Verb.ACTION_UPDATED, one))
    for said in await threads_about(tx, actor, old.id):
        first = said.anchored_from_id or said.subject_id
        moved = {"subject_id": new.id, "touchpoint_id": new.touchpoint_id}
        change(said, {**moved, "anchored_from_id": None if first == new.id else first})
        facts.append(Fact(Verb.ANNOTATION_REANCHORED, said))
    await ledger.record(tx, actor, head, *facts)
