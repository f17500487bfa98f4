"""How a reader stands towards an annotation, and what they may do with it in the state it is in."""

from collections.abc import Iterable

from domain.actor import Actor
from domain.database import Row
from domain.policy import allowed
from domain.queries.accountability.answering import answering
from domain.queries.maps.places import Place, place_from
from domain.roles import May, Relation
from domain.words import AnnotationStatus, GrantRole

MAY_IN = {
    AnnotationStatus.OPEN: (
        May.EDIT_ANNOTATION,
        May.WITHDRAW_ANNOTATION,
        May.RESOLVE_THREAD,
        May.ASSIGN_THREAD,
        May.ESCALATE,
        May.HIDE_ANNOTATION,
        May.REPLY,
        May.SUPPORT,
    ),
    AnnotationStatus.RESOLVED: (
        May.WITHDRAW_ANNOTATION,
        May.REOPEN_THREAD,
        May.HIDE_ANNOTATION,
        May.REPLY,
        May.SUPPORT,
    ),
    AnnotationStatus.WITHDRAWN: (May.RESTORE_ANNOTATION, May.HIDE_ANNOTATION),
    AnnotationStatus.HIDDEN: (May.HIDE_ANNOTATION,),
}
"""What an annotation's state allows at all; hiding a hidden one means showing it again."""


def ties(row: Row, actor: Actor) -> tuple[Relation, ...]:
    """What an annotation and its moment tie the actor with, beside what its journey does."""
    held = ((Relation.AUTHOR, row["author_id"]), (Relation.ASSIGNEE, row["assignee_id"]))
    own = tuple(relation for relation, member in held if member == actor.member_id)
    return own + answering(row)


def place_in(row: Row, actor: Actor) -> Place:
    """The place of an annotation's journey, from a row of visible_annotations().

    Of the roles on a journey only the moderator's counts for what is said there.
    """
    journey = {
        "id": row["journey_id"],
        "owner_id": row["owner_id"],
        "status": row["journey_status"],
        "locked_at": row["locked_at"],
        "roles": [GrantRole.MODERATOR] if row["moderates"] else [],
    }
    return place_from(journey, actor)


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with an annotation now: the `may` of its reply."""
    me = actor.member_id
    key = (
        actor.group,
        actor.administrator,
        row["status"],
        row["journey_status"],
        row["locked_at"] is None,
        row["owner_id"] == me,
        row["author_id"] == me,
        row["assignee_id"] == me,
        row["moderates"],
        row["responsible"],
        row["accountable"],
    )
    found = _known.get(key)
    if found is None:
        place = place_in(row, actor)
        found = _known[key] = may_at(place, actor, row["status"], ties(row, actor))
    return found


_known: dict[tuple[object, ...], list[str]] = {}
"""Every answer there is: a list of annotations asks for the same ones again and again."""


def may_at(place: Place, actor: Actor, status: str, tied: Iterable[Relation]) -> list[str]:
    """The same for an annotation in a place."""
    relations = place.relations.union(tied)
    mays = [
        may
        for may in MAY_IN[AnnotationStatus(status)]
        if may is not May.HIDE_ANNOTATION or Relation.AUTHOR not in relations
    ]
    return allowed(actor, mays, place.standing(actor, *relations, Relation.ONESELF))


def withheld(row: Row, actor: Actor) -> bool:
    """Whether the words were withdrawn and are somebody else's.

    What was hidden is seen only by its author and by those who could hide it, who need the words
    to judge again.
    """
    return row["withdrawn_at"] is not None and row["author_id"] != actor.member_id


def body_for(row: Row, actor: Actor) -> str | None:
    """The words, as far as the reader may see them."""
    told: str | None = row["body"]
    return None if withheld(row, actor) else told
