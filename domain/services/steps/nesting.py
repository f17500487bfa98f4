"""Opening a touchpoint into a journey: what must hold, however many do so at once."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.database import Transaction
from domain.errors import FieldError, Invalid, NotFound
from domain.queries.held import hold_actor
from domain.queries.maps.nesting import reach
from domain.queries.maps.places import place
from domain.rules.nesting import check_nesting


async def hold_nesting(tx: Transaction, actor: Actor) -> None:
    """Let nobody else open journeys into one another; to be held before any journey is.

    Two that close a circle between them change different journeys: only the organization's head
    stands before both.
    """
    await ledger.lock_organization(tx, actor)
    await hold_actor(tx, actor)


async def check_child(tx: Transaction, actor: Actor, parent_id: UUID, child_id: UUID) -> None:
    """Invalid where the actor sees no such journey, Conflict where it may not stand below."""
    try:
        await place(tx, actor, child_id)
    except NotFound:
        detail = "There is no journey of this id that you can see."
        fault = FieldError(detail, "unknown_journey", "#/journey_id")
        raise Invalid(detail, code="unknown_journey", errors=[fault]) from None
    found = await reach(tx, actor, parent_id, child_id)
    check_nesting(above=found["above"], below=found["below"], circular=found["circular"])
