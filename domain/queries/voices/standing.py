"""How a reader stands towards an annotation, and what they may do with it in the state it is in."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.actor import Actor
from domain.database import Row
from domain.policy import allowed, permits
from domain.queries.accountability.answering import answering
from domain.queries.maps.places import Place, place_from
from domain.roles import May, Relation
from domain.talk import Voice
from domain.words import AnnotationStatus, GrantRole

MAY_IN = {
    AnnotationStatus.OPEN: (
        May.EDIT_ANNOTATION,
        May.WITHDRAW_ANNOTATION,
        May.RESOLVE_THREAD,
        May.ASSIGN_THREAD,
        May.ESCALATE,
        May.HIDE_ANNOTATION,
        May.FLAG_ANNOTATION,
        May.REPLY,
        May.SUPPORT,
        May.REACT,
    ),
    AnnotationStatus.RESOLVED: (
        May.WITHDRAW_ANNOTATION,
        May.REOPEN_THREAD,
        May.HIDE_ANNOTATION,
        May.FLAG_ANNOTATION,
        May.REPLY,
        May.SUPPORT,
        May.REACT,
    ),
    AnnotationStatus.WITHDRAWN: (May.RESTORE_ANNOTATION, May.HIDE_ANNOTATION),
    AnnotationStatus.HIDDEN: (May.HIDE_ANNOTATION,),
}
"""What an annotation's state allows at all; hiding a hidden one means showing it again."""
OF_OTHERS = frozenset({May.HIDE_ANNOTATION, May.FLAG_ANNOTATION})
"""What nobody does with their own words."""


def ties(row: Row, actor: Actor) -> tuple[Relation, ...]:
    """What an annotation and its moment tie the actor with, beside what its journey does."""
    assigned = row["assignee_id"] == actor.member_id
    held = ((Relation.AUTHOR, row["mine"]), (Relation.ASSIGNEE, assigned))
    return tuple(relation for relation, holds in held if holds) + answering(row)


UNNAMED = frozenset(
    {
        May.EDIT_ANNOTATION,
        May.WITHDRAW_ANNOTATION,
        May.RESTORE_ANNOTATION,
        May.REOPEN_THREAD,
        May.REPLY,
    }
)
"""What an author can do without being named; everything else is told with a name."""


def unnamed(row: Row) -> bool:
    """Whether the reader wrote it for their group, so that only they know."""
    return bool(row["mine"]) and row["voice"] == Voice.GROUP


def would_name(place: Place, actor: Actor, may: May, seen_anyway: bool, *tied: Relation) -> bool:
    """Whether doing something by name would tell who wrote an annotation unnamed.

    It would where nothing but having written it lets the actor see it, or do it.
    """
    others = [relation for relation in tied if relation is not Relation.AUTHOR]
    return not (seen_anyway and permits(actor, may, place.standing(actor, *others)))


def place_in(row: Row | Mapping[str, Any], actor: Actor) -> Place:
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
        row["mine"],
        row["voice"],
        row["seen_anyway"],
        row["assignee_id"] == me,
        row["moderates"],
        row["responsible"],
        row["accountable"],
    )
    found = _known.get(key)
    if found is None:
        place = place_in(row, actor)
        cover = row["seen_anyway"] if unnamed(row) else None
        found = _known[key] = may_at(place, actor, row["status"], ties(row, actor), cover)
    return found


_known: dict[tuple[object, ...], list[str]] = {}
"""Every answer there is: a list of annotations asks for the same ones again and again."""


def may_at(
    place: Place,
    actor: Actor,
    status: str,
    tied: Iterable[Relation],
    cover: bool | None = None,
) -> list[str]:
    """The same for an annotation in a place.

    `cover` is for what the actor wrote unnamed: whether they would see it all the same.
    """
    relations = place.relations.union(tied) | {Relation.ONESELF}
    mays = [
        may
        for may in MAY_IN[AnnotationStatus(status)]
        if may not in OF_OTHERS or Relation.AUTHOR not in relations
    ]
    if cover is not None:
        mays = [
            may
            for may in mays
            if may in UNNAMED or not would_name(place, actor, may, cover, *relations)
        ]
    return allowed(actor, mays, place.standing(actor, *relations))


def withheld(row: Row) -> bool:
    """Whether the words were withdrawn and are somebody else's.

    What was hidden is seen only by its author and by those who could hide it, who need the words
    to judge again.
    """
    return row["withdrawn_at"] is not None and not row["mine"]


def body_for(row: Row) -> str | None:
    """The words, as far as the reader may see them."""
    told: str | None = row["body"]
    return None if withheld(row) else told
