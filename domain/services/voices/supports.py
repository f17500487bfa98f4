"""Support: saying "me too" to an annotation, and taking it back."""

from uuid import UUID

from domain import ledger
from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import NotFound
from domain.facts import Verb
from domain.ledger import Fact
from domain.models.voices.supports import Support
from domain.queries.voices.annotations import annotation
from domain.queries.voices.supports import own_support
from domain.roles import May
from domain.services.steps.changing import change
from domain.services.steps.threads import in_state, thread


async def give(tx: Transaction, actor: Actor, annotation_id: UUID) -> Row:
    """Support an annotation; doing it again changes nothing."""
    head, row = await thread(tx, actor, annotation_id, May.SUPPORT)
    in_state(row, May.SUPPORT)
    support = await own_support(tx, actor, annotation_id)
    if support is None:
        support = Support(
            organization_id=actor.organization_id,
            journey_id=row["journey_id"],
            annotation_id=annotation_id,
            member_id=actor.member_id,
            member_group=actor.group.value,
        )
        await ledger.write(tx, actor, head, Fact(Verb.SUPPORT_GIVEN, support))
    elif support.removed_at is not None:
        change(support, {"removed_at": None, "member_group": actor.group.value})
        await ledger.write(tx, actor, head, Fact(Verb.SUPPORT_GIVEN, support))
    return await annotation(tx, actor, annotation_id)


async def take_back(tx: Transaction, actor: Actor, annotation_id: UUID) -> None:
    """Support an annotation no longer; NotFound when one did not."""
    head, _ = await thread(tx, actor, annotation_id, May.SUPPORT)
    support = await own_support(tx, actor, annotation_id)
    if support is None or support.removed_at is not None:
        raise NotFound("You do not support this annotation.")
    change(support, {"removed_at": now()})
    await ledger.write(tx, actor, head, Fact(Verb.SUPPORT_TAKEN_BACK, support))
