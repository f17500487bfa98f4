"""The open problems on all the maps that a member may read, counted by what they have in common."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.models.findings.findings import Finding
from domain.models.maps.touchpoints import Touchpoint, TouchpointChannel
from domain.queries.findings.findings import visible_findings
from domain.queries.findings.votes import vote_count
from domain.queries.readers import ORGANIZATION, reader
from domain.queries.told import fields, text
from domain.results import ExperienceKind, FindingKind, FindingStatus

GROUPS, EXAMPLES, WORDINGS = 100, 3, 100
"""How many groups are told, with how many examples each, and how many wordings are compared."""


class CommonBy(StrEnum):
    """What problems are put together by, beside their kind."""

    KIND = "kind"
    DEPARTMENT = "department"
    CHANNEL = "channel"


_PROBLEM = and_(
    Finding.status == FindingStatus.OPEN.value,
    or_(
        Finding.kind == FindingKind.PAIN_POINT.value,
        Finding.kind == FindingKind.OBSTACLE.value,
        Finding.kind == FindingKind.INFORMATION_GAP.value,
        Finding.experience == ExperienceKind.NEGATIVE.value,
    ),
)


def _problems(by: CommonBy, in_journey: bool) -> Select[Any]:
    """One row for each open problem; for each channel of its touchpoint, by channel."""
    shared: dict[CommonBy, ColumnElement[Any]] = {
        CommonBy.KIND: cast(null(), Uuid()),
        CommonBy.DEPARTMENT: func.coalesce(
            Finding.department_id, Touchpoint.responsible_department_id
        ),
        CommonBy.CHANNEL: TouchpointChannel.__table__.c.channel_id,
    }
    found = visible_findings(
        Finding.id,
        Finding.kind,
        func.coalesce(Finding.pain, Finding.fault, Finding.experience).label("detail"),
        Finding.text,
        Finding.severity,
        Finding.touchpoint_id,
        Finding.journey_id,
        shared[by].label("shared_id"),
        vote_count(Finding.id, Finding).label("votes"),
    ).where(_PROBLEM)
    if by is CommonBy.CHANNEL:
        link = TouchpointChannel
        its = (link.organization_id == ORGANIZATION) & (link.id == Finding.touchpoint_id)
        found = found.join(link, its)
    if by is CommonBy.DEPARTMENT:
        found = found.where(shared[by].is_not(None))
    if in_journey:
        found = found.where(Finding.journey_id == bindparam("journey", type_=Uuid()))
    return found


@cache
def common_statement(by: CommonBy, in_journey: bool) -> Hot:
    """The statement behind the groups."""
    problem = _problems(by, in_journey).subquery("problem")
    keys = problem.c.kind, problem.c.detail, problem.c.shared_id
    touchpoints = func.count(problem.c.touchpoint_id.distinct())
    votes = func.sum(problem.c.votes)
    return hot(
        select(
            *keys,
            func.count().label("findings"),
            touchpoints.label("touchpoints"),
            func.count(problem.c.journey_id.distinct()).label("journeys"),
            cast(votes, Integer).label("votes"),
            func.max(problem.c.severity).label("worst_severity"),
            _examples(problem),
        )
        .group_by(*keys)
        .order_by(touchpoints.desc(), votes.desc(), *keys)
        .limit(literal_column(str(GROUPS)))
    )


def _examples(problem: Subquery) -> ColumnElement[Any]:
    """The most voted of a group, then the most severe, then the newest, as JSON."""
    its = problem.c
    told = fields(
        finding_id=its.id, journey_id=its.journey_id, touchpoint_id=its.touchpoint_id, text=its.text
    )
    order = its.votes.desc(), its.severity.desc().nulls_last(), its.id.desc()
    first = func.array_agg(aggregate_order_by(told, *order), type_=ARRAY(JSON()))
    few: ColumnElement[Any] = func.array_to_json(first[1:EXAMPLES])
    return text(few).label("examples")


@cache
def wording_statement(in_journey: bool) -> Hot:
    """The statement behind the wordings that are compared: those with the most votes."""
    problem = _problems(CommonBy.KIND, in_journey).subquery("problem")
    its = problem.c
    return hot(
        select(its.id, its.text)
        .order_by(its.votes.desc(), its.id.desc())
        .limit(literal_column(str(WORDINGS)))
    )


async def common_problems(
    tx: Transaction, actor: Actor, by: CommonBy, journey_id: UUID | None
) -> Sequence[Row]:
    """Groups of open problems that have something in common, with how many there are."""
    return await tx.rows(common_statement(by, journey_id is not None), **_given(actor, journey_id))


async def wordings(tx: Transaction, actor: Actor, journey_id: UUID | None) -> dict[UUID, str]:
    """How the problems with the most votes are worded."""
    found = await tx.rows(wording_statement(journey_id is not None), **_given(actor, journey_id))
    return {row["id"]: row["text"] for row in found}


def _given(actor: Actor, journey_id: UUID | None) -> dict[str, Any]:
    return reader(actor) | ({} if journey_id is None else {"journey": journey_id})
