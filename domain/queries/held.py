"""Holding a stream and reading what is to be changed, in one round trip where that is right."""

from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import aliased

from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.records.ledger import Head

# The head as the statement's snapshot knows it, beside the one that is locked.
_SEEN = aliased(Head, name="seen")


def held(statement: Select[Any], organization: Any, stream: ColumnElement[Any] | Any) -> Hot:
    """The statement, holding the head of `stream` while it reads."""
    return hot(
        statement.add_columns(
            Head.stream_id.label("head_stream"),
            Head.revision.label("head_revision"),
            Head.hash.label("head_hash"),
            _SEEN.revision.label("seen_revision"),
        )
        .join(Head, (Head.organization_id == organization) & (Head.stream_id == stream))
        .join(
            _SEEN,
            (_SEEN.organization_id == Head.organization_id) & (_SEEN.stream_id == Head.stream_id),
        )
        .with_for_update(of=Head)
    )


async def hold(tx: Transaction, statement: Hot, again: Hot, **given: Any) -> tuple[Locked, Row]:
    """Hold a stream and read what a change starts from; NotFound when there is nothing to see.

    Whoever had to wait for the head has read what was there before the wait: the head has moved
    past the revision that the reading saw, and `again` reads anew. Where it has not moved, nothing
    in the stream can have changed in between, because every change moves it.
    """
    row = await tx.row(statement, **given)
    if row is None:
        raise NotFound
    head = Locked(row["head_stream"], row["head_revision"], row["head_hash"])
    if row["seen_revision"] != head.revision:
        row = await tx.row(again, **given)
        if row is None:
            raise NotFound
    return head, row
