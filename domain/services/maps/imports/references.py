"""What can be wrong inside a document: keys that stand twice, and keys that name nothing."""

from collections.abc import Callable, Iterator, Mapping

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
}


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


CHECKS: tuple[Callable[[Document, Known], Iterator[FieldError]], ...] = (
    _twice,
    _named,
    _cells,
    _moments,
    _departments,
)
