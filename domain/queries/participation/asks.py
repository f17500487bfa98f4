"""What became of asking each member: their status, when they last looked, their words."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
)

from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.participation.input_requests import InputAsk, InputLink
from domain.models.records.visits import Visit
from domain.queries.participation.spoken import LIVE, TO_OTHERS, is_silent, spoken, status_with
from domain.queries.readers import ME, MY_GROUP, ORGANIZATION
from domain.roles import SHIELDED, Group

_OF_REQUEST = InputAsk.request_id == bindparam("request_id", type_=Uuid())
_OWN = [column for column in InputAsk.__table__.c if column.key != "status"]


def ask_told() -> ColumnElement[bool]:
    """Whether the reader may know that somebody was asked, in a journey they see, which is joined.

    It is for them, for the owner and for executives.
    """
    return or_(
        InputAsk.member_id == ME, Journey.owner_id == ME, MY_GROUP == literal(Group.EXECUTIVE.value)
    )


def asks(*which: ColumnElement[bool], told: ColumnElement[bool] = LIVE) -> Select[Any]:
    """Asks as they stand: `status` counts what was said elsewhere too, as far as it is `told`.

    `recorded` does not.
    """
    voices = spoken(*which, is_silent(), told=told)
    return (
        select(
            *_OWN,
            InputAsk.status.label("recorded"),
            status_with(voices).label("status"),
            Visit.seen_at,
        )
        .outerjoin(voices, voices.c.ask_id == InputAsk.id)
        .outerjoin(
            Visit,
            and_(
                Visit.organization_id == InputAsk.organization_id,
                Visit.member_id == InputAsk.member_id,
                Visit.subject_id == InputAsk.id,
            ),
        )
        .where(InputAsk.organization_id == ORGANIZATION, *which)
    )


def _live_link() -> ColumnElement[Any]:
    """The link by which a member could answer, as far as others may know: till it is recorded."""
    return (
        select(InputLink.id)
        .where(
            InputLink.organization_id == InputAsk.organization_id,
            InputLink.ask_id == InputAsk.id,
            InputLink.revoked_at.is_(None),
            is_silent(),
            InputLink.expires_at > bindparam("at", type_=DateTime(timezone=True)),
        )
        .order_by(InputLink.id.desc())
        .limit(1)
        .correlate(InputAsk)
        .scalar_subquery()
    )


def _last_sent() -> ColumnElement[Any]:
    """When a link was last sent to a member."""
    return (
        select(func.max(InputLink.created_at))
        .where(
            InputLink.organization_id == InputAsk.organization_id, InputLink.ask_id == InputAsk.id
        )
        .correlate(InputAsk)
        .scalar_subquery()
    )


# Looking and rating are minutes apart: to the minute it would lead to the entry of a rating that
# does not say whose it is.
_SEEN_BY_OTHERS = case(
    (
        or_(
            not_(Organization.names_leaders),
            *(InputAsk.member_group == group.value for group in SHIELDED),
        ),
        func.date_trunc(literal_column("'day'"), Visit.seen_at, literal_column("'UTC'")),
    ),
    else_=Visit.seen_at,
)
_LINKS = (_live_link().label("link_id"), _last_sent().label("link_sent_at"))
_ASKS = hot(
    asks(_OF_REQUEST, told=TO_OTHERS)
    .join(Organization, Organization.id == InputAsk.organization_id)
    .add_columns(*_LINKS, _SEEN_BY_OTHERS.label("seen_by_others"))
    .order_by(InputAsk.id)
)
_ASK = hot(asks(InputAsk.id == bindparam("id", type_=Uuid())))
_SPOKEN = hot(select(spoken(_OF_REQUEST).c.ask_id))
_HEARD = hot(select(spoken(_OF_REQUEST, told=TO_OTHERS).c.ask_id))
_BY_LINK = hot(
    select(InputLink.ask_id)
    .join(
        InputAsk,
        (InputAsk.organization_id == InputLink.organization_id) & (InputAsk.id == InputLink.ask_id),
    )
    .where(InputLink.organization_id == ORGANIZATION, InputLink.used_at.is_not(None), _OF_REQUEST)
)


async def asks_of(tx: Transaction, request_id: UUID) -> list[Row]:
    """Everybody who was asked, with what others may know became of it, in the order of asking."""
    given = {"organization_id": tx.organization_id, "request_id": request_id}
    return await tx.rows(_ASKS, at=now(), **given)


async def ask_of(tx: Transaction, ask_id: UUID) -> Row:
    """One ask as it stands."""
    row = await tx.row(_ASK, organization_id=tx.organization_id, id=ask_id)
    assert row is not None, "what was asked stays asked"
    return row


async def spoken_in(tx: Transaction, request_id: UUID) -> set[UUID]:
    """Those asks whose member has annotated or rated where they were asked to."""
    given = {"organization_id": tx.organization_id, "request_id": request_id}
    return {row["ask_id"] for row in await tx.rows(_SPOKEN, **given)}


async def heard_in(tx: Transaction, request_id: UUID) -> set[UUID]:
    """Those of them of whom it may be known."""
    given = {"organization_id": tx.organization_id, "request_id": request_id}
    return {row["ask_id"] for row in await tx.rows(_HEARD, **given)}


async def answered_by_link(tx: Transaction, request_id: UUID) -> set[UUID]:
    """Those asks that were answered by a link."""
    given = {"organization_id": tx.organization_id, "request_id": request_id}
    return {row["ask_id"] for row in await tx.rows(_BY_LINK, **given)}


async def asks_to_change(tx: Transaction, request_id: UUID) -> list[InputAsk]:
    """The asks of a request, for changing them."""
    session = await tx.session()
    found = await session.scalars(
        select(InputAsk)
        .where(InputAsk.organization_id == tx.organization_id, InputAsk.request_id == request_id)
        .order_by(InputAsk.id)
    )
    return list(found)


async def own_ask(tx: Transaction, request_id: UUID, member_id: UUID) -> InputAsk | None:
    """What one member was asked, for changing it."""
    session = await tx.session()
    found: InputAsk | None = await session.scalar(
        select(InputAsk).where(
            InputAsk.organization_id == tx.organization_id,
            InputAsk.request_id == request_id,
            InputAsk.member_id == member_id,
        )
    )
    return found
