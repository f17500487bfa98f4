"""How a reader stands towards a reply, and what they may do with it in the state it is in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from domain.actor import Actor
from domain.database import Row
from domain.policy import allowed
from domain.queries.voices.standing import OF_OTHERS, UNNAMED, place_in
from domain.roles import May, Relation
from domain.words import AnnotationStatus, ReplyStatus

_MAY_IN = {
    ReplyStatus.SHOWN: (
        May.EDIT_ANNOTATION,
        May.WITHDRAW_ANNOTATION,
        May.HIDE_ANNOTATION,
        May.FLAG_ANNOTATION,
        May.REACT,
    ),
    ReplyStatus.WITHDRAWN: (May.RESTORE_ANNOTATION, May.HIDE_ANNOTATION),
    ReplyStatus.HIDDEN: (May.HIDE_ANNOTATION,),
}
# What was taken back with its thread can be taken back for itself, and no more.
_THREAD_ALLOWS = {
    AnnotationStatus.WITHDRAWN: frozenset({May.WITHDRAW_ANNOTATION, May.HIDE_ANNOTATION}),
    AnnotationStatus.HIDDEN: frozenset({May.HIDE_ANNOTATION}),
}


@cache
def mays_in(status: ReplyStatus, thread: AnnotationStatus) -> tuple[May, ...]:
    """What the states of a reply and of its thread allow at all."""
    mays = _MAY_IN[status]
    return tuple(may for may in mays if may in _THREAD_ALLOWS.get(thread, mays))


def reply_ties(row: Row | Mapping[str, Any]) -> tuple[Relation, ...]:
    """What a reply ties the actor with, beside what its journey does."""
    return (Relation.AUTHOR,) if row["mine"] else ()


def may_with_reply(row: Row | Mapping[str, Any], actor: Actor) -> list[str]:
    """What the actor may do with a reply now: the `may` of its reply."""
    states = mays_in(ReplyStatus(row["status"]), AnnotationStatus(row["thread_status"]))
    mays = [
        may
        for may in states
        if not (row["mine"] and may in OF_OTHERS) and (row["seen_anyway"] or may in UNNAMED)
    ]
    return allowed(actor, mays, place_in(row, actor).standing(actor, *reply_ties(row)))


def told_of_reply(row: Row, actor: Actor) -> dict[str, Any]:
    """The words and why they are hidden, as far as the reader may know.

    What was withdrawn is its author's alone; what is hidden, theirs and of those who could hide it.
    """
    judges = row["moderates"] or row["owner_id"] == actor.member_id
    knows = row["mine"] or judges
    words = row["mine"] or (row["withdrawn_at"] is None and (row["hidden_at"] is None or judges))
    return {
        "body": row["body"] if words else None,
        "hidden_by": row["hidden_by"] if knows else None,
        "hidden_reason": row["hidden_reason"] if knows else "",
    }
