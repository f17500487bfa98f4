"""Holding a stream and reading what is to be changed, in one round trip where that is right.

Who acts is held too, and seen to be active still: whoever suspends or erases them waits for what
they are writing, and what they begin to write afterwards is refused.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal_column, select
from sqlalchemy.orm import aliased

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound, Unauthenticated
from domain.ledger import Locked
from domain.models.identity.members import Member
from domain.models.records.ledger import Head
from domain.queries.readers import ME, ORGANIZATION
from domain.words import MemberStatus

# The head as the statement's snapshot knows it, beside the one that is locked.
_SEEN = aliased(Head, name="seen")
# By the version of the row and not by its revision: an erasure that is not told moves only the row.
_MOVED: ColumnElement[bool] = literal_column("heads.xmin <> seen.xmin")
# Shared: one member may write in many journeys at once. It comes before the head, because whoever
# erases a member holds the member first.
_ACTING = (
    select(Member.id)
    .where(
        Member.organization_id == ORGANIZATION,
        Member.id == ME,
        Member.status == MemberStatus.ACTIVE.value,
    )
    .with_for_update(read=True)
)
_HOLD_ACTOR = hot(_ACTING)


async def hold_actor(tx: Transaction, actor: Actor) -> None:
    """Keep the acting member active until the end; Unauthenticated when they no longer are."""
    await _hold_member(tx, organization_id=actor.organization_id, me=actor.member_id)


async def is_held(tx: Transaction, organization_id: UUID, member_id: UUID) -> bool:
    """Keep a member active until the end; False when they are not."""
    held = await tx.value(_HOLD_ACTOR, organization_id=organization_id, me=member_id)
    return held is not None


async def _hold_member(tx: Transaction, organization_id: UUID, me: UUID) -> None:
    if not await is_held(tx, organization_id, me):
        raise Unauthenticated


def held(statement: Select[Any], organization: Any, stream: ColumnElement[Any] | Any) -> Hot:
    """The statement, holding who acts and the head of `stream` while it reads."""
    acting = _ACTING.cte("acting")
    return hot(
        statement.add_columns(
            Head.stream_id.label("head_stream"),
            Head.revision.label("head_revision"),
            Head.hash.label("head_hash"),
            _MOVED.label("head_moved"),
        )
        .join(Head, (Head.organization_id == organization) & (Head.stream_id == stream))
        .join(
            _SEEN,
            (_SEEN.organization_id == Head.organization_id) & (_SEEN.stream_id == Head.stream_id),
        )
        .join(acting, acting.c.id == ME)
        .with_for_update(of=Head)
    )


async def hold(tx: Transaction, statement: Hot, again: Hot, **given: Any) -> tuple[Locked, Row]:
    """Hold a stream and read what a change starts from; NotFound when there is nothing to see.

    Unauthenticated when the member who acts was suspended or erased since the request began.
    Whoever had to wait for the head has read what was there before the wait: the head has moved
    past what the reading saw, and `again` reads anew. Where it has not moved, nothing in the stream
    can have changed in between, because every change moves it.
    """
    row = await tx.row(statement, **given)
    if row is None:
        await _hold_member(tx, organization_id=given["organization_id"], me=given["me"])
        raise NotFound
    head = Locked(row["head_stream"], row["head_revision"], row["head_hash"])
    if row["head_moved"]:
        row = await tx.row(again, **given)
        if row is None:
            raise NotFound
    return head, row
