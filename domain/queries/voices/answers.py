"""Whether others have taken part in a thread."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, func, or_, select

from domain.actor import Actor
from domain.database import Transaction, hot
from domain.facts import Verb
from domain.models.records.ledger import Entry
from domain.models.voices.replies import Reply
from domain.models.voices.supports import Reaction, Support
from domain.queries.readers import ME, ORGANIZATION

_THREAD = bindparam("annotation_id", type_=Uuid())
_WROTE = func.coalesce(Reply.author_id, Reply.hidden_author_id)
_REPLIES = select(Reply.id).where(
    Reply.organization_id == ORGANIZATION, Reply.annotation_id == _THREAD
)
# What was taken back still stands in the ledger, and so does a note of a thread reopened.
_BY_OTHERS = hot(
    select(
        or_(
            exists(
                select(Reply.id).where(
                    Reply.organization_id == ORGANIZATION,
                    Reply.annotation_id == _THREAD,
                    _WROTE.is_distinct_from(ME),
                )
            ),
            exists(
                select(Support.id).where(
                    Support.organization_id == ORGANIZATION,
                    Support.annotation_id == _THREAD,
                    Support.member_id != ME,
                )
            ),
            exists(
                select(Reaction.id).where(
                    Reaction.organization_id == ORGANIZATION,
                    or_(Reaction.target_id == _THREAD, Reaction.target_id.in_(_REPLIES)),
                    Reaction.member_id != ME,
                )
            ),
            exists(
                select(Entry.subject_id).where(
                    Entry.organization_id == ORGANIZATION,
                    Entry.subject_id == _THREAD,
                    Entry.verb == Verb.ANNOTATION_RESOLVED.value,
                    Entry.actor_id != ME,
                )
            ),
        )
    )
)


async def answered_by_others(tx: Transaction, actor: Actor, annotation_id: UUID) -> bool:
    """Whether anybody but the actor has ever replied, reacted, supported or resolved it."""
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    return bool(await tx.value(_BY_OTHERS, annotation_id=annotation_id, **given))
