"""What every schema shares: requests refuse what they do not know, replies say everything."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct

R = TypeVar("R", bound="Reply")

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Line = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(max_length=10_000)]
Statements = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=1_000)]], Meta(max_length=50)
]
Email = Annotated[str, Meta(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Instant = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Version = Annotated[int, Meta(ge=0, le=2_147_483_647)]
Revision = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]


class Body(Struct, kw_only=True, forbid_unknown_fields=True):
    """What a request may say. In a change, absent leaves a field and null clears it."""


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
    if isinstance(source, Mapping) or hasattr(source, "keys"):
        found = {name: source[name] for name in _fields(kind) if name not in more}
    else:
        found = {name: getattr(source, name) for name in _fields(kind) if name not in more}
    return kind(**found, **more)


@cache
def _fields(kind: type[Reply]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(kind))
