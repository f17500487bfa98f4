"""The list of journeys: one statement for the page, its counts, worst moments and staleness."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    Boolean,
    ColumnElement,
    DateTime,
    Select,
    Text,
    Uuid,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey, JourneyPersona
from domain.models.records.ledger import OF_MAP, Entry, Head
from domain.queries.accountability.satisfaction import ruled_journey, states
from domain.queries.life.reviews import stale
from domain.queries.maps.journey_counts import (
    CHILDREN,
    OPEN_THREADS,
    STAGES,
    TOUCHPOINTS,
    moments_of,
)
from domain.queries.maps.journeys import PERSONA_IDS
from domain.queries.maps.places import ROLES
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.words import JourneyStatus


class JourneySort(StrEnum):
    """The order of the list; a minus turns it around."""

    TITLE = "title"
    TITLE_DOWN = "-title"
    UPDATED_AT = "updated_at"
    UPDATED_AT_DOWN = "-updated_at"


# As much of a title as a cursor can carry; ties are broken by id.
_TITLE = func.left(func.lower(Journey.title), 50)


@dataclass(frozen=True, slots=True)
class _Order:
    key: Any
    kind: Any
    down: bool

    def clauses(self) -> list[Any]:
        columns = [self.key, Journey.id]
        return [column.desc() for column in columns] if self.down else columns

    def beyond(self) -> ColumnElement[bool]:
        here = tuple_(self.key, Journey.id)
        last = tuple_(bindparam("last_key", type_=self.kind), bindparam("last_id", type_=Uuid()))
        return here < last if self.down else here > last


_ORDERS = {
    JourneySort.TITLE: _Order(_TITLE, Text(), False),
    JourneySort.TITLE_DOWN: _Order(_TITLE, Text(), True),
    JourneySort.UPDATED_AT: _Order(Journey.updated_at, DateTime(timezone=True), False),
    JourneySort.UPDATED_AT_DOWN: _Order(Journey.updated_at, DateTime(timezone=True), True),
}


# The last change that everybody sees: the time of a voice would tell of one that is not for all.
_CHANGED_AT = (
    select(Entry.at)
    .where(Entry.organization_id == ORGANIZATION, Entry.stream_id == Journey.id, text(OF_MAP))
    .order_by(Entry.revision.desc())
    .limit(literal_column("1"))
    .correlate(Journey)
    .scalar_subquery()
)


def _any(name: str) -> Any:
    return bindparam(name, type_=ARRAY(Text())).any_()


def _department() -> ColumnElement[bool]:
    """Of this department or one below it."""
    return exists(
        select(Department.id).where(
            Department.organization_id == Journey.organization_id,
            Department.id == Journey.department_id,
            bindparam("department", type_=Uuid()) == Department.path.any_(),
        )
    )


def _persona() -> ColumnElement[bool]:
    return exists(
        select(JourneyPersona.id).where(
            JourneyPersona.organization_id == Journey.organization_id,
            JourneyPersona.id == Journey.id,
            JourneyPersona.persona_id == bindparam("persona", type_=Uuid()),
        )
    )


FILTERS: Mapping[str, Any] = {
    "status": Journey.status == _any("status"),
    "state": Journey.state == _any("state"),
    "focus": Journey.focus == _any("focus"),
    "owner": Journey.owner_id == bindparam("owner", type_=Uuid()),
    "department": _department(),
    "persona": _persona(),
    "stale": stale() == bindparam("stale", type_=Boolean()),
    "q": func.strpos(func.lower(Journey.title), func.lower(bindparam("q", type_=Text()))) > 0,
}


def _page(filters: frozenset[str], order: _Order, paged: bool) -> CTE:
    wanted = [FILTERS[name] for name in sorted(filters)]
    if paged:
        wanted.append(order.beyond())
    movable = or_(*(Journey.status == literal_column(f"'{status}'") for status in _MOVABLE))
    columns = (Journey.id, order.key.label("sort_key"), movable.label("movable"))
    chosen = select(*columns).where(journey_visible(), *wanted)
    return chosen.order_by(*order.clauses()).limit(bindparam("limit")).cte("page")


_MOVABLE = (JourneyStatus.IN_REVIEW.value, JourneyStatus.APPROVED.value)
"""What becomes approved or published next, if its sign-off rules are satisfied."""


def _satisfied(page: CTE) -> ColumnElement[bool]:
    """Whether the sign-off rules of a journey of the page are; looked at where it matters."""
    asked = select(page.c.id).where(page.c.movable, ruled_journey(page.c.id))
    its = states(lambda column: column.in_(asked)).journeys.c
    found = select(its.satisfied).where(its.journey_id == Journey.id).correlate(Journey)
    return func.coalesce(found.scalar_subquery(), true())


def _rows(page: CTE) -> Select[Any]:
    return (
        select(
            *Journey.__table__.c,
            page.c.sort_key,
            PERSONA_IDS.label("persona_ids"),
            ROLES.label("roles"),
            Head.revision,
            _CHANGED_AT.label("changed_at"),
            Organization.names_leaders,
            STAGES.label("stage_count"),
            TOUCHPOINTS.label("touchpoint_count"),
            OPEN_THREADS.label("open_thread_count"),
            CHILDREN.label("child_journey_count"),
            moments_of(page).label("moments"),
            _satisfied(page).label("rules_satisfied"),
        )
        .select_from(page)
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == page.c.id))
        .join(Organization, Organization.id == Journey.organization_id)
        .join(
            Head,
            (Head.organization_id == Journey.organization_id) & (Head.stream_id == Journey.id),
        )
    )


@cache
def _list(filters: frozenset[str], sort: JourneySort, paged: bool) -> Hot:
    order = _ORDERS[sort]
    return hot(_rows(_page(filters, order, paged)).order_by(*order.clauses()))


async def list_journeys(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], sort: JourneySort, page: PageRequest
) -> Page:
    """A page of the journeys that the actor sees, whatever their status."""
    given = {name: value for name, value in filters.items() if value is not None}
    clock = {"now": now()} if "stale" in given else {}
    bound = binding("journeys", given | {"sort": sort})
    after = _after(sort, decode(bound, page.cursor, 2))
    statement = _list(frozenset(given), sort, bool(after))
    rows = await tx.rows(
        statement, **reader(actor), **given, **clock, **after, limit=page.limit + 1
    )
    return cut(rows, page.limit, bound, _keys)


def _keys(row: Row) -> list[str]:
    key = row["sort_key"]
    return [key.isoformat() if isinstance(key, datetime) else key, str(row["id"])]


def _after(sort: JourneySort, keys: list[str] | None) -> dict[str, Any]:
    if keys is None:
        return {}
    try:
        dated = sort in (JourneySort.UPDATED_AT, JourneySort.UPDATED_AT_DOWN)
        last = datetime.fromisoformat(keys[0]) if dated else keys[0]
        return {"last_key": last, "last_id": UUID(keys[1])}
    except ValueError:
        raise refused() from None
