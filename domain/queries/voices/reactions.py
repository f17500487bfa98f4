"""Who reacted to an annotation or a reply, and one's own reaction."""

from functools import cache
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.members import Member
from domain.models.voices.supports import Reaction
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ME, ORGANIZATION
from domain.queries.voices.annotations import sees
from domain.queries.voices.replies import reply
from domain.talk import ReactionKind

_OF_TARGET = (
    Reaction.organization_id == ORGANIZATION,
    Reaction.target_id == bindparam("target_id", type_=Uuid()),
)
_MINE = hot(
    select(*Reaction.__table__.c).where(
        *_OF_TARGET, Reaction.member_id == ME, Reaction.kind == bindparam("kind", type_=Text())
    )
)


@cache
def _list(paged: bool) -> Hot:
    statement = (
        select(Reaction.id, Reaction.kind, Reaction.member_id, Member.name, Reaction.created_at)
        .join(
            Member,
            (Member.organization_id == Reaction.organization_id)
            & (Member.id == Reaction.member_id),
        )
        .where(*_OF_TARGET, Reaction.removed_at.is_(None))
    )
    if paged:
        statement = statement.where(Reaction.id < bindparam("before", type_=Uuid()))
    return hot(statement.order_by(Reaction.id.desc()).limit(bindparam("limit")))


async def own_reaction(
    tx: Transaction, actor: Actor, target_id: UUID, kind: ReactionKind
) -> Reaction | None:
    """The row of one's own reaction of a kind, also when it was taken back."""
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    row = await tx.row(_MINE, target_id=target_id, kind=kind.value, **given)
    return None if row is None else Reaction(**dict(row.items()))


async def annotation_reactions(
    tx: Transaction, actor: Actor, annotation_id: UUID, page: PageRequest
) -> Page:
    """A page of reactions to an annotation; NotFound when the actor may not see it."""
    if not await sees(tx, actor, annotation_id):
        raise NotFound
    return await _page(tx, actor, annotation_id, page)


async def reply_reactions(tx: Transaction, actor: Actor, reply_id: UUID, page: PageRequest) -> Page:
    """The same for a reply."""
    await reply(tx, actor, reply_id)
    return await _page(tx, actor, reply_id, page)


async def _page(tx: Transaction, actor: Actor, target_id: UUID, page: PageRequest) -> Page:
    bound = binding("reactions", {"target": target_id})
    before = decode_id(bound, page.cursor)
    after = {} if before is None else {"before": before}
    given = {"organization_id": actor.organization_id, "target_id": target_id}
    statement = _list(before is not None)
    rows = await tx.rows(statement, **given, **after, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)
