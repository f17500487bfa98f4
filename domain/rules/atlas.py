"""What is mapped and what is not: how far each journey is, and who has none where."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final
from uuid import UUID

from domain.results import MappingStatus
from domain.words import JourneyState, JourneyStatus

LIVE: Final = frozenset({JourneyStatus.APPROVED, JourneyStatus.PUBLISHED})


class Columns(StrEnum):
    """What stands across the grid of the atlas; personas stand down its side."""

    DEPARTMENT = "department"
    FOCUS = "focus"


def mapping_status(status: str, state: str, touchpoints: int) -> MappingStatus:
    """How far a journey is mapped; whatever is archived is retired, whatever is empty unmapped."""
    if status == JourneyStatus.ARCHIVED:
        return MappingStatus.RETIRED
    if not touchpoints:
        return MappingStatus.UNMAPPED
    if state == JourneyState.FUTURE:
        return MappingStatus.PROTOTYPE
    return MappingStatus.LIVE if status in LIVE else MappingStatus.DRAFT


@dataclass(frozen=True, slots=True)
class Charted:
    """A journey in the grid: for whom it is, and in which column it stands."""

    id: UUID
    mapping: MappingStatus
    persona_ids: Sequence[UUID]
    column: Hashable | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid; None stands for journeys that name no persona, or no column."""

    persona_id: UUID | None
    column: Hashable | None
    journey_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where journeys stand, and where a persona and a column meet without one."""

    filled: list[Cell]
    empty: list[tuple[UUID, Hashable]]


def grid(
    journeys: Iterable[Charted], personas: Sequence[UUID], columns: Sequence[Hashable]
) -> Grid:
    """Put journeys where they belong, in the order of the personas and columns given.

    Retired ones map nothing any more. What no list names comes last.
    """
    found: dict[tuple[UUID | None, Hashable | None], list[UUID]] = {}
    for one in journeys:
        if one.mapping is not MappingStatus.RETIRED:
            for persona in one.persona_ids or (None,):
                found.setdefault((persona, one.column), []).append(one.id)
    down, across = _order(personas), _order(columns)
    places = sorted(found, key=lambda at: (*_rank(down, at[0]), *_rank(across, at[1])))
    filled = [Cell(*at, tuple(found[at])) for at in places]
    return Grid(filled, [at for at in product(personas, columns) if at not in found])


def _order(named: Sequence[Hashable]) -> Mapping[Hashable, int]:
    return {one: place for place, one in enumerate(named)}


def _rank(order: Mapping[Hashable, int], one: Hashable | None) -> tuple[int, str]:
    return (len(order) + 1, "") if one is None else (order.get(one, len(order)), str(one))
