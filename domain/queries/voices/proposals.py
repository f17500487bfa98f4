"""Proposals as a member sees them: of every journey they see, with what the subject says by now."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.ledger import Locked
from domain.models.maps.journeys import Journey
from domain.models.maps.lanes import Cell
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.ledger import Revision
from domain.models.records.subjects import Subject
from domain.models.voices.proposals import Proposal
from domain.queries.held import held, hold
from domain.queries.listing import newest
from domain.queries.maps.places import ROLES, SUBJECT_GONE
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.rules.proposals import EMPTY_CELL, Difference, differences
from domain.talk import Proposable, ProposalStatus

_JOURNEY = (
    Journey.title.label("journey_title"),
    Journey.owner_id,
    Journey.status.label("journey_status"),
    Journey.locked_at,
    ROLES.label("roles"),
)


def _is(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == bindparam(name, type_=Uuid())
    return found


def _any(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == bindparam(name, type_=ARRAY(Text())).any_()
    return found


def _under() -> ColumnElement[bool]:
    of_stage = select(Touchpoint.id).where(
        Touchpoint.organization_id == ORGANIZATION, _is(Touchpoint.stage_id, "under")
    )
    places = (Proposal.subject_id, Proposal.touchpoint_id, Proposal.stage_id)
    return or_(*(_is(one, "under") for one in places), Proposal.touchpoint_id.in_(of_stage))


FILTERS: Mapping[str, ColumnElement[bool]] = {
    "journey": _is(Proposal.journey_id, "journey"),
    "subject": _is(Proposal.subject_id, "subject"),
    "under": _under(),
    "about": _any(Proposal.about, "about"),
    "status": _any(Proposal.status, "status"),
    "author": _is(Proposal.author_id, "author"),
}


def visible_proposals() -> Select[Any]:
    """The one way to select proposals: of the journeys the reader sees."""
    return (
        select(*Proposal.__table__.c, *_JOURNEY)
        .join(
            Journey,
            (Journey.organization_id == Proposal.organization_id)
            & (Journey.id == Proposal.journey_id),
        )
        .where(Proposal.organization_id == ORGANIZATION, journey_visible())
    )


def compared(page: Select[Any]) -> Select[Any]:
    """The same beside what their subjects said then and say now: looked up for what is on the page.

    `subject_removed`: the subject is off the map, itself or with what it stands in.
    """
    proposals = page.subquery("proposal")
    its = proposals.c
    target = _target(its).correlate(proposals).lateral("target")
    then = _content(target.c.id).where(Revision.version == its.base_version).lateral("base")
    latest = _content(target.c.id).order_by(Revision.version.desc())
    now = latest.limit(literal_column("1")).lateral("now")
    nothing: Any = literal_column("0")
    joined = proposals.join(target, true()).outerjoin(then, true()).outerjoin(now, true())
    return select(
        *its,
        then.c.content.label("base_content"),
        now.c.content.label("current_content"),
        func.coalesce(now.c.version, nothing).label("current_version"),
        _gone(its).label("subject_removed"),
    ).select_from(joined)


def _content(subject_id: Any) -> Select[Any]:
    told: tuple[Any, ...] = (Revision.version, Revision.content)
    return select(*told).where(
        Revision.organization_id == ORGANIZATION, Revision.subject_id == subject_id
    )


def _target(its: Any) -> Select[Any]:
    """The id of what is to be changed; of a cell there may be none yet."""
    cell = (
        select(Cell.id)
        .where(
            Cell.organization_id == ORGANIZATION,
            Cell.lane_id == its.subject_id,
            Cell.stage_id.is_not_distinct_from(its.stage_id),
            Cell.touchpoint_id.is_not_distinct_from(its.touchpoint_id),
        )
        .scalar_subquery()
    )
    is_cell = its.about == literal_column(f"'{Proposable.CELL}'")
    return select(case((is_cell, cell), else_=its.subject_id).label("id"))


def _gone(its: Any) -> ColumnElement[bool]:
    places = (its.subject_id, its.touchpoint_id, its.stage_id)
    return exists(
        select(Subject.id).where(
            Subject.organization_id == ORGANIZATION,
            or_(*(Subject.id == one for one in places)),
            SUBJECT_GONE,
        )
    )


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    page = visible_proposals().where(*(FILTERS[name] for name in sorted(filters)))
    if paged:
        page = page.where(Proposal.id < bindparam("before", type_=Uuid()))
    found = compared(page.order_by(Proposal.id.desc()).limit(bindparam("limit")))
    return hot(found.order_by(found.selected_columns.id.desc()))


_PLAIN = compared(visible_proposals().where(_is(Proposal.id, "id")))
_ONE = hot(_PLAIN)
_HOLD = held(_PLAIN, _PLAIN.selected_columns.organization_id, _PLAIN.selected_columns.journey_id)


async def list_proposals(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of proposals, newest first."""
    return await newest(tx, actor, "proposals", _list, filters, page)


async def proposal(tx: Transaction, actor: Actor, proposal_id: UUID) -> Row:
    """One proposal, whatever became of it; NotFound when the actor may not see its journey."""
    row = await tx.row(_ONE, id=proposal_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def hold_proposal(tx: Transaction, actor: Actor, proposal_id: UUID) -> tuple[Locked, Row]:
    """Hold a proposal's journey and find it; NotFound when the actor may not see it."""
    return await hold(tx, _HOLD, _ONE, id=proposal_id, **reader(actor))


def differences_of(row: Row) -> list[Difference]:
    """The proposal field by field; nothing is in conflict once it was decided."""
    found = differences(
        said(row["base_content"], row["base_version"]),
        said(row["current_content"], row["current_version"]) or {},
        json.loads(row["changes"] or "{}"),
    )
    if row["status"] == ProposalStatus.OPEN:
        return found
    return [Difference(one.field, one.base, one.now, one.proposed, False) for one in found]


def said(content: str | None, version: int) -> Mapping[str, Any] | None:
    """The content of a revision; None when it was emptied."""
    if version == 0:
        return EMPTY_CELL
    if content is None:
        return None
    told: dict[str, Any] = json.loads(content)
    return told


_SAID = hot(
    select(Revision.content).where(
        Revision.organization_id == ORGANIZATION,
        Revision.subject_id == bindparam("subject_id", type_=Uuid()),
        Revision.version == bindparam("version"),
    )
)


async def said_at(
    tx: Transaction, actor: Actor, subject_id: UUID, version: int
) -> Mapping[str, Any] | None:
    """What a subject said in one of its versions; None when that was emptied."""
    given = {"subject_id": subject_id, "version": version}
    content = await tx.value(_SAID, organization_id=actor.organization_id, **given)
    return said(content, version)
