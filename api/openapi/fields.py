"""What a class says of its fields: the string under each one, as editors read it too."""

import ast
from functools import cache
from importlib import import_module
from inspect import cleandoc, getsource
from itertools import pairwise

from msgspec import Struct


@cache
def field_words(kind: type) -> dict[str, str]:
    """Give the words under each field of a class, inherited fields included."""
    words: dict[str, str] = {}
    for layer in reversed(kind.__mro__):
        if issubclass(layer, Struct) and layer is not Struct:
            words |= _own_words(layer)
    return words


def _own_words(layer: type) -> dict[str, str]:
    body = _classes(layer.__module__)[layer.__qualname__]
    return {
        field.target.id: " ".join(cleandoc(str(below.value.value)).split())
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
    }


@cache
def _classes(module: str) -> dict[str, list[ast.stmt]]:
    """What the classes of a module hold; asked for one class, inspect parses the whole file."""
    tree = ast.parse(getsource(import_module(module)))
    return {one.name: one.body for one in tree.body if isinstance(one, ast.ClassDef)}
