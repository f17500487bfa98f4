"""Who answers on a map, and what is missing: of one journey by touchpoint, of all by journey."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    literal_column,
    select,
    tuple_,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.departments import Department
from domain.models.maps.journeys import Journey
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.reports.gaps import Sources, gaps, late_gaps, signing_gaps, sources
from domain.queries.reports.work_parts import word
from domain.rules.missing import Missing
from domain.words import JourneyStatus

_ZERO: ColumnElement[Any] = literal_column("0")


def _own_numbers(of: Sources) -> dict[str, ColumnElement[Any]]:
    """The numbers of the journey itself, beside those of its touchpoints."""
    signed = of.signed.subjects.c
    columns = {name: signed[name] for name in ("required", "given", "stale", "objections")}
    columns |= {"late_threads": of.threads.c.late_threads, "late_input": of.input.c.late_input}
    columns |= {"late_actions": of.actions.c.late_actions}
    return {name: func.coalesce(column, _ZERO) for name, column in columns.items()}


def _own_gaps(of: Sources) -> dict[Missing, ColumnElement[bool]]:
    numbers = _own_numbers(of)
    found = signing_gaps(numbers) | late_gaps(numbers)
    return {gap: func.coalesce(is_there, false()) for gap, is_there in found.items()}


def _with_own(statement: Select[Any], of: Sources) -> Select[Any]:
    """Beside each journey what is said of it as a whole."""
    return (
        statement.outerjoin(of.signed.subjects, of.signed.subjects.c.subject_id == Journey.id)
        .outerjoin(of.threads, of.threads.c.place_id == Journey.id)
        .outerjoin(of.input, of.input.c.place_id == Journey.id)
        .outerjoin(of.actions, of.actions.c.place_id == Journey.id)
    )


def _of_journey() -> Hot:
    journey = bindparam("journey_id", type_=Uuid())
    of = sources(lambda column: column == journey)
    found = gaps(lambda column: column == journey, of)
    own = [column.label(f"own_{name}") for name, column in _own_numbers(of).items()]
    own += [is_there.label(f"own_gap_{gap.value}") for gap, is_there in _own_gaps(of).items()]
    statement = _with_own(
        select(
            *found.c,
            Journey.title.label("journey_title"),
            of.signed.subjects.c.rules.label("own_rules"),
            of.threads.c.threads.label("own_threads"),
            of.input.c.requests.label("own_requests"),
            of.actions.c.actions.label("own_actions"),
            *own,
        )
        .select_from(Journey)
        .outerjoin(found, found.c.journey_id == Journey.id),
        of,
    )
    its = found.c
    return hot(
        statement.where(journey_visible(), Journey.id == journey).order_by(
            its.stage_position, its.stage_id, its.position, its.id
        )
    )


_JOURNEY = _of_journey()


async def of_journey(tx: Transaction, actor: Actor, journey_id: UUID) -> Sequence[Row]:
    """The touchpoints of a journey in order, one row without `id` when it has none.

    NotFound when the actor may not see the journey.
    """
    rows = await tx.rows(_JOURNEY, journey_id=journey_id, now=now(), **reader(actor))
    if not rows:
        raise NotFound
    return rows


def _department() -> ColumnElement[bool]:
    """Of this department or one below it."""
    return exists().where(
        Department.organization_id == Journey.organization_id,
        Department.id == Journey.department_id,
        bindparam("department", type_=Uuid()) == Department.path.any_(),
    )


_FILTERS: Mapping[str, ColumnElement[bool]] = {
    "status": Journey.status == bindparam("status", type_=ARRAY(Text())).any_(),
    "owner": Journey.owner_id == bindparam("owner", type_=Uuid()),
    "department": _department(),
}


def _chosen(filters: frozenset[str]) -> CTE:
    wanted = [_FILTERS[name] for name in sorted(filters)]
    if "status" not in filters:
        wanted.append(Journey.status != word(JourneyStatus.ARCHIVED))
    return select(Journey.id).where(journey_visible(), *wanted).cte("chosen")


def _summed(found: CTE) -> CTE:
    """Per journey: how many touchpoints have each gap."""
    counts = [func.count().filter(found.c[f"gap_{gap.value}"]).label(gap.value) for gap in Missing]
    return (
        select(
            found.c.journey_id,
            func.count().label("touchpoints"),
            func.count(found.c.moment_id).label("moments"),
            *counts,
        )
        .group_by(found.c.journey_id)
        .cte("summed")
    )


def _counted(filters: frozenset[str]) -> CTE:
    """A row per journey, with its gaps and their number."""
    chosen = _chosen(filters)
    of = sources(lambda column: column.in_(select(chosen.c.id)))
    summed = _summed(gaps(lambda column: column.in_(select(chosen.c.id)), of))
    own = _own_gaps(of)
    counts: dict[Missing, Any] = {gap: func.coalesce(summed.c[gap.value], _ZERO) for gap in Missing}
    for gap, is_there in own.items():
        counts[gap] = counts[gap] + case((is_there, literal_column("1")), else_=_ZERO)
    total: Any = _ZERO
    for number in counts.values():
        total = total + number
    named = [cast(number, Integer()).label(gap.value) for gap, number in counts.items()]
    statement: Any = (
        select(
            Journey.id, Journey.title, Journey.status, Journey.owner_id, Journey.department_id,
            func.coalesce(summed.c.touchpoints, _ZERO).label("touchpoints"),
            func.coalesce(summed.c.moments, _ZERO).label("moments"),
            cast(total, BigInteger()).label("total"),
            *named,
        )
        .select_from(chosen)
        .join(Journey, and_(Journey.organization_id == ORGANIZATION, Journey.id == chosen.c.id))
        .outerjoin(summed, summed.c.journey_id == Journey.id)
    )  # fmt: skip
    return _with_own(statement, of).cte("counted")


@cache
def _page(filters: frozenset[str], paged: bool) -> Hot:
    its = _counted(filters).c
    statement = select(*its)
    if paged:
        last = tuple_(
            bindparam("last_total", type_=BigInteger()), bindparam("last_id", type_=Uuid())
        )
        statement = statement.where(tuple_(its.total, its.id) < last)
    return hot(statement.order_by(its.total.desc(), its.id.desc()).limit(bindparam("limit")))


async def of_organization(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of the journeys that the actor sees, those with the most gaps first.

    Without `status` those that are not archived.
    """
    given = {name: value for name, value in filters.items() if value is not None}
    bound = binding("accountability", given)
    after = _after(decode(bound, page.cursor, 2))
    statement = _page(frozenset(given), bool(after))
    rows = await tx.rows(
        statement, **reader(actor), **given, **after, now=now(), limit=page.limit + 1
    )
    return cut(rows, page.limit, bound, lambda row: [str(row["total"]), str(row["id"])])


def _after(keys: list[str] | None) -> dict[str, Any]:
    if keys is None:
        return {}
    if not keys[0].isdecimal() or len(keys[0]) > 18:
        raise refused()
    try:
        return {"last_total": int(keys[0]), "last_id": UUID(keys[1])}
    except ValueError:
        raise refused() from None
