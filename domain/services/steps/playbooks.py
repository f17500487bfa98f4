"""Finding a playbook, and seeing that its moment is decisive still."""

from uuid import UUID

from domain.actor import Actor
from domain.database import Transaction
from domain.errors import Conflict, NotFound
from domain.ledger import Locked
from domain.models.accountability.playbooks import Playbook
from domain.models.moments.moments import Moment
from domain.queries.maps.places import Place
from domain.services.steps.subjects import entity, subject
from domain.words import MomentStatus

_RETIRED = "This moment is retired: nominate its touchpoint again, and draft a playbook there."


async def found(tx: Transaction, actor: Actor, playbook_id: UUID) -> tuple[Locked, Place, Playbook]:
    """Hold a playbook's journey and find it there; NotFound when it is not to be seen."""
    head, place, playbook = await subject(tx, actor, Playbook, playbook_id)
    if place.subject_removed:
        raise NotFound
    return head, place, playbook


async def still_decisive(tx: Transaction, actor: Actor, moment_id: UUID) -> None:
    """Conflict when the moment is retired."""
    moment = await entity(tx, actor, Moment, moment_id)
    if moment.status == MomentStatus.RETIRED:
        raise Conflict(_RETIRED, code="moment_retired")
