"""The verb: find, require, compare, write; all of a document or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from domain import ledger
from domain.actor import Actor, Standing
from domain.database import Transaction
from domain.errors import Conflict, FieldError, Invalid, NotFound, Underway
from domain.ids import new_id
from domain.ledger import Locked
from domain.models.maps.lanes import Lane
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.policy import permits, require
from domain.queries.held import hold_actor
from domain.queries.maps import imports as queries
from domain.queries.maps.places import place
from domain.queries.maps.siblings import Ordered, siblings
from domain.roles import Condition, May, Relation
from domain.rules.arranging import arrange
from domain.services.maps.imports.circles import circle_faults
from domain.services.maps.imports.document import Document
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.drawing import draw
from domain.services.maps.imports.fill import FILLINGS
from domain.services.maps.imports.measuring import measure
from domain.services.maps.imports.references import reference_faults
from domain.services.maps.imports.rights import Case, right_faults
from domain.services.maps.imports.soundness import sound_faults
from domain.services.maps.imports.theirs import their_faults
from domain.services.maps.imports.writing import (
    adds,
    write_map,
    write_measured,
    write_organization,
    write_voices,
)
from domain.services.steps.participants import let_edit
from domain.services.steps.places import enter
from domain.services.steps.today import today
from domain.words import SubjectKind

OF_ORGANIZATION = (
    SubjectKind.DEPARTMENT, SubjectKind.CHANNEL, SubjectKind.PERSONA, SubjectKind.METRIC,
)  # fmt: skip
MOST_FAULTS = 100
TAKEN = "This key is taken by a journey that you cannot see: give the document another journey.key."
AGAIN = "The organization has changed just now: repeat the import."


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
    """Make or update the journey of a document. A dry run holds nothing and writes nothing."""
    journey_id = await queries.journey_keyed(tx, actor, document.key)
    stands = await _standing(tx, actor, journey_id)
    # Before anything is held it is enough to know whether the organization gains anything.
    kinds = tuple(FILLINGS) if dry_run else OF_ORGANIZATION
    draft = await _drawn(tx, actor, document, journey_id, stands, kinds)
    if dry_run:
        return Outcome(journey_id, True, draft.entries, draft.counts)
    # The organization is held before the journey, and only by who adds to it.
    organization = await ledger.lock_organization(tx, actor) if adds(draft) else None
    head = await _hold(tx, actor, journey_id)
    draft = await _drawn(tx, actor, document, journey_id, await _standing(tx, actor, journey_id))
    if adds(draft) and organization is None:
        raise Underway(AGAIN)
    return await _written(tx, draft, organization, head)


async def _standing(tx: Transaction, actor: Actor, journey_id: UUID | None) -> Standing:
    """How the actor stands towards the journey of the document's key; one that is made is theirs.

    Who may not make journeys is told the same of a key that is free and of one that is hidden.
    """
    if journey_id is None:
        require(actor, May.CREATE_JOURNEY, actor.standing())
        return actor.standing(Relation.OWNER, conditions=[Condition.OPEN])
    try:
        found = await place(tx, actor, journey_id)
    except NotFound:
        require(actor, May.CREATE_JOURNEY, actor.standing())
        fault = FieldError(TAKEN, "import_key_taken", "#/journey/key")
        raise Conflict(TAKEN, code="import_key_taken", errors=[fault]) from None
    require(actor, May.EDIT_JOURNEY, found.standing(actor))
    return found.standing(actor)


async def _hold(tx: Transaction, actor: Actor, journey_id: UUID | None) -> Locked | None:
    if journey_id is None:
        await hold_actor(tx, actor)
        return None
    return (await enter(tx, actor, journey_id))[0]


async def _drawn(
    tx: Transaction,
    actor: Actor,
    document: Document,
    journey_id: UUID | None,
    stands: Standing,
    kinds: Sequence[SubjectKind] = tuple(FILLINGS),
) -> Draft:
    """What the import comes to, as things stand; Invalid with every fault of the document."""
    models = [filling.model for filling in FILLINGS.values()]
    there = await queries.standing(tx, actor, journey_id, models)
    sound = sound_faults(document, await today(tx, actor))
    faults = [*document.faults, *reference_faults(document), *sound]
    case = Case(document, actor, stands, there)
    _refuse([*faults, *right_faults(case)])
    confirms = permits(actor, May.CONFIRM_MOMENT, stands)
    draft = Draft(actor, document, there, journey_id or new_id(), confirms)
    await _arrange(tx, draft)
    draw(draft, kinds)
    found = [*their_faults(case, draft), *circle_faults(draft)]
    _refuse([*found, *await measure(tx, draft)])
    return draft


async def _written(
    tx: Transaction, draft: Draft, organization: Locked | None, head: Locked | None
) -> Outcome:
    if organization is not None:
        organization = await write_organization(tx, draft, organization)
    if head is None:
        head = await ledger.open_stream(tx, draft.actor.organization_id, draft.journey_id)
        head = await write_map(tx, draft, head)
        head = await let_edit(tx, draft.actor, head)
    else:
        head = await write_map(tx, draft, head)
    if organization is not None:
        await write_measured(tx, draft, organization)
    await write_voices(tx, draft, head)
    return Outcome(draft.journey_id, False, draft.entries, draft.counts)


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
        if draft.document.appends:
            there = [one for one, _ in sorted(standing, key=itemgetter(1))]
            wanted = list(dict.fromkeys([*there, *wanted]))
        draft.positions |= arrange(standing, wanted)
