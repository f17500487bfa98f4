"""What differs between two maps: added, removed, changed field by field, moved.

Two states of one journey are told apart by id, two journeys by lineage: whoever asks chooses the
key of each thing, and of what it stands in.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from domain.rules.arranging import longest_rising
from domain.words import SubjectKind

ORDERED: Final = (SubjectKind.STAGE, SubjectKind.LANE, SubjectKind.TOUCHPOINT)
"""The kinds that stand in an order; all others are only at a place."""

Key = Hashable
"""An id, or a lineage."""


class Change(StrEnum):
    """How a thing differs; one that was moved and changed differs twice."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on a map. `parent` is what it stands in; `fields` are what is compared of it."""

    kind: str
    key: Key
    name: str
    parent: Key | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a thing, before and after."""

    field: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, by what it is called now, or was before it went.

    Of what has moved the fields are `parent` and `after`: what it stands in, and which neighbor it
    follows there.
    """

    change: Change
    kind: str
    key: Key
    name: str
    fields: tuple[FieldChange, ...] = ()


def differences(was: Sequence[Thing], now: Sequence[Thing]) -> list[Difference]:
    """Tell what became of a map, both sides given in the order of the map; nothing for equals."""
    old, new = {one.key: one for one in was}, {one.key: one for one in now}
    found = [_whole(Change.ADDED, one) for one in now if one.key not in old]
    found += [_whole(Change.REMOVED, one) for one in was if one.key not in new]
    for one in now:
        changed = _fields(old[one.key], one) if one.key in old else ()
        if changed:
            found.append(Difference(Change.CHANGED, one.kind, one.key, one.name, changed))
    return found + _moved(was, now)


def _whole(change: Change, thing: Thing) -> Difference:
    return Difference(change, thing.kind, thing.key, thing.name)


def _fields(was: Thing, now: Thing) -> tuple[FieldChange, ...]:
    names = [*now.fields, *(name for name in was.fields if name not in now.fields)]
    told = ((name, was.fields.get(name), now.fields.get(name)) for name in names)
    return tuple(FieldChange(*one) for one in told if one[1] != one[2])


def _moved(was: Sequence[Thing], now: Sequence[Thing]) -> list[Difference]:
    """What stands elsewhere, or of those that stayed the fewest that make the new order."""
    old, before, after = {one.key: one for one in was}, _neighbors(was), _neighbors(now)
    stays = _stays(was, now)
    return [
        Difference(
            Change.MOVED,
            one.kind,
            one.key,
            one.name,
            (
                FieldChange("parent", old[one.key].parent, one.parent),
                FieldChange("after", before[one.key], after[one.key]),
            ),
        )
        for one in now
        if one.kind in ORDERED and one.key in old and one.key not in stays
    ]


def _rows(things: Iterable[Thing]) -> dict[tuple[str, Key | None], list[Key]]:
    rows: dict[tuple[str, Key | None], list[Key]] = {}
    for one in things:
        rows.setdefault((one.kind, one.parent), []).append(one.key)
    return rows


def _neighbors(things: Sequence[Thing]) -> dict[Key, Key | None]:
    """Which sibling each thing follows; None for the first."""
    found: dict[Key, Key | None] = {}
    for row in _rows(things).values():
        found |= zip(row, (None, *row[:-1]), strict=True)
    return found


def _stays(was: Sequence[Thing], now: Sequence[Thing]) -> set[Key]:
    """Those that need not be moved to get from the one order to the other."""
    rows, stays = _rows(was), set[Key]()
    for place, row in _rows(now).items():
        rank = {key: f"{number:09}" for number, key in enumerate(rows.get(place, ()))}
        common = [key for key in row if key in rank]
        stays |= {common[index] for index in longest_rising([rank[key] for key in common])}
    return stays
