"""How a reader stands towards an annotation, and what they may do with it in the state it is in."""

from functools import lru_cache

from domain.actor import Actor, Standing
from domain.database import Row
from domain.policy import allowed
from domain.queries.maps.places import Place, place_from
from domain.roles import May, Relation
from domain.words import AnnotationStatus

_IN = {
    AnnotationStatus.OPEN: (
        May.EDIT_ANNOTATION,
        May.WITHDRAW_ANNOTATION,
        May.RESOLVE_THREAD,
        May.ASSIGN_THREAD,
        May.HIDE_ANNOTATION,
        May.REPLY,
        May.SUPPORT,
    ),
    AnnotationStatus.RESOLVED: (May.REOPEN_THREAD, May.HIDE_ANNOTATION, May.REPLY, May.SUPPORT),
    AnnotationStatus.WITHDRAWN: (May.RESTORE_ANNOTATION,),
    AnnotationStatus.HIDDEN: (May.HIDE_ANNOTATION,),
}


def ties(row: Row, actor: Actor) -> tuple[Relation, ...]:
    """What an annotation itself ties the actor with, beside what its journey does."""
    held = ((Relation.AUTHOR, row["author_id"]), (Relation.ASSIGNEE, row["assignee_id"]))
    return tuple(relation for relation, member in held if member == actor.member_id)


def place_in(row: Row, actor: Actor) -> Place:
    """The place of an annotation's journey, from a row of visible_annotations()."""
    journey = {
        "id": row["journey_id"],
        "owner_id": row["owner_id"],
        "status": row["journey_status"],
        "locked_at": row["locked_at"],
        "roles": row["roles"],
    }
    return place_from(journey, actor)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with an annotation now: the `may` of its reply."""
    standing = place_in(row, actor).standing(actor, *ties(row, actor))
    return _may(actor, row["status"], standing)


@lru_cache(maxsize=4096)
def _may(actor: Actor, status: str, standing: Standing) -> list[str]:
    return allowed(actor, _IN[AnnotationStatus(status)], standing)


def body_for(row: Row, actor: Actor) -> str | None:
    """The words, unless they were withdrawn or hidden and are not the reader's own to see."""
    withheld = row["withdrawn_at"] is not None or row["hidden_at"] is not None
    told: str | None = row["body"]
    moderates = row["hidden_at"] is not None and row["withdrawn_at"] is None
    return None if withheld and not moderates and row["author_id"] != actor.member_id else told
