"""Which structs, enums and unions an annotation reaches."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import msgspec
from msgspec import inspect


def reached(annotations: Iterable[Any]) -> Iterator[inspect.Type]:
    """Yield every type node that the annotations reach, each struct once."""
    seen: set[type] = set()
    waiting: list[Any] = list(inspect.multi_type_info(list(annotations)))
    while waiting:
        node = waiting.pop()
        if isinstance(node, inspect.StructType):
            if node.cls in seen:
                continue
            seen.add(node.cls)
        if isinstance(node, inspect.Type):
            yield node
        waiting.extend(_children(node))


def _children(node: Any) -> list[Any]:
    if isinstance(node, tuple | list):
        return list(node)
    if isinstance(node, inspect.Type | inspect.Field):
        return [getattr(node, name) for name in node.__struct_fields__ if name != "cls"]
    return []


def structs(annotations: Iterable[Any]) -> set[type[msgspec.Struct]]:
    """Give every struct that the annotations reach, nested ones included."""
    return {node.cls for node in reached(annotations) if isinstance(node, inspect.StructType)}


def enums(annotations: Iterable[Any]) -> set[type[Enum]]:
    """Give every enum that the annotations reach."""
    return {node.cls for node in reached(annotations) if isinstance(node, inspect.EnumType)}
