"""What can be wrong inside a document: keys that stand twice, and keys that name nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from domain.errors import FieldError
from domain.services.maps.imports.document import Document, Node
from domain.words import LaneKind, SubjectKind

Kind = SubjectKind
Known = Mapping[Kind, Mapping[str, Node]]

# kind: {field: the kind whose key it names}
NAMED = {
    Kind.JOURNEY: {"department": Kind.DEPARTMENT},
    Kind.DEPARTMENT: {"parent": Kind.DEPARTMENT},
    Kind.TOUCHPOINT: {"responsible_department": Kind.DEPARTMENT},
    Kind.EMOTION: {"persona": Kind.PERSONA},
    Kind.CELL: {"stage": Kind.STAGE, "touchpoint": Kind.TOUCHPOINT},
    Kind.MOMENT: {"touchpoint": Kind.TOUCHPOINT},
    Kind.PLAYBOOK: {"moment": Kind.MOMENT},
    Kind.FINDING: {
        "touchpoint": Kind.TOUCHPOINT,
        "department": Kind.DEPARTMENT,
        "caused_by": Kind.FINDING,
        "merged_into": Kind.FINDING,
    },
    Kind.OPPORTUNITY: {"touchpoint": Kind.TOUCHPOINT, "merged_into": Kind.OPPORTUNITY},
    Kind.ACTION: {
        "touchpoint": Kind.TOUCHPOINT,
        "opportunity": Kind.OPPORTUNITY,
        "moment": Kind.MOMENT,
        "department": Kind.DEPARTMENT,
    },
    Kind.OUTCOME: {"action": Kind.ACTION, "metric": Kind.METRIC},
}
AFTER = ("caused_by", "merged_into")
_DRAWN = (Kind.STAGE, Kind.LANE, Kind.CELL, Kind.TOUCHPOINT, Kind.EMOTION, Kind.MOMENT)
_FOLLOWED = (Kind.FINDING, Kind.OPPORTUNITY, Kind.ACTION)
# kind: {field: the kinds of parts that it may name}
REFERRING: Mapping[Kind, Mapping[str, Sequence[Kind]]] = {
    Kind.ANNOTATION: {"about": (Kind.JOURNEY, Kind.PERSONA, *_DRAWN, *_FOLLOWED)},
    Kind.EVIDENCE: {"about": (Kind.JOURNEY, Kind.ANNOTATION, *_DRAWN, *_FOLLOWED)},
    Kind.METRIC_LINK: {
        "about": (
            Kind.JOURNEY, Kind.STAGE, Kind.TOUCHPOINT, Kind.PERSONA, Kind.MOMENT, Kind.ACTION,
        )
    },
    Kind.SOURCE: {
        "of": _FOLLOWED,
        "follows": (
            Kind.ANNOTATION, Kind.FINDING, Kind.OPPORTUNITY, Kind.MOMENT, Kind.TOUCHPOINT,
        ),
    },
}  # fmt: skip


def reference_faults(document: Document) -> Iterator[FieldError]:
    """Everything that the document says about itself and that is not so."""
    known = {kind: document.keyed(kind) for kind in Kind}
    for check in CHECKS:
        yield from check(document, known)


def _twice(document: Document, known: Known) -> Iterator[FieldError]:
    for node in document.nodes:
        first = known[node.kind].get(node.key)
        if first is not None and first is not node:
            yield _second(node, first)


def _second(node: Node, first: Node) -> FieldError:
    if node.kind is Kind.CELL:
        detail = f"Two cells at one place: the other one is {first.pointer}."
        return node.fault(detail, "duplicate_cell")
    detail = f"This {node.kind} has the key of {first.pointer}: give it one of its own."
    return node.fault(detail, "duplicate_key", "key")


def _named(document: Document, known: Known) -> Iterator[FieldError]:
    for node in document.nodes:
        for name, kind in NAMED.get(node.kind, {}).items():
            key = node.said.get(name)
            if key is not None and key not in known[kind]:
                detail = f"The document has no {kind} with the key {key!r}."
                yield node.fault(detail, f"unknown_{kind}", name)


def _referring(document: Document, _: Known) -> Iterator[FieldError]:
    for node in document.nodes:
        for name, kinds in REFERRING.get(node.kind, {}).items():
            ref = node.said.get(name)
            if ref is None:
                continue
            found = document.named(ref)
            if found is None:
                yield node.fault(f"The document has no part {ref!r}.", "unknown_part", name)
            elif found.kind not in kinds:
                listed = ", ".join(kinds)
                yield node.fault(f"Name one of these: {listed}.", "wrong_kind", name)


def _cells(document: Document, _: Known) -> Iterator[FieldError]:
    for node in document.of(Kind.CELL):
        if (node.said.get("stage") is None) is (node.said.get("touchpoint") is None):
            yield node.fault("Name either a stage or a touchpoint.", "one_place")
        kind = node.parent.said.get("kind") if node.parent else None
        if kind not in (None, LaneKind.CUSTOM):
            yield node.fault(f"A lane of {kind} has no cells of its own.", "not_custom")


def _moments(document: Document, _: Known) -> Iterator[FieldError]:
    taken: dict[str, Node] = {}
    for node in document.of(Kind.MOMENT):
        key = node.said.get("touchpoint")
        if key is not None and taken.setdefault(key, node) is not node:
            detail = f"{taken[key].pointer} makes a moment of this touchpoint already."
            yield node.fault(detail, "duplicate_moment", "touchpoint")


def _departments(document: Document, known: Known) -> Iterator[FieldError]:
    names: dict[str, Node] = {}
    for node in document.of(Kind.DEPARTMENT):
        name = str(node.said.get("name", "")).lower()
        if name and names.setdefault(name, node) is not node:
            detail = f"{names[name].pointer} has this name already."
            yield node.fault(detail, "duplicate_name", "name")
        if _circles(node, known[Kind.DEPARTMENT]):
            detail = "A department cannot stand below itself: choose another parent."
            yield node.fault(detail, "department_cycle", "parent")


def _circles(node: Node, departments: Mapping[str, Node]) -> bool:
    above, climbed = departments.get(str(node.said.get("parent"))), 0
    while above is not None and above is not node and climbed < len(departments):
        above, climbed = departments.get(str(above.said.get("parent"))), climbed + 1
    return above is node


def _merged(document: Document, _: Known) -> Iterator[FieldError]:
    for kind in (Kind.FINDING, Kind.OPPORTUNITY):
        for node in document.of(kind):
            merged = node.said.get("status") == "merged"
            if merged is (node.said.get("merged_into") is None):
                detail = "One that is merged names what it is part of now, and no other does."
                yield node.fault(detail, "merged_into", "merged_into")


def _rounds(document: Document, known: Known) -> Iterator[FieldError]:
    """What comes after itself could not be written in any order."""
    for kind in (Kind.FINDING, Kind.OPPORTUNITY):
        settled: set[str] = set()
        for node in document.of(kind):
            for name in AFTER:
                if _comes_round(node, name, known[kind], settled):
                    yield node.fault("It follows from itself, in the end.", "circle", name)


def _comes_round(node: Node, name: str, known: Mapping[str, Node], settled: set[str]) -> bool:
    """Whether the way from a node over one of its references leads back to it."""
    waiting, met = [node.said.get(name)], set[str]()
    while waiting:
        key = waiting.pop()
        if key == node.key:
            return True
        one = known.get(str(key))
        if one is None or one.key in met or one.key in settled:
            continue
        met.add(one.key)
        waiting += [one.said.get(after) for after in AFTER]
    settled |= met
    return False


CHECKS: tuple[Callable[[Document, Known], Iterator[FieldError]], ...] = (
    _twice,
    _named,
    _referring,
    _cells,
    _merged,
    _rounds,
    _moments,
    _departments,
)
