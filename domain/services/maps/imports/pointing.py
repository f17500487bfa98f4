"""Columns that point at another part of the document."""

from typing import Any

from domain.services.maps.imports.document import Node
from domain.services.maps.imports.draft import Draft
from domain.words import SubjectKind


def reference(
    draft: Draft, node: Node, name: str, kind: SubjectKind, column: str
) -> dict[str, Any]:
    """A column that names something by its id; absent keeps, null clears."""
    if name not in node.said:
        return {}
    key = node.said[name]
    return {column: None if key is None else draft.id_of(kind, key)}
