"""What the importer may not do, or the map does not allow any more: every case, with its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.actor import Actor, Standing
from domain.errors import FieldError
from domain.models.base import Recorded
from domain.policy import permits
from domain.queries.maps import imports as queries
from domain.roles import May, Relation
from domain.services.maps.imports.document import Document, Node
from domain.words import MomentStatus, SubjectKind

Kind = SubjectKind
ONLY_AUTHOR = "Only its author may change it, while it is open: restore the words in the document."
BORN_WITH = ("about", "said_at", "resolution", "resolution_note")
ASK = "use one of its own, or ask an administrator to add it."
STAKES = (
    "stakes", "likely_emotions", "triggers", "customers_per_month", "value_at_risk",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A document, who imports it, how they stand towards its journey, and what is there."""

    document: Document
    actor: Actor
    stands: Standing
    there: queries.Standing

    def entity(self, node: Node) -> Any:
        """What an earlier import made of a node; None when it is new."""
        subject_id = self.there.found(node.kind, node.key)
        return None if subject_id is None else self.there.entities.get(subject_id)

    def may(self, may: May) -> bool:
        """Whether the importer may do this in the journey."""
        return permits(self.actor, may, self.stands)

    def also(self, relation: Relation) -> Standing:
        """How the importer stands with one more tie."""
        return replace(self.stands, relations=self.stands.relations | {relation})


def right_faults(case: Case) -> Iterator[FieldError]:
    """Everything that stands in the way of this importer."""
    for check in CHECKS:
        yield from check(case)


def differing(entity: Recorded, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields that would change an entity.

    Words of somebody who is here bear no label: an export writes their name out.
    """
    unlabeled = getattr(entity, "attributed_to", None) == ""
    told = {n: v for n, v in fields.items() if not (unlabeled and n == "attributed_to")}
    return {name: value for name, value in told.items() if getattr(entity, name) != value}


def _new_departments(case: Case) -> Iterator[FieldError]:
    if permits(case.actor, May.MANAGE_DEPARTMENTS, case.actor.standing()):
        return
    for node in case.document.of(Kind.DEPARTMENT):
        name = str(node.said.get("name", ""))
        if name and name.lower() not in case.there.departments:
            detail = f"The organization has no department {name!r}: {ASK}"
            yield node.fault(detail, "unknown_department", "name")


def _new_channels(case: Case) -> Iterator[FieldError]:
    if permits(case.actor, May.MANAGE_CHANNELS, case.actor.standing()):
        return
    for node in case.document.of(Kind.CHANNEL):
        if node.key and node.key not in case.there.channels:
            detail = f"The organization has no channel {node.key!r}: {ASK}"
            yield node.fault(detail, "unknown_channel", "key")


def _channels(case: Case) -> Iterator[FieldError]:
    known = {*case.there.channels, *case.document.keyed(Kind.CHANNEL)}
    for node in case.document.of(Kind.TOUCHPOINT):
        for index, key in enumerate(node.said.get("channels", ())):
            if key not in known:
                detail = f"Neither the document nor the organization has a channel {key!r}."
                yield node.fault(detail, "unknown_channel", f"channels/{index}")


def _removed(case: Case) -> Iterator[FieldError]:
    for node in case.document.nodes:
        if getattr(case.entity(node), "removed_at", None) is not None:
            detail = "It has been removed: restore it, or take it out of the document."
            yield node.fault(detail, "removed")


def _personas(case: Case) -> Iterator[FieldError]:
    for node in case.document.of(Kind.PERSONA):
        entity = case.entity(node)
        if entity is None:
            allowed = permits(case.actor, May.CREATE_PERSONA, case.actor.standing())
        elif differing(entity, node.fields()):
            own = (Relation.CREATOR,) if entity.created_by == case.actor.member_id else ()
            allowed = permits(case.actor, May.EDIT_PERSONA, case.actor.standing(*own))
        else:
            allowed = True
        if not allowed:
            detail = "You may not make or change this persona: ask a decision-maker."
            yield node.fault(detail, "not_allowed")


def _annotations(case: Case) -> Iterator[FieldError]:
    for node in case.document.of(Kind.ANNOTATION):
        entity = case.entity(node)
        if entity is None or not differing(entity, node.fields(*BORN_WITH)):
            continue
        shut = (entity.withdrawn_at, entity.hidden_at, entity.resolution, entity.body is None)
        if entity.author_id != case.actor.member_id or any(shut):
            yield node.fault(ONLY_AUTHOR, "not_allowed")


def _replies(case: Case) -> Iterator[FieldError]:
    for node in case.document.of(Kind.REPLY):
        entity = case.entity(node)
        if entity is not None and differing(entity, node.fields("said_at")):
            detail = "A reply stays as it was written: add another one."
            yield node.fault(detail, "reply_written")


def _moments(case: Case) -> Iterator[FieldError]:
    for node in case.document.of(Kind.MOMENT):
        entity = case.entity(node)
        fields = node.fields("touchpoint", "status")
        changed = differing(entity, fields) if entity else {n: fields.get(n) for n in STAKES}
        if any(changed.values()) and not case.may(May.STATE_STAKES):
            detail = "Only decision-makers, executives and the owner may say what is at stake."
            yield node.fault(detail, "not_allowed")
        if entity is not None and entity.status == MomentStatus.RETIRED and changed:
            detail = "This moment is retired: nominate its touchpoint under another key."
            yield node.fault(detail, "moment_retired")
        yield from _place_of_moment(case, node, entity)


def _place_of_moment(case: Case, node: Node, entity: Any) -> Iterator[FieldError]:
    """A moment stays at its touchpoint, and a touchpoint has one at the most."""
    there, key = case.there, node.said.get("touchpoint")
    if key not in case.document.keyed(Kind.TOUCHPOINT):
        return  # which is a fault already
    touchpoint_id = there.found(Kind.TOUCHPOINT, str(key))
    if entity is not None and touchpoint_id != entity.touchpoint_id:
        detail = "A moment stays at its touchpoint: give the one at another touchpoint a new key."
        yield node.fault(detail, "moment_moved", "touchpoint")
    elif entity is None and touchpoint_id is not None and touchpoint_id in there.moments:
        yield node.fault("This touchpoint is a moment already.", "duplicate_moment", "touchpoint")


CHECKS: tuple[Callable[[Case], Iterator[FieldError]], ...] = (
    _new_departments,
    _new_channels,
    _channels,
    _removed,
    _personas,
    _annotations,
    _replies,
    _moments,
)
