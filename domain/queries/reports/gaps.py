"""Every touchpoint with what is missing in answering for it: the one place that decides that."""

from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)

from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.queries.accountability.content import Within
from domain.queries.accountability.satisfaction import States, states
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ORGANIZATION, journey_visible
from domain.queries.reports import answering_parts as parts
from domain.queries.reports import late_parts
from domain.queries.reports.work_parts import LIVING
from domain.roles import Group
from domain.rules.missing import Missing

_ZERO: ColumnElement[Any] = literal_column("0")
_GROUPS = [group.value for group in Group]


class Sources(NamedTuple):
    """What is gathered about the journeys looked at."""

    answering: Subquery
    books: Subquery
    signed: States
    rated: Subquery
    said: Subquery
    present: Subquery
    threads: CTE
    input: CTE
    actions: CTE


def sources(within: Within) -> Sources:
    """Gather it; once in a statement."""
    return Sources(
        parts.answering(within),
        parts.approved_playbooks(within),
        states(within),
        parts.rated(within),
        parts.said(within),
        parts.present(),
        late_parts.late_threads(within),
        late_parts.late_input(within),
        late_parts.late_actions(within),
    )


def _none(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(column, _ZERO)


def _silent(of: Sources) -> list[ColumnElement[bool]]:
    """Per group whether it is there and has neither rated nor said anything."""
    return [
        and_(
            of.present.c[f"has_{group}"],
            _none(of.rated.c[f"rated_{group}"]) + _none(of.said.c[f"said_{group}"]) == _ZERO,
        ).label(f"silent_{group}")
        for group in _GROUPS
    ]


def _numbers(of: Sources) -> dict[str, ColumnElement[Any]]:
    """What gaps are judged by."""
    signed = of.signed.subjects.c
    return {
        "accountable": _none(of.answering.c.accountable),
        "pending": _none(of.answering.c.pending),
        "inactive": _none(of.answering.c.inactive),
        "declined": _none(of.answering.c.declined),
        "late_answers": _none(of.answering.c.late_answers),
        "playbooks": _none(of.books.c.playbooks),
        "required": _none(signed.required),
        "given": _none(signed.given),
        "stale": _none(signed.stale),
        "objections": _none(signed.objections),
        "late_threads": _none(of.threads.c.late_threads),
        "late_input": _none(of.input.c.late_input),
        "late_actions": _none(of.actions.c.late_actions),
    }


def signing_gaps(n: Any) -> dict[Missing, ColumnElement[bool]]:
    """What is missing in sign-offs, of a moment or of a journey."""
    return {
        Missing.SIGN_OFFS_MISSING: n["given"] < n["required"],
        Missing.SIGN_OFFS_STALE: and_(n["stale"] > _ZERO, n["given"] < n["required"]),
        Missing.CHANGES_REQUESTED: n["objections"] > _ZERO,
    }


def late_gaps(n: Any) -> dict[Missing, ColumnElement[bool]]:
    """What was due and is not there, of a touchpoint or of a journey."""
    return {
        Missing.OVERDUE_INPUT: n["late_input"] > _ZERO,
        Missing.OVERDUE_THREAD: n["late_threads"] > _ZERO,
        Missing.OVERDUE_ACTION: n["late_actions"] > _ZERO,
    }


def _judged(of: Sources) -> list[ColumnElement[Any]]:
    """One column per gap: whether it is there."""
    n, decisive = _numbers(of), Moment.id.is_not(None)
    found: dict[Missing, ColumnElement[bool]] = {
        Missing.NO_DEPARTMENT: Touchpoint.responsible_department_id.is_(None),
        Missing.NO_ACCOUNTABLE: and_(decisive, n["accountable"] == _ZERO),
        Missing.NOT_ACCEPTED: n["pending"] > _ZERO,
        Missing.DECLINED: n["declined"] > _ZERO,
        Missing.ACCOUNTABLE_SUSPENDED: n["inactive"] > _ZERO,
        Missing.OVERDUE_ACCEPTANCE: n["late_answers"] > _ZERO,
        Missing.NO_PLAYBOOK: and_(decisive, n["playbooks"] == _ZERO),
        Missing.SILENT_GROUPS: or_(*_silent(of)),
    }
    found |= signing_gaps(n) | late_gaps(n)
    return [func.coalesce(found[gap], false()).label(f"gap_{gap.value}") for gap in Missing]


def _covered(of: Sources) -> list[ColumnElement[Any]]:
    """What shares are counted from."""
    n = _numbers(of)
    there = [of.present.c[f"has_{group}"] for group in _GROUPS]
    heard = [and_(has, ~quiet.element) for has, quiet in zip(there, _silent(of), strict=True)]
    held = n["accountable"] - n["pending"] - n["inactive"] > _ZERO
    return [
        func.coalesce(held, false()).label("held"),
        func.coalesce(of.signed.subjects.c.satisfied, false()).label("satisfied"),
        of.signed.subjects.c.rules,
        _added(heard).label("heard"),
        _added(there).label("voices"),
    ]


def _added(conditions: list[Any]) -> ColumnElement[Any]:
    total: Any = _ZERO
    for condition in conditions:
        total = total + case((condition, literal_column("1")), else_=_ZERO)
    return cast(total, Integer())


def gaps(within: Within, of: Sources) -> CTE:
    """The touchpoints of these journeys, as far as the reader sees them, each gap a column.

    Planned on its own: merged into what is asked of it, planning takes twice as long.
    """
    its = (
        Moment.organization_id == Touchpoint.organization_id,
        Moment.touchpoint_id == Touchpoint.id,
    )
    placed = (
        select(*_told(of))
        .select_from(Touchpoint)
        .join(Journey, parts.its_journey(Touchpoint))
        .join(Stage, ITS_STAGE)
        .join(of.present, true())
        .outerjoin(Moment, and_(*its, LIVING))
        .where(Touchpoint.organization_id == ORGANIZATION, within(Touchpoint.journey_id))
        .where(journey_visible(), *ON_THE_MAP)
    )
    found: CTE = _beside(placed, of).cte("gaps")
    return found.prefix_with("MATERIALIZED")


def _told(of: Sources) -> list[Any]:
    groups = [of.present.c[f"has_{group}"] for group in _GROUPS]
    groups += [of.rated.c[f"rated_{group}"] for group in _GROUPS]
    groups += [of.said.c[f"said_{group}"] for group in _GROUPS]
    numbers = [column.label(name) for name, column in _numbers(of).items()]
    return [
        Touchpoint.id, Touchpoint.name, Touchpoint.journey_id, Touchpoint.stage_id,
        Touchpoint.responsible_department_id, Touchpoint.position,
        Stage.position.label("stage_position"),
        Moment.id.label("moment_id"), Moment.status.label("moment_status"),
        of.answering.c.answering, of.threads.c.threads, of.input.c.requests,
        of.actions.c.actions,
        *groups, *numbers, *_silent(of), *_covered(of), *_judged(of),
    ]  # fmt: skip


def _beside(placed: Any, of: Sources) -> Any:
    """Beside each touchpoint what was gathered about it and its moment."""
    joined = placed.outerjoin(of.answering, of.answering.c.moment_id == Moment.id)
    joined = joined.outerjoin(of.books, of.books.c.moment_id == Moment.id)
    signed = of.signed.subjects
    joined = joined.outerjoin(signed, signed.c.subject_id == Moment.id)
    for voices in (of.rated, of.said):
        joined = joined.outerjoin(voices, voices.c.touchpoint_id == Touchpoint.id)
    for late in (of.threads, of.input, of.actions):
        joined = joined.outerjoin(late, late.c.place_id == Touchpoint.id)
    return joined
