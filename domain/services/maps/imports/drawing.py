"""Drawing the draft: every node in the order it must be made, new, changed or left alone."""

from collections.abc import Mapping
from typing import Any

from domain.clock import now
from domain.facts import Verb
from domain.models.base import Recorded
from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.fill import FILLINGS, Filling
from domain.services.maps.imports.rights import differing
from domain.words import MomentStatus, SubjectKind

Kind = SubjectKind
OF_ORGANIZATION = (Kind.DEPARTMENT, Kind.CHANNEL, Kind.PERSONA)
SPOKEN = (Kind.ANNOTATION, Kind.REPLY)
MOVES = {Kind.STAGE: Verb.STAGE_MOVED, Kind.TOUCHPOINT: Verb.TOUCHPOINT_MOVED}


def draw(draft: Draft) -> None:
    """Put the whole document into the draft."""
    for kind, filling in FILLINGS.items():
        nodes = list(draft.document.of(kind))
        for node in _parents_first(nodes) if kind is Kind.DEPARTMENT else nodes:
            _draw(draft, node, filling)


def _draw(draft: Draft, node: Node, filling: Filling) -> None:
    fields = filling.fields(draft, node)
    present = draft.present(node)
    if present is not None:
        _compare(draft, node, filling, present, fields)
    elif _known_to_organization(draft, node):
        draft.keep(node)
    else:
        confirmed = fields.get("status") == MomentStatus.CONFIRMED
        verb = Verb.MOMENT_CONFIRMED if confirmed else filling.added
        draft.make(node, filling.model, verb, {**_birth(draft, node), **fields})


def _known_to_organization(draft: Draft, node: Node) -> bool:
    if node.kind is Kind.DEPARTMENT:
        return draft.of(node) in draft.there.paths
    return node.kind is Kind.CHANNEL and node.key in draft.there.channels


def _compare(
    draft: Draft, node: Node, filling: Filling, present: Recorded, fields: Mapping[str, Any]
) -> None:
    news = differing(present, fields)
    if not news or filling.changed is None:
        draft.keep(node)
        return
    verb = filling.changed
    if node.kind is Kind.ANNOTATION:
        news["edited_at"] = now()
    elif news.keys() <= {"position", "stage_id"}:
        verb = MOVES.get(node.kind, verb)
    elif news.get("status") == MomentStatus.CONFIRMED:
        verb = Verb.MOMENT_CONFIRMED
    draft.change(node, present, verb, news)


def _birth(draft: Draft, node: Node) -> dict[str, Any]:
    """What a new entity has beside what the document says of it."""
    if node.kind is Kind.DEPARTMENT:
        return {"path": _path(draft, node)}
    if node.kind in SPOKEN:
        return _voice(draft, node)
    born: dict[str, Any] = {"created_by": draft.actor.member_id}
    if node.kind is Kind.JOURNEY:
        return born | {"owner_id": draft.actor.member_id}
    return born if node.kind in OF_ORGANIZATION else born | {"journey_id": draft.journey_id}


def _path(draft: Draft, node: Node) -> list[Any]:
    key, own = node.said.get("parent"), draft.of(node)
    if key is None:
        return [own]
    above = draft.document.keyed(Kind.DEPARTMENT)[key]
    known = draft.there.paths.get(draft.of(above))
    return [*(_path(draft, above) if known is None else known), own]


def _voice(draft: Draft, node: Node) -> dict[str, Any]:
    assert node.parent is not None
    about = draft.of(node.parent)
    voice: dict[str, Any] = {
        "journey_id": draft.journey_id,
        "author_id": draft.actor.member_id,
        "author_group": draft.actor.group.value,
        "attributed_to": draft.document.label,
    }
    if node.kind is Kind.REPLY:
        return voice | {"annotation_id": about}
    touchpoint = about if node.parent.kind is Kind.TOUCHPOINT else None
    department = {"author_department_id": draft.actor.department_id}
    return voice | department | {"subject_id": about, "touchpoint_id": touchpoint}


def _parents_first(nodes: list[Node]) -> list[Node]:
    """Departments so that each comes after the one it stands below; there are no circles here."""
    ordered: list[Node] = []
    waiting = list(nodes)
    while waiting:
        done = {node.key for node in ordered}
        ready = [n for n in waiting if n.said.get("parent") in (None, *done)]
        ordered += ready
        waiting = [node for node in waiting if node not in ready]
    return ordered
