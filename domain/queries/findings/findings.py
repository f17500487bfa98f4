"""Findings as a member sees them: of touchpoints that stand on a map they may read."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, ColumnElement, Integer, Select, Text, Uuid, bindparam, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.findings.findings import Finding
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.policy import allowed
from domain.queries.findings.counts import attachment_count, evidence_count
from domain.queries.findings.seen_sources import source_count
from domain.queries.findings.votes import votes_of
from domain.queries.listing import newest
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.maps.places import ROLES, place_from
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.results import FindingStatus
from domain.roles import May, Relation

_IN = {
    FindingStatus.OPEN: (May.EDIT_FINDING, May.VOTE, May.ANNOTATE),
    FindingStatus.ADDRESSED: (May.EDIT_FINDING, May.ANNOTATE),
    FindingStatus.DISMISSED: (May.EDIT_FINDING, May.ANNOTATE),
    FindingStatus.MERGED: (),
}


def visible_findings(*columns: Any) -> Select[Any]:
    """The one way to select findings: not removed, on the map, in a journey the reader may see."""
    return (
        select(*columns)
        .select_from(Finding)
        .join(
            Journey,
            (Journey.organization_id == Finding.organization_id)
            & (Journey.id == Finding.journey_id),
        )
        .join(
            Touchpoint,
            (Touchpoint.organization_id == Finding.organization_id)
            & (Touchpoint.id == Finding.touchpoint_id),
        )
        .join(Stage, ITS_STAGE)
        .where(
            Finding.organization_id == ORGANIZATION,
            Finding.removed_at.is_(None),
            journey_visible(),
            *ON_THE_MAP,
        )
    )


_FINDINGS = visible_findings(
    *Finding.__table__.c,
    Touchpoint.name.label("touchpoint_name"),
    Touchpoint.stage_id,
    Journey.owner_id,
    Journey.status.label("journey_status"),
    Journey.locked_at,
    ROLES.label("roles"),
    votes_of(Finding.id, Finding).label("votes"),
    evidence_count(Finding.id, Finding).label("evidence_count"),
    attachment_count(Finding.id, Finding).label("attachment_count"),
    source_count(Finding.id, Finding, Journey).label("source_count"),
)
_ONE = hot(_FINDINGS.where(Finding.id == bindparam("id", type_=Uuid())))


def _is(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == bindparam(name, type_=Uuid())
    return found


def _any(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == bindparam(name, type_=ARRAY(Text())).any_()
    return found


_FILTERS: Mapping[str, ColumnElement[bool]] = {
    "journey": _is(Finding.journey_id, "journey"),
    "touchpoint": _is(Finding.touchpoint_id, "touchpoint"),
    "stage": _is(Touchpoint.stage_id, "stage"),
    "kind": _any(Finding.kind, "kind"),
    "status": _any(Finding.status, "status"),
    "side": _any(Finding.side, "side"),
    "department": _is(Finding.department_id, "department"),
    "author": _is(Finding.author_id, "author"),
    "severity_min": Finding.severity >= bindparam("severity_min", type_=Integer()),
    "met": Finding.met == bindparam("met", type_=Boolean()),
    "contact_context": _any(Finding.contact_context, "contact_context"),
}


@cache
def list_statement(filters: frozenset[str], paged: bool) -> Hot:
    """The statement behind a list with these filters, from its beginning or further on."""
    found = _FINDINGS.where(*(_FILTERS[name] for name in sorted(filters)))
    if "status" not in filters:
        found = found.where(Finding.status != FindingStatus.MERGED.value)
    if paged:
        found = found.where(Finding.id < bindparam("before", type_=Uuid()))
    return hot(found.order_by(Finding.id.desc()).limit(bindparam("limit")))


async def list_findings(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of findings, newest first; without `status` all but those merged into another."""
    return await newest(tx, actor, "findings", list_statement, filters, page)


async def finding(tx: Transaction, actor: Actor, finding_id: UUID) -> Row:
    """One finding, whatever its status; NotFound when the actor may not see it."""
    row = await tx.row(_ONE, id=finding_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


def may_with(row: Row, actor: Actor) -> list[str]:
    """What the actor may do with a finding in the state it is in."""
    place = place_from({**row, "id": row["journey_id"], "status": row["journey_status"]}, actor)
    ties = (Relation.AUTHOR,) if row["author_id"] == actor.member_id else ()
    return allowed(actor, _IN[FindingStatus(row["status"])], place.standing(actor, *ties))
