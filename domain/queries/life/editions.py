"""Editions of journeys as a member sees them: whoever reads the journey reads all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, Select, Text, Uuid, bindparam, func, select

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import FieldError, Invalid, NotFound
from domain.models.life.editions import Edition
from domain.models.maps.journeys import Journey
from domain.queries.life.states import present_revision
from domain.queries.listing import newest
from domain.queries.page import Page, PageRequest
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.results import EditionKind

_JOURNEY = Edition.journey_id == bindparam("journey_id", type_=Uuid())
NOW = "now"
"""What stands for the present where an edition may be named."""


def visible_editions() -> Select[Any]:
    """The one way to select editions: of journeys that the reader may see."""
    return (
        select(*Edition.__table__.c)
        .join(
            Journey,
            (Journey.organization_id == Edition.organization_id)
            & (Journey.id == Edition.journey_id),
        )
        .where(Edition.organization_id == ORGANIZATION, journey_visible())
    )


_ONE = hot(visible_editions().where(Edition.id == bindparam("id", type_=Uuid())))
_BY_ID = hot(visible_editions().where(_JOURNEY, Edition.id == bindparam("id", type_=Uuid())))
_BY_NUMBER = hot(
    visible_editions().where(_JOURNEY, Edition.number == bindparam("number", type_=Integer()))
)
_LAST = hot(
    select(func.coalesce(func.max(Edition.number), 0)).where(
        Edition.organization_id == ORGANIZATION, _JOURNEY
    )
)
_FILTERS: Mapping[str, Any] = {
    "kind": Edition.kind == bindparam("kind", type_=Text()),
    "before": Edition.id < bindparam("before", type_=Uuid()),
}


@cache
def _list(filters: frozenset[str], paged: bool) -> Hot:
    names = {*(filters - {"journey_id"}), *(("before",) if paged else ())}
    wanted = [_FILTERS[name] for name in sorted(names)]
    listed = visible_editions().where(_JOURNEY, *wanted)
    return hot(listed.order_by(Edition.id.desc()).limit(bindparam("limit", type_=BigInteger())))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: an edition, or the present, which is none; what revision it is."""

    revision: int
    edition: Row | None = None


async def list_editions(
    tx: Transaction, actor: Actor, journey_id: UUID, kind: EditionKind | None, page: PageRequest
) -> Page:
    """A page of a journey's editions, newest first; NotFound when the actor may not see it."""
    filters = {"journey_id": journey_id, "kind": None if kind is None else kind.value}
    found = await newest(tx, actor, "editions", _list, filters, page)
    if not found.rows:
        await present_revision(tx, actor, journey_id)
    return found


async def edition(tx: Transaction, actor: Actor, edition_id: UUID) -> Row:
    """One edition of a journey the actor may see; else NotFound."""
    row = await tx.row(_ONE, id=edition_id, **reader(actor))
    if row is None:
        raise NotFound
    return row


async def side(
    tx: Transaction, actor: Actor, journey_id: UUID, named: UUID | int | None, parameter: str
) -> Side:
    """What is named by id or number, or the present; Invalid when it is no edition of it."""
    reached = await present_revision(tx, actor, journey_id)
    if named is None:
        return Side(reached)
    given = {"journey_id": journey_id, **reader(actor)}
    if isinstance(named, UUID):
        row = await tx.row(_BY_ID, id=named, **given)
    else:
        row = await tx.row(_BY_NUMBER, number=named, **given)
    if row is None:
        detail = "This journey has no such edition: take one from its list of editions."
        fault = FieldError(detail, "unknown_edition", parameter=parameter)
        raise Invalid(detail, code="unknown_edition", errors=[fault])
    return Side(row["revision"], row)


async def last_number(tx: Transaction, actor: Actor, journey_id: UUID) -> int:
    """The number of the newest edition, 0 before the first."""
    given = {"organization_id": actor.organization_id, "journey_id": journey_id}
    return int(await tx.value(_LAST, **given))
