"""Everything that is asked of one member, in one statement, most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    Subquery,
    Text,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.duties import WorkKind
from domain.models.accountability.escalations import Escalation
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.subjects import Subject
from domain.queries.identity.chains import managed_by_me
from domain.queries.maps.places import ROLES
from domain.queries.page import Page, PageRequest, binding, cut, decode, refused
from domain.queries.planning import plan_once
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.reports import (
    work_actions,
    work_duties,
    work_life,
    work_proposals,
    work_signing,
    work_voices,
)
from domain.words import JourneyStatus

PARTS = (
    work_duties.accept_responsibility,
    work_duties.declined_responsibility,
    work_duties.accountability_gap,
    work_duties.approve_playbook,
    work_proposals.decide_proposal,
    work_voices.answer_input,
    work_voices.thread,
    work_voices.escalated_thread,
    work_voices.escalated_responsibility,
    work_voices.escalated_ask,
    work_signing.sign_off,
    work_life.revisit,
    work_life.acknowledge,
    work_actions.action,
    work_actions.verify_outcome,
    work_actions.escalated_action,
)
_NOW = bindparam("now", type_=DateTime(timezone=True))
_NEVER: ColumnElement[Any] = literal_column("timestamptz '9999-01-01 00:00:00+00'")


@dataclass(frozen=True, slots=True)
class WorkFilters:
    """What the list is narrowed to; nothing leaves all in."""

    kinds: tuple[WorkKind, ...] = ()
    overdue: bool | None = None

    def given(self) -> dict[str, Any]:
        """The parameters of the statement."""
        return {"kinds": [kind.value for kind in self.kinds or tuple(WorkKind)]}


def work() -> Select[Any]:
    """What is asked of the reader on the maps they see, none of it put away or removed."""
    found = union_all(*(part() for part in PARTS)).subquery("found")
    its = found.c
    return (
        select(
            *its,
            func.coalesce(its.due_at, _NEVER).label("due_key"),
            Touchpoint.name.label("touchpoint_name"),
            Stage.name.label("stage_name"),
        )
        .join(Journey, (Journey.organization_id == ORGANIZATION) & (Journey.id == its.journey_id))
        .join(Subject, (Subject.organization_id == ORGANIZATION) & (Subject.id == its.place_id))
        .outerjoin(
            Touchpoint,
            (Touchpoint.organization_id == ORGANIZATION) & (Touchpoint.id == its.touchpoint_id),
        )
        .outerjoin(
            Stage,
            (Stage.organization_id == ORGANIZATION)
            & (Stage.id == func.coalesce(Touchpoint.stage_id, its.place_id)),
        )
        .where(
            journey_visible(),
            Journey.status != literal_column(f"'{JourneyStatus.ARCHIVED}'"),
            Subject.removed_at.is_(None),
            Touchpoint.removed_at.is_(None),
            Stage.removed_at.is_(None),
        )
    )


_KEYS = ("due_key", "since", "subject_id", "kind")
_LAST = tuple_(
    bindparam("last_due", type_=DateTime(timezone=True)),
    bindparam("last_since", type_=DateTime(timezone=True)),
    bindparam("last_id", type_=Uuid()),
    bindparam("last_kind", type_=Text()),
)


def _page(overdue: bool | None, paged: bool) -> Subquery:
    found = work().subquery("work")
    order = [found.c[name] for name in _KEYS]
    late = found.c.due_key < _NOW
    chosen = select(*found.c, late.label("overdue"))
    if overdue is not None:
        chosen = chosen.where(late if overdue else ~late)
    if paged:
        chosen = chosen.where(tuple_(*order) > _LAST)
    return chosen.order_by(*order).limit(bindparam("limit")).subquery("page")


def _level(watched_id: Any) -> Any:
    """How far up the chain it is: the last step about it."""
    return (
        select(Escalation.level)
        .where(Escalation.organization_id == ORGANIZATION, Escalation.subject_id == watched_id)
        .order_by(Escalation.created_at.desc(), Escalation.id.desc())
        .limit(literal_column("1"))
        .scalar_subquery()
    )


@cache
def list_statement(overdue: bool | None, paged: bool) -> Hot:
    """The statement behind the list, from its beginning or further on."""
    page = _page(overdue, paged)
    return hot(
        select(
            *page.c,
            Journey.title.label("journey_title"),
            Journey.owner_id,
            Journey.status.label("journey_status"),
            Journey.locked_at,
            ROLES.label("roles"),
            _level(page.c.watched_id).label("escalated_to"),
            managed_by_me(page.c.holder_id, page).label("managed"),
            work_signing.is_my_last_edit(page.c).label("own_edit"),
            work_signing.alone(page.c).label("alone"),
        )
        .join(
            Journey,
            (Journey.organization_id == ORGANIZATION) & (Journey.id == page.c.journey_id),
        )
        .order_by(*(page.c[name] for name in _KEYS))
    )


def _counts() -> Hot:
    found = work().subquery("work")
    late = func.count().filter(found.c.due_key < _NOW)
    told = select(found.c.kind, func.count().label("total"), late.label("overdue"))
    return hot(told.group_by(found.c.kind))


_COUNTS = _counts()


async def list_work(tx: Transaction, actor: Actor, filters: WorkFilters, page: PageRequest) -> Page:
    """A page of what is asked of the actor: overdue first, then what is due next, then oldest."""
    bound = binding("work", {"kinds": filters.kinds, "overdue": filters.overdue})
    after = _after(decode(bound, page.cursor, len(_KEYS)))
    given = filters.given() | after | {"now": now(), "limit": page.limit + 1}
    await plan_once(tx)
    rows = await tx.rows(list_statement(filters.overdue, bool(after)), **reader(actor), **given)
    return cut(rows, page.limit, bound, _keys)


async def count_work(tx: Transaction, actor: Actor) -> Mapping[WorkKind, Row]:
    """How much of each kind is asked of the actor, and how much of it is overdue."""
    await plan_once(tx)
    rows = await tx.rows(_COUNTS, **reader(actor), **WorkFilters().given(), now=now())
    return {WorkKind(row["kind"]): row for row in rows}


def _keys(row: Row) -> list[str]:
    due, since = row["due_key"].isoformat(), row["since"].isoformat()
    return [due, since, str(row["subject_id"]), row["kind"]]


def _after(keys: list[str] | None) -> dict[str, Any]:
    if keys is None:
        return {}
    try:
        due, since = datetime.fromisoformat(keys[0]), datetime.fromisoformat(keys[1])
        last = {"last_due": _aware(due), "last_since": _aware(since), "last_id": UUID(keys[2])}
        return last | {"last_kind": WorkKind(keys[3]).value}
    except (ValueError, OverflowError):
        raise refused() from None


def _aware(told: datetime) -> datetime:
    if told.tzinfo is None:
        raise ValueError("a cursor holds aware times")
    return told.astimezone(UTC)
