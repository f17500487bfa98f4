"""Restoring an edition: the map is set back, after the present was kept as an edition too."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Transaction
from domain.errors import Conflict
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.life.editions import Edition
from domain.policy import require
from domain.queries.life.states import CONTENT, state_at
from domain.queries.maps.places import Place
from domain.results import EditionKind
from domain.roles import May
from domain.rules.setbacks import setbacks
from domain.services.steps.changing import change
from domain.services.steps.editions import next_edition
from domain.services.steps.places import current
from domain.services.steps.setting_back import set_back
from domain.services.steps.subjects import subject

LONGEST = 150
"""As much of a name as has room in the name of its safety edition."""


@dataclass(frozen=True, slots=True)
class Restoration:
    """What was done: how many pieces were restored, removed, updated, moved."""

    edition: Edition
    safety: Edition
    revision: int
    done: Mapping[str, int]


async def restore(tx: Transaction, actor: Actor, edition_id: UUID, expected: int) -> Restoration:
    """Set structure and content back to what an edition shows; what members said stays.

    Everything is told in one append: the safety edition, each piece, the edition restored.
    """
    head, place, edition = await subject(tx, actor, Edition, edition_id)
    require(actor, May.PUBLISH_EDITION, place.standing(actor))
    _still_open(place)
    current(edition.version, expected)
    then = await state_at(tx, actor, place.journey_id, edition.revision)
    present = await state_at(tx, actor, place.journey_id, head.revision)
    wanted = setbacks(then.pieces, present.pieces, CONTENT)
    name = f"Before restoring “{edition.name[:LONGEST]}”"
    safety = await next_edition(tx, actor, head, EditionKind.SAFETY, name)
    facts = await set_back(tx, actor, wanted)
    change(edition, {"restored_at": now()})
    told = [Fact(Verb.EDITION_PUBLISHED, safety), *facts, Fact(Verb.EDITION_RESTORED, edition)]
    reached = await ledger.record(tx, actor, head, *told)
    return Restoration(edition, safety, reached.revision, Counter(one.done for one in wanted))


def _still_open(place: Place) -> None:
    """Conflict, with what to do, where nothing on the map may be changed."""
    if place.locked:
        detail = "This journey is locked: unlock it before you restore an edition."
        raise Conflict(detail, code="journey_locked")
    if not place.open:
        detail = "This journey is archived: unarchive it before you restore an edition."
        raise Conflict(detail, code="journey_archived")
