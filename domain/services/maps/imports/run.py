"""The verb: find, require, compare, write; all of a document or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor, Standing
from domain.database import Transaction
from domain.errors import FieldError, Invalid, NotFound
from domain.ids import new_id
from domain.ledger import Locked
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.policy import permits, require
from domain.queries.maps import imports as queries
from domain.queries.maps.siblings import Ordered, siblings
from domain.roles import Condition, May, Relation
from domain.rules.arranging import arrange
from domain.services.maps.imports.document import Document
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.drawing import draw
from domain.services.maps.imports.fill import FILLINGS
from domain.services.maps.imports.references import reference_faults
from domain.services.maps.imports.rights import Case, right_faults
from domain.services.maps.imports.writing import write_journey, write_organization
from domain.services.steps.places import enter
from domain.words import SubjectKind

MOST_FAULTS = 100
UNSEEN = (
    "The journey that was imported with this key is not yours to see: ask its owner for access, "
    "or give the document another journey.key."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import: counts by (kind, "created" | "updated" | "unchanged")."""

    journey_id: UUID | None
    dry_run: bool
    entries: int
    counts: Counter[tuple[SubjectKind, str]]


async def import_journey(
    tx: Transaction, actor: Actor, document: Document, dry_run: bool
) -> Outcome:
    """Make or update the journey of a document. A dry run does it all and keeps nothing."""
    organization = await ledger.lock_organization(tx, actor)
    journey_id, head, stands = await _enter(tx, actor, document)
    models = [filling.model for filling in FILLINGS.values()]
    there = await queries.standing(tx, actor, journey_id, models)
    faults = [*document.faults, *reference_faults(document)]
    _refuse([*faults, *right_faults(Case(document, actor, stands, there))])
    confirms = permits(actor, May.CONFIRM_MOMENT, stands)
    draft = Draft(actor, document, there, journey_id or new_id(), confirms)
    await _arrange(tx, draft)
    draw(draft)
    entries = -organization.revision
    entries += (await write_organization(tx, draft, organization)).revision
    if head is None:
        head = await ledger.open_stream(tx, actor.organization_id, draft.journey_id)
    entries += (await write_journey(tx, draft, head)).revision - head.revision
    if dry_run:
        tx.rehearse()
    known = journey_id if dry_run else draft.journey_id
    return Outcome(known, dry_run, entries, draft.counts)


async def _enter(
    tx: Transaction, actor: Actor, document: Document
) -> tuple[UUID | None, Locked | None, Standing]:
    """The journey of the document's key, held; or the right to make one, which owns it."""
    key = document.journey.key if document.journey else ""
    journey_id = await queries.journey_keyed(tx, actor, key)
    if journey_id is None:
        require(actor, May.CREATE_JOURNEY, actor.standing())
        return None, None, actor.standing(Relation.OWNER, conditions=[Condition.OPEN])
    try:
        head, place = await enter(tx, actor, journey_id)
    except NotFound:
        raise NotFound(UNSEEN) from None
    require(actor, May.EDIT_JOURNEY, place.standing(actor))
    return journey_id, head, place.standing(actor)


def _refuse(faults: Sequence[FieldError]) -> None:
    if faults:
        listed = f"the first {MOST_FAULTS} of them in errors" if faults[MOST_FAULTS:] else "errors"
        detail = f"Nothing was imported; faults in the document: {len(faults)}, see {listed}."
        raise Invalid(detail, code="invalid_document", errors=faults[:MOST_FAULTS])


async def _arrange(tx: Transaction, draft: Draft) -> None:
    """Give stages, lanes and the touchpoints of each stage positions in the document's order."""
    orders: list[tuple[Ordered, UUID, list[UUID]]] = [
        (Stage, draft.journey_id, [draft.of(n) for n in draft.document.of(SubjectKind.STAGE)]),
        (Lane, draft.journey_id, [draft.of(n) for n in draft.document.of(SubjectKind.LANE)]),
    ]
    for stage in draft.document.of(SubjectKind.STAGE):
        touchpoints = draft.document.of(SubjectKind.TOUCHPOINT)
        wanted = [draft.of(node) for node in touchpoints if node.parent is stage]
        orders.append((Touchpoint, draft.of(stage), wanted))
    for model, parent_id, wanted in orders:
        standing = await siblings(tx, draft.actor, model, parent_id)
        draft.positions |= arrange(standing, wanted)
