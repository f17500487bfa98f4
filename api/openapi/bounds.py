"""The bounds that replies have because requests have them.

What a noun's requests say of a field holds for the noun's replies: a title cannot come out longer
than it went in. Which way it went in, the field's own route or an import, is not told apart, so
the widest bound that any request has for a field of this name counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from api.openapi.shapes import Schema

WIDEST = {"maxLength": max, "maxItems": max, "maximum": max, "minimum": min}
KINDS = {
    "string": ("maxLength",),
    "array": ("maxItems",),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
}
Bounds = dict[str, dict[str, float]]


def bound_replies(
    schemas: Mapping[str, Schema], requests: Iterable[type], replies: Iterable[type]
) -> None:
    """Bound each field of a reply as the requests beside it, in the same module, do."""
    taken: dict[str, set[str]] = defaultdict(set)
    widest: Bounds = defaultdict(dict)
    for struct in requests:
        for name, field in schemas[struct.__name__].get("properties", {}).items():
            taken[struct.__module__].add(name)
            _widen(widest[name], field)
    for struct in replies:
        for name, field in schemas[struct.__name__].get("properties", {}).items():
            if name in taken[struct.__module__]:
                _bound(field, widest[name])


def kind_of(schema: Schema) -> str:
    """Give the type of a schema, whether it may be null or not."""
    kinds = schema.get("type", "")
    if isinstance(kinds, list):
        return next((kind for kind in kinds if kind != "null"), "")
    return str(kinds)


def _widen(known: dict[str, float], field: Schema) -> None:
    for key, wider in WIDEST.items():
        if key in field:
            known[key] = wider(known.get(key, field[key]), field[key])


def _bound(field: Schema, known: Mapping[str, float]) -> None:
    if "enum" in field or "const" in field or ("format" in field and kind_of(field) == "string"):
        return
    for key in KINDS.get(kind_of(field), ()):
        if key in known:
            field.setdefault(key, known[key])
