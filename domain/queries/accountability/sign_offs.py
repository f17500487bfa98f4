"""Sign-offs as a member sees them, and whether what they were given for is still there."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Select,
    Uuid,
    and_,
    bindparam,
    exists,
    or_,
    select,
)

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.accountability.sign_offs import SignOff
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.queries.accountability.content import hash_in, hashes
from domain.queries.listing import newest
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader

FILTERS: Mapping[str, Any] = {
    "id": SignOff.id == bindparam("id", type_=Uuid()),
    "journey": SignOff.journey_id == bindparam("journey", type_=Uuid()),
    "subject": SignOff.subject_id == bindparam("subject", type_=Uuid()),
    "member": SignOff.member_id == bindparam("member", type_=Uuid()),
    "current": SignOff.superseded_at.is_(None) == bindparam("current", type_=Boolean()),
}


def _on_the_map() -> ColumnElement[bool]:
    its = and_(
        Touchpoint.organization_id == SignOff.organization_id,
        Touchpoint.id == SignOff.touchpoint_id,
    )
    there = select(Touchpoint.id).join(Stage, ITS_STAGE).where(its, *ON_THE_MAP)
    return or_(SignOff.touchpoint_id.is_(None), exists(there.correlate(SignOff)))


def _chosen(filters: frozenset[str], paged: bool) -> CTE:
    """What is asked for, but for staleness; a page of it where that is not asked."""
    statement = (
        select(SignOff.id, SignOff.journey_id, SignOff.subject_id)
        .join(
            Journey,
            (Journey.organization_id == SignOff.organization_id)
            & (Journey.id == SignOff.journey_id),
        )
        .where(SignOff.organization_id == ORGANIZATION, journey_visible(), _on_the_map())
        .where(*(FILTERS[name] for name in sorted(filters - {"stale"})))
    )
    if paged:
        statement = statement.where(SignOff.id < bindparam("before", type_=Uuid()))
    if "stale" not in filters:
        statement = statement.order_by(SignOff.id.desc()).limit(bindparam("limit"))
    return statement.cte("chosen")


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    chosen = _chosen(filters, paged)
    now = hash_in(
        hashes(
            lambda column: column.in_(select(chosen.c.journey_id)),
            only=lambda column: column.in_(select(chosen.c.subject_id)),
        )
    )
    stale = SignOff.content_hash != now(SignOff.subject_id)
    statement: Select[Any] = (
        select(
            *SignOff.__table__.c,
            SignOff.superseded_at.is_(None).label("current"),
            stale.label("stale"),
        )
        .join(chosen, chosen.c.id == SignOff.id)
        .where(SignOff.organization_id == ORGANIZATION)
    )
    if "stale" in filters:
        statement = statement.where(stale == bindparam("stale", type_=Boolean()))
    return hot(statement.order_by(SignOff.id.desc()).limit(bindparam("limit")))


async def list_sign_offs(
    tx: Transaction, actor: Actor, filters: Mapping[str, Any], page: PageRequest
) -> Page:
    """A page of sign-offs, newest first, superseded ones too; one statement."""
    return await newest(tx, actor, "sign_offs", _list, filters, page)


async def sign_off(tx: Transaction, actor: Actor, sign_off_id: UUID) -> Row:
    """One sign-off on a map the actor may see; else NotFound."""
    found = await tx.row(_list(frozenset({"id"}), False), **reader(actor), id=sign_off_id, limit=1)
    if found is None:
        raise NotFound
    return found


_CURRENT = hot(
    select(SignOff.id).where(
        SignOff.organization_id == ORGANIZATION,
        SignOff.subject_id == bindparam("subject_id", type_=Uuid()),
        SignOff.member_id == bindparam("member_id", type_=Uuid()),
        SignOff.superseded_at.is_(None),
    )
)


async def current_sign_off(tx: Transaction, actor: Actor, subject_id: UUID) -> UUID | None:
    """The actor's last decision on a subject, if they ever made one."""
    found: UUID | None = await tx.value(
        _CURRENT,
        organization_id=actor.organization_id,
        member_id=actor.member_id,
        subject_id=subject_id,
    )
    return found
