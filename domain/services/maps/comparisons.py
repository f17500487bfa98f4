"""Making work of what differs between a journey and its future."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.outcomes.opportunities import Opportunity
from domain.policy import require
from domain.queries.maps.comparisons import Comparison, compared, drafted, sides
from domain.results import OpportunityStatus
from domain.roles import May
from domain.rules.comparing import Told
from domain.rules.drafting import draft_id, statement, title
from domain.services.steps.places import enter

MOST: Final = 200
"""How many opportunities are drafted at once."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The opportunity of a difference; `new` unless it had been drafted before."""

    told: Told
    opportunity_id: UUID
    title: str
    new: bool


@dataclass(frozen=True, slots=True)
class Drafts:
    """The journey whose opportunities they are, and one for each difference."""

    journey_id: UUID
    drafts: Sequence[Draft]


async def draft_opportunities(
    tx: Transaction,
    actor: Actor,
    journey_id: UUID,
    other_id: UUID | None,
    wanted: Sequence[str] | None,
) -> Drafts:
    """A draft opportunity of the first journey for each difference, or for those wanted."""
    chosen = await sides(tx, actor, journey_id, other_id)
    head, place = await enter(tx, actor, chosen.was["id"])
    require(actor, May.CREATE_OPPORTUNITY, place.standing(actor))
    comparison = await compared(tx, actor, chosen)
    ids = {one.id: (_id(comparison, one), one) for one in _wanted(comparison, wanted)}
    known = await drafted(tx, actor, [id_ for id_, _ in ids.values()])
    made = [_draft(actor, comparison, *one) for one in ids.values() if one[0] not in known]
    await tx.add(*made)
    await ledger.record(tx, actor, head, *(Fact(Verb.OPPORTUNITY_CREATED, one) for one in made))
    drafts = [
        Draft(told, id_, known.get(id_) or title(told), id_ not in known)
        for id_, told in ids.values()
    ]
    return Drafts(chosen.was["id"], drafts)


def _wanted(comparison: Comparison, wanted: Sequence[str] | None) -> Sequence[Told]:
    if wanted is None:
        if len(comparison.found) > MOST:
            detail = f"There are more than {MOST} differences: name those that are to be drafted."
            fault = FieldError(detail, "too_many_differences", "#/differences")
            raise Invalid(detail, code="too_many_differences", errors=[fault])
        return comparison.found
    found = {one.id: one for one in comparison.found}
    detail = "There is no such difference: take its id from the comparison as it is now."
    errors = [
        FieldError(detail, "unknown_difference", f"#/differences/{place}")
        for place, name in enumerate(wanted)
        if name not in found
    ]
    if errors:
        raise Invalid(detail, code="unknown_difference", errors=errors)
    return [found[name] for name in wanted]


def _id(comparison: Comparison, told: Told) -> UUID:
    return draft_id(comparison.now["id"], comparison.was["id"], told)


def _draft(actor: Actor, comparison: Comparison, id_: UUID, told: Told) -> Opportunity:
    return Opportunity(
        organization_id=actor.organization_id,
        id=id_,
        journey_id=comparison.was["id"],
        touchpoint_id=told.touchpoint_id,
        title=title(told),
        statement=statement(told, comparison.was["title"], comparison.now["title"]),
        status=OpportunityStatus.DRAFT,
        author_id=actor.member_id,
        author_group=actor.group.value,
    )
