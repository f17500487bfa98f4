"""A document as it was read: its nodes in order, each with its place and its key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.errors import FieldError
from domain.words import SubjectKind


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One thing in the document.

    `said` holds the fields that are present and sound; `key` is unique for its kind (that of an
    emotion, an annotation or a reply begins with its parent's) and empty when it cannot be read.
    """

    kind: SubjectKind
    key: str
    pointer: str
    said: Mapping[str, Any]
    parent: "Node | None" = None

    def fault(self, detail: str, code: str, at: str = "") -> FieldError:
        """A fault of this node, or of one of its fields."""
        return FieldError(detail, code, f"{self.pointer}/{at}" if at else self.pointer)

    def fields(self, *references: str) -> dict[str, Any]:
        """The columns it sets: what it says but for its key and the references named."""
        return {k: v for k, v in self.said.items() if k != "key" and k not in references}


@dataclass(frozen=True)
class Document:
    """What an import carries.

    `label` credits the source where a voice has no name of its own. With `appends` the order on
    the map stays, and what is new stands after what is there.
    """

    nodes: Sequence[Node]
    attribution: str = ""
    label: str = ""
    faults: Sequence[FieldError] = field(default_factory=tuple)
    appends: bool = False

    def named(self, ref: str) -> Node | None:
        """The node that a reference names, such as `touchpoint:wait`."""
        return self._by_reference.get(ref)

    @cached_property
    def _by_reference(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for node in self.nodes:
            if node.key:
                found.setdefault(f"{node.kind}:{node.key}", node)
        return found

    def of(self, kind: SubjectKind) -> Iterator[Node]:
        """The nodes of one kind, in their order."""
        return (node for node in self.nodes if node.kind is kind)

    def keyed(self, kind: SubjectKind) -> Mapping[str, Node]:
        """The nodes of one kind by their keys; the first of several with the same one."""
        return self._by_key.get(kind, {})

    @cached_property
    def _by_key(self) -> dict[SubjectKind, dict[str, Node]]:
        found: dict[SubjectKind, dict[str, Node]] = {}
        for node in self.nodes:
            if node.key:
                found.setdefault(node.kind, {}).setdefault(node.key, node)
        return found

    @property
    def journey(self) -> Node | None:
        """The journey's own node, if the document has one."""
        return next(self.of(SubjectKind.JOURNEY), None)

    @property
    def key(self) -> str:
        """The key that says which journey it is; empty where it cannot be read."""
        return self.journey.key if self.journey else ""
