"""What setting rules and signing off begin with: something that can be signed off, held."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict
from domain.ledger import Locked
from domain.models.moments.moments import Moment
from domain.queries.accountability.sign_off_rules import signable
from domain.queries.maps.places import Place
from domain.services.steps.places import enter_of
from domain.words import MomentStatus, SubjectKind


async def hold_signable(tx: Transaction, actor: Actor, subject_id: UUID) -> tuple[Locked, Place]:
    """Hold the journey of a journey or moment; NotFound when it is neither, or not to be seen."""
    head, place = await enter_of(tx, actor, subject_id)
    signable(place)
    return head, place


async def refuse_retired(tx: Transaction, actor: Actor, place: Place, subject_id: UUID) -> None:
    """Conflict when it is a moment that was retired: nobody is asked about it any more."""
    if place.subject_kind != SubjectKind.MOMENT:
        return
    moment = await tx.entity(Moment, (actor.organization_id, subject_id))
    if moment is not None and moment.status == MomentStatus.RETIRED:
        detail = "This moment is retired: nominate its touchpoint again."
        raise Conflict(detail, code="moment_retired")
