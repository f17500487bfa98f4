"""What a department answers for, on the wire."""

from functools import lru_cache
from uuid import UUID

from msgspec.json import Decoder, decode

from api.schemas.base import Count, Reply, present
from api.schemas.maps.map import (
    MomentAccountable,
    MomentPlaybooks,
    MomentSignOffs,
    lacking,
)
from api.schemas.voices.aggregates import PerceptionGap, widest_gap
from domain.database import Row
from domain.queries.page import Page
from domain.queries.voices.tallies import group_tallies
from domain.rules.missing import Missing
from domain.rules.ratings import aggregate, leaders_shown_from
from domain.words import MomentStatus


class DepartmentMoment(Reply):
    """The moment of a touchpoint. `sign_offs` is null where none are asked for."""

    id: UUID
    status: MomentStatus
    accountable: MomentAccountable | None
    playbooks: MomentPlaybooks
    sign_offs: MomentSignOffs | None


class DepartmentTouchpoint(Reply):
    """A touchpoint that the department answers for, with what you can see of it.

    `department_id` is the one that answers, which may be one below. `widest_gap` leaves out groups
    too few to show. `missing` names what its moment lacks; without a moment it is empty.
    """

    touchpoint_id: UUID
    touchpoint_name: str
    department_id: UUID
    stage_id: UUID
    journey_id: UUID
    journey_title: str
    path: str
    moment: DepartmentMoment | None
    open_threads: Count
    ratings: Count
    widest_gap: PerceptionGap | None
    missing: list[Missing]


class DepartmentTouchpointPage(Reply):
    """Touchpoints, in the order in which they were made."""

    items: list[DepartmentTouchpoint]
    next_cursor: str | None


_MOMENT = Decoder(DepartmentMoment | None)


def department_touchpoints(page: Page) -> DepartmentTouchpointPage:
    """A page of what a department answers for."""
    items = [_touchpoint(row) for row in page.rows]
    return DepartmentTouchpointPage(items=items, next_cursor=page.next_cursor)


def _touchpoint(row: Row) -> DepartmentTouchpoint:
    moment = _MOMENT.decode(row["moment"] or "null")
    ratings, gap = _rated(row["tallies"] or "[]", leaders_shown_from(row["names_leaders"]))
    return present(
        DepartmentTouchpoint,
        row,
        path=" > ".join(row[name] for name in ("journey_title", "stage_name", "touchpoint_name")),
        moment=moment,
        ratings=ratings,
        widest_gap=gap,
        missing=_missing(row["department_id"], moment),
    )


@lru_cache(maxsize=4096)
def _rated(tallies: str, leaders_from: int) -> tuple[int, PerceptionGap | None]:
    """How many ratings there are and the widest gap, remembered by what they are made of."""
    found = aggregate(group_tallies(decode(tallies)), leaders_from=leaders_from)
    return found.n, widest_gap(found)


def _missing(department_id: UUID, moment: DepartmentMoment | None) -> list[Missing]:
    if moment is None:
        return []
    return lacking(department_id, moment.accountable, moment.playbooks, moment.sign_offs)
