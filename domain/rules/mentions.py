"""Mentions: tokens in a text that stand for members, departments and groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.roles import Group

MOST: Final = 20
"""How many different ones a text may mention."""

_ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_GROUPS = "|".join(group.value for group in Group)
TOKEN: Final = re.compile(
    rf"(?<!\\)@\[(?:(?P<who>member|department):(?P<id>{_ID})|group:(?P<group>{_GROUPS}))\]"
)
"""`@[member:UUID]`, `@[department:UUID]` or `@[group:frontline_staff]`; not after a backslash."""


class Mentioned(StrEnum):
    """What can be mentioned."""

    MEMBER = "member"
    DEPARTMENT = "department"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a text mentions, each once, in the order in which it first does."""

    members: tuple[UUID, ...] = ()
    departments: tuple[UUID, ...] = ()
    groups: tuple[Group, ...] = ()

    def __iter__(self) -> Iterator[tuple[Mentioned, UUID | Group]]:
        """Each with its kind."""
        yield from ((Mentioned.MEMBER, one) for one in self.members)
        yield from ((Mentioned.DEPARTMENT, one) for one in self.departments)
        yield from ((Mentioned.GROUP, one) for one in self.groups)

    @property
    def too_many(self) -> bool:
        """Whether a text may not mention that many."""
        return len(self.members) + len(self.departments) + len(self.groups) > MOST


def mentions(text: str) -> Mentions:
    """Whom a text mentions. Whatever is not quite a token is text like any other."""
    found = dict.fromkeys(_found(text))
    return Mentions(
        tuple(UUID(value) for kind, value in found if kind is Mentioned.MEMBER),
        tuple(UUID(value) for kind, value in found if kind is Mentioned.DEPARTMENT),
        tuple(Group(value) for kind, value in found if kind is Mentioned.GROUP),
    )


def _found(text: str) -> Iterator[tuple[Mentioned, str]]:
    for token in TOKEN.finditer(text):
        if token["group"]:
            yield Mentioned.GROUP, token["group"]
        else:
            yield Mentioned(token["who"]), token["id"].lower()
