"""What an identity provider says of somebody, and where that puts them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.roles import Group

SENIORITY = tuple(Group)
"""Whoever is in several groups stands in the last of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What a provider says of somebody: who it says that, and who they are to it.

    `groups` and `departments` are the values of the claims that the provider's settings name.
    """

    issuer: str
    subject: str
    name: str
    email: str
    groups: Sequence[str] = ()
    departments: Sequence[str] = ()


def group_of(group_map: str, vouched: Vouched) -> str | None:
    """The group that the claims name, the most senior of several; None when they name none."""
    mapped = json.loads(group_map)
    named = {mapped[value] for value in vouched.groups if value in mapped}
    return max(named, key=SENIORITY.index, default=None)


def departments_of(department_map: str, vouched: Vouched) -> list[UUID]:
    """The departments that the claims name, in the order of the provider."""
    mapped = json.loads(department_map)
    return [UUID(mapped[value]) for value in vouched.departments if value in mapped]
