"""Drawing the draft: every node in the order it must be made, new, changed or left alone."""

from collections.abc import Collection, Mapping
from typing import Any

from domain.clock import now
from domain.facts import Verb
from domain.models.base import Recorded
from domain.results import OutcomeStatus
from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.services.maps.imports.fill import FILLINGS, Filling
from domain.services.maps.imports.fill_results import born, owned, touchpoint_of
from domain.services.maps.imports.rights import differing
from domain.words import MomentStatus, SubjectKind

Kind = SubjectKind
CONNECTING = (Kind.CELL, Kind.OUTCOME, Kind.SOURCE, Kind.METRIC_LINK)
"""What is known by what it connects, and so has its id after those."""
STATES = {
    Kind.FINDING: ("status", "status_note", "merged_into_id"),
    Kind.OPPORTUNITY: ("status", "status_note", "merged_into_id"),
    Kind.ACTION: ("status", "status_note"),
    Kind.OUTCOME: ("touchpoint_id",),
}
"""Where something stands is moved there, and not by a document, once it is here."""
ABOVE = {
    Kind.DEPARTMENT: ("parent",),
    Kind.FINDING: ("caused_by", "merged_into"),
    Kind.OPPORTUNITY: ("merged_into",),
}
"""What of the same kind must be made first."""
OF_ORGANIZATION = (Kind.DEPARTMENT, Kind.CHANNEL, Kind.PERSONA)
OF_IMPORTER = (
    Kind.FINDING, Kind.OPPORTUNITY, Kind.EVIDENCE, Kind.ACTION, Kind.OUTCOME, Kind.METRIC,
)  # fmt: skip
"""What says in columns of its own whose it is."""
SPOKEN = (Kind.ANNOTATION, Kind.REPLY)
MOVES = {Kind.STAGE: Verb.STAGE_MOVED, Kind.TOUCHPOINT: Verb.TOUCHPOINT_MOVED}


def draw(draft: Draft, kinds: Collection[SubjectKind]) -> None:
    """Put what is of these kinds in the document into the draft.

    What is new gets its id in the order of the document.
    """
    for node in draft.document.nodes:
        if node.kind not in CONNECTING:
            draft.of(node)
    for kind, filling in FILLINGS.items():
        if kind not in kinds:
            continue
        nodes = list(draft.document.of(kind))
        for node in _parents_first(nodes, ABOVE[kind]) if kind in ABOVE else nodes:
            _draw(draft, node, filling)


def _draw(draft: Draft, node: Node, filling: Filling) -> None:
    fields = filling.fields(draft, node)
    present = draft.present(node)
    if present is not None:
        for name in STATES.get(node.kind, ()):
            fields.pop(name, None)
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
    if node.kind is Kind.METRIC:
        return node.said["name"] in draft.there.metrics
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
    elif node.kind is Kind.OUTCOME:
        news |= _unjudged(draft) | owned(draft, node)
    elif news.keys() <= {"position", "stage_id"}:
        verb = MOVES.get(node.kind, verb)
    elif news.get("status") == MomentStatus.CONFIRMED:
        verb = Verb.MOMENT_CONFIRMED
    draft.change(node, present, verb, news)


def _unjudged(draft: Draft) -> dict[str, Any]:
    """Whoever records other figures answers for them; what was said of the old ones is void."""
    again = {"status": OutcomeStatus.RECORDED.value, "recorded_by": draft.actor.member_id}
    return again | {"judged_by": None, "judged_at": None, "judgment_note": ""}


def _birth(draft: Draft, node: Node) -> dict[str, Any]:
    """What a new entity has beside what the document says of it."""
    if node.kind is Kind.DEPARTMENT:
        return {"path": _path(draft, node)}
    if node.kind in SPOKEN:
        return _voice(draft, node)
    if node.kind in OF_IMPORTER:
        return born(draft, node) | {"journey_id": draft.journey_id}
    own: dict[str, Any] = {"created_by": draft.actor.member_id}
    if node.kind is Kind.JOURNEY:
        return own | {"owner_id": draft.actor.answerable}
    return own if node.kind in OF_ORGANIZATION else own | {"journey_id": draft.journey_id}


def _path(draft: Draft, node: Node) -> list[Any]:
    key, own = node.said.get("parent"), draft.of(node)
    if key is None:
        return [own]
    above = draft.document.keyed(Kind.DEPARTMENT)[key]
    known = draft.there.paths.get(draft.of(above))
    return [*(_path(draft, above) if known is None else known), own]


def _voice(draft: Draft, node: Node) -> dict[str, Any]:
    named = draft.document.named(node.said["about"]) if "about" in node.said else node.parent
    assert named is not None
    about = draft.of(named)
    voice: dict[str, Any] = {
        "journey_id": draft.journey_id,
        "author_id": draft.actor.member_id,
        "author_group": draft.actor.group.value,
        "attributed_to": draft.document.label,
    }
    if node.kind is Kind.REPLY:
        return voice | {"annotation_id": about}
    department = {"author_department_id": draft.actor.department_id}
    at = {"subject_id": about, "touchpoint_id": touchpoint_of(draft, named)}
    return voice | department | at | _closed(draft, node)


def _closed(draft: Draft, node: Node) -> dict[str, Any]:
    """How a thread was closed: by the importer, as far as anybody here can tell."""
    resolution = node.said.get("resolution")
    if resolution is None:
        return {}
    note = node.said.get("resolution_note", "")
    by = {"resolved_by": draft.actor.member_id, "resolved_at": now()}
    return by | {"resolution": resolution, "resolution_note": note}


def _parents_first(nodes: list[Node], above: tuple[str, ...]) -> list[Node]:
    """Nodes so that each comes after those it stands below; there are no circles here."""
    by_key = {node.key: node for node in nodes}
    ordered: dict[str, Node] = {}

    def take(node: Node) -> None:
        waiting = [node]
        while waiting:
            one = waiting[-1]
            open_ones = [
                by_key[key]
                for key in map(one.said.get, above)
                if key in by_key and key not in ordered
            ]
            waiting += open_ones
            if not open_ones:
                ordered.setdefault(one.key, one)
                waiting.pop()

    for node in nodes:
        take(node)
    return list(ordered.values())
