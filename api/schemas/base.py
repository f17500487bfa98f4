"""What every schema shares: requests refuse what they do not know, replies say everything."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from operator import attrgetter, itemgetter
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct

from domain.errors import FieldError, Invalid

R = TypeVar("R", bound="Reply")

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Line = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(max_length=10_000)]
Statements = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=1_000)]], Meta(max_length=50)
]
Email = Annotated[str, Meta(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$(?!\n)")]
Instant = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Version = Annotated[int, Meta(ge=0, le=2_147_483_647)]
Revision = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]

# Far enough from what the calendar of Python and of the database can hold to reckon with.
YEARS = range(1900, 3000)


class Body(Struct, kw_only=True, forbid_unknown_fields=True):
    """What a request may say. In a change, absent leaves a field and null clears it."""

    def __post_init__(self) -> None:
        """Invalid, with a pointer, when a date or an instant is out of all reason."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, date) and value.year not in YEARS:
                detail = f"Choose a year from {YEARS.start} to {YEARS.stop - 1}."
                fault = FieldError(detail, "out_of_range", f"#/{name}")
                raise Invalid(detail, code="out_of_range", errors=[fault])


class Reply(Struct, kw_only=True):
    """What a reply says: every field, always; null where there is nothing."""


def changes(body: Body) -> dict[str, Any]:
    """The fields that a change names."""
    return {
        name: value
        for name in body.__struct_fields__
        if (value := getattr(body, name)) is not UNSET
    }


def without(body: Body, *names: str) -> dict[str, Any]:
    """The same, but for the fields that are not the resource's own."""
    return {name: value for name, value in changes(body).items() if name not in names}


def present(kind: type[R], source: Any, **more: Any) -> R:
    """A reply from a row or an entity, field by field; `more` adds or replaces."""
    reading = _reading(kind, frozenset(more), hasattr(source, "keys"))
    return kind(**dict(zip(reading.names, reading.read(source), strict=True)), **more)


class Reading(NamedTuple):
    """The fields that are taken from a source, and how all of them are read at once."""

    names: tuple[str, ...]
    read: Callable[[Any], tuple[Any, ...]]


@cache
def _reading(kind: type[Reply], given: frozenset[str], is_row: bool) -> Reading:
    fields = (field.name for field in msgspec.structs.fields(kind))
    names = tuple(name for name in fields if name not in given)
    getter = itemgetter if is_row else attrgetter
    if len(names) > 1:
        return Reading(names, getter(*names))
    return Reading(names, lambda source: tuple(getter(name)(source) for name in names))
