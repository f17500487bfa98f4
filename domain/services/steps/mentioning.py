"""Mentioning others in what one says: only whom it reaches, and remembered as it was written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.actor import Actor
from domain.database import Row, Transaction
from domain.errors import FieldError, Invalid
from domain.queries.voices.mentions import named
from domain.roles import Group
from domain.rules.audience import audience
from domain.rules.mentions import MOST, Mentioned, Mentions, mentions

_UNKNOWN = {
    Mentioned.MEMBER: "unknown_member",
    Mentioned.DEPARTMENT: "unknown_department",
    Mentioned.GROUP: "unknown_group",
}
_CANNOT_SEE = "cannot see this: leave the mention out, or show the annotation to more people."


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: in which journey, shown to whom, by which author who is named."""

    journey_id: UUID
    visibility: str
    author_group: str
    author_id: UUID | None

    @property
    def groups(self) -> frozenset[Group]:
        """The groups that see it."""
        return audience(self.visibility, self.author_group)


@dataclass(frozen=True, slots=True)
class Words:
    """The columns of a text with whom it mentions, and the names of those."""

    columns: Mapping[str, Any]
    names: Mapping[UUID, str]


def kept(row: Row) -> frozenset[Any]:
    """Whom something mentions already."""
    people, units = row["mentioned_member_ids"], row["mentioned_department_ids"]
    return frozenset((*people, *units, *row["mentioned_groups"]))


async def mentioning(
    tx: Transaction, actor: Actor, body: str, place: Place, kept: Collection[Any] = ()
) -> Words:
    """Whom a text mentions; Invalid where there is nobody such, or it does not reach them.

    Whoever is in `kept` was mentioned before and may stay, whatever has become of them.
    """
    found = mentions(body)
    if found.too_many:
        raise _refused(f"Mention {MOST} members, departments and groups at most.", "many_mentions")
    names: dict[UUID, str] = {}
    fresh = _without(found, kept)
    if fresh != Mentions():
        there: Sequence[Row] = ()
        if fresh.members or fresh.departments:
            where = (place.journey_id, place.author_id)
            there = await named(tx, actor, fresh, where, place.groups)
        _check(fresh, there, place.groups)
        names = {row["id"]: row["name"] for row in there}
    return Words(_columns(found), names)


def _without(found: Mentions, kept: Collection[Any]) -> Mentions:
    return replace(
        found,
        members=tuple(one for one in found.members if one not in kept),
        departments=tuple(one for one in found.departments if one not in kept),
        groups=tuple(one for one in found.groups if one not in kept),
    )


def _columns(found: Mentions) -> dict[str, Any]:
    return {
        "mentioned_member_ids": list(found.members),
        "mentioned_department_ids": list(found.departments),
        "mentioned_groups": [group.value for group in found.groups],
    }


def _check(found: Mentions, there: Sequence[Row], groups: Collection[Group]) -> None:
    faults = list(_faults(found, there, groups))
    if faults:
        raise Invalid(faults[0].detail, code=faults[0].code, errors=faults)


def _faults(
    found: Mentions, there: Sequence[Row], groups: Collection[Group]
) -> Iterator[FieldError]:
    reached = {(row["kind"], row["id"]): row["reached"] for row in there}
    reached |= {(Mentioned.GROUP, group): group in groups for group in found.groups}
    for one in found:
        if one not in reached:
            kind = "active member" if one[0] is Mentioned.MEMBER else one[0].value
            yield _fault(f"There is no {kind} {one[1]} to mention.", _UNKNOWN[one[0]])
        elif not reached[one]:
            yield _fault(f"The {one[0]} {one[1]} {_CANNOT_SEE}", "mention_cannot_see")


def _fault(detail: str, code: str) -> FieldError:
    return FieldError(detail, code, pointer="#/body")


def _refused(detail: str, code: str) -> Invalid:
    return Invalid(detail, code=code, errors=[_fault(detail, code)])
