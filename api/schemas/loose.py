"""Reading a large document so that every fault is found, not only the first.

The document is decoded into plain values; then each object is held against its own struct, field
by field. Lists of structs become children, which are read for themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import islice
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Meta

from api.middleware.advice import advise
from api.middleware.json_gate import below
from api.middleware.strict_request import nearest, place
from api.schemas.base import YEARS, Body
from domain.errors import FieldError

MOST_STRANGERS = 100


@dataclass(frozen=True, slots=True)
class Object:
    """One object of the document: the fields that are sound, and the objects inside it."""

    kind: type[Body]
    pointer: str
    said: dict[str, Any] = field(default_factory=dict)
    inside: dict[str, list["Object"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a struct; `child` is the struct it holds, one of them or `many`."""

    type: Any
    required: bool
    child: type[Body] | None
    many: bool
    most: int
    may_be_null: bool = False


def read(raw: Any, kind: type[Body], faults: list[FieldError], pointer: str = "#") -> Object:
    """Hold `raw` against a struct and everything inside it, adding every fault to `faults`."""
    found = Object(kind, pointer)
    if not isinstance(raw, Mapping):
        faults.append(FieldError("An object is expected here.", "invalid", pointer))
        return found
    fields = fields_of(kind)
    faults += _strangers(raw, fields, pointer)
    for name, one in fields.items():
        if name in raw:
            _take(found, name, one, raw[name], faults)
        elif one.required:
            detail = f"The field {name!r} is required."
            faults.append(FieldError(detail, "missing", below(pointer, name)))
    return found


def _strangers(
    raw: Mapping[str, Any], fields: Mapping[str, Field], pointer: str
) -> Iterator[FieldError]:
    for name in islice((name for name in raw if name not in fields), MOST_STRANGERS):
        detail = f"There is no field {name[:100]!r} here."
        yield FieldError(detail, "unknown_field", below(pointer, name[:100]))


def _take(found: Object, name: str, one: Field, value: Any, faults: list[FieldError]) -> None:
    pointer = below(found.pointer, name)
    if one.child is None or (value is None and one.may_be_null):
        try:
            taken = msgspec.convert(value, one.type)
        except msgspec.ValidationError as error:
            detail, inner = place(str(error))
            advice = advise(detail, one.type, inner)
            inside = nearest(inner).removeprefix("#")
            faults.append(FieldError(advice, "invalid", pointer + inside))
        else:
            if isinstance(taken, date) and taken.year not in YEARS:
                detail = f"Choose a year from {YEARS.start} to {YEARS.stop - 1}."
                faults.append(FieldError(detail, "out_of_range", pointer))
            else:
                found.said[name] = taken
    elif not one.many:
        found.inside[name] = [read(value, one.child, faults, pointer)]
    else:
        found.inside[name] = _take_all(value, one, one.child, faults, pointer)


def _take_all(
    value: Any, one: Field, child: type[Body], faults: list[FieldError], pointer: str
) -> list[Object]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        faults.append(FieldError("A list is expected here.", "invalid", pointer))
        return []
    if len(value) > one.most:
        detail = f"At most {one.most} are allowed here, not {len(value)}."
        faults.append(FieldError(detail, "too_many", pointer))
        return []
    return [read(item, child, faults, f"{pointer}/{index}") for index, item in enumerate(value)]


@cache
def fields_of(kind: type[Body]) -> dict[str, Field]:
    """The fields of a struct by the names they have on the wire."""
    return {
        one.encode_name: _described(one.type, one.required) for one in msgspec.structs.fields(kind)
    }


def _described(annotation: Any, required: bool) -> Field:
    plain, most = annotation, 0
    for meta in getattr(annotation, "__metadata__", ()):
        plain = annotation.__origin__
        most = meta.max_length or most if isinstance(meta, Meta) else most
    plain = _without_null(plain)
    many = get_origin(plain) is list
    child = get_args(plain)[0] if many else plain
    holds = isinstance(child, type) and issubclass(child, Body)
    null = plain is not annotation and plain is child
    return Field(annotation, required, child if holds else None, many, most, null)


def _without_null(annotation: Any) -> Any:
    """The one struct of `Struct | None`; anything else as it is."""
    if get_origin(annotation) is not UnionType:
        return annotation
    some = [one for one in get_args(annotation) if one is not type(None)]
    return some[0] if len(some) == 1 else annotation
