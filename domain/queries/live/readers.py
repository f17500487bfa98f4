"""Those who listen, asked anew in one statement: who still may, and as whom.

The statements that ask what one member may see take that member as parameters. Here the parameters
become columns of a table of readers, so that the very same predicate is asked for all of them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    BindParameter,
    DateTime,
    Integer,
    Uuid,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.sql.visitors import ExternallyTraversible, replacement_traverse

from domain.actor import Actor
from domain.clock import now
from domain.database import Hot, Row, Transaction, hot
from domain.models.identity.accounts import Session
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.queries.identity.actors import scopes_of
from domain.queries.identity.seeing import ITS_DEPARTMENT
from domain.queries.readers import ME, MY_DEPARTMENTS, MY_GROUP, ORGANIZATION, journey_visible
from domain.roles import Group
from domain.rules.sessions import ABSOLUTE, IDLE
from domain.words import MemberStatus

S = TypeVar("S", bound=ExternallyTraversible)

_PERSONAL = {parameter.key for parameter in (ME, MY_GROUP, MY_DEPARTMENTS)}


class Channel(NamedTuple):
    """A stream of an organization: a journey's, or its own."""

    organization_id: UUID
    stream_id: UUID


class Listening(NamedTuple):
    """What is known of a reader between two questions."""

    session_id: UUID
    member_id: UUID
    stream_id: UUID


_ASKED = (
    func.unnest(
        bindparam("numbers", type_=ARRAY(Integer())),
        bindparam("sessions", type_=ARRAY(Uuid())),
        bindparam("members", type_=ARRAY(Uuid())),
        bindparam("streams", type_=ARRAY(Uuid())),
    )
    .table_valued(
        column("number", Integer()),
        column("session_id", Uuid()),
        column("member_id", Uuid()),
        column("stream_id", Uuid()),
    )
    .render_derived("asked")
)
_AT = bindparam("at", type_=DateTime(timezone=True))
_LIVES_BY_USE = and_(
    Session.scopes.is_(None),
    Session.created_at > bindparam("created_after", type_=DateTime(timezone=True)),
    Session.used_at > bindparam("used_after", type_=DateTime(timezone=True)),
)
_IS_SIGNED_IN = and_(
    Session.ended_at.is_(None),
    or_(Session.expires_at.is_(None), Session.expires_at > _AT),
    or_(Session.scopes.is_not(None), _LIVES_BY_USE),
)
_THE_MEMBER = and_(
    Member.organization_id == ORGANIZATION,
    Member.id == _ASKED.c.member_id,
    Member.account_id == Session.account_id,
    Member.status == MemberStatus.ACTIVE.value,
)
_NOWHERE: Any = literal_column("'{}'::uuid[]")


def readers() -> CTE:
    """Those of the readers asked about who are still signed in and active, as they are now."""
    return (
        select(
            _ASKED.c.number,
            _ASKED.c.stream_id,
            Session.id.label("session_id"),
            Session.scopes,
            Member.account_id,
            Member.id.label("me"),
            Member.group.label("my_group"),
            func.coalesce(Department.path, _NOWHERE).label("my_departments"),
            Member.department_id,
            Member.administrator,
            Member.may_create_journeys,
        )
        .select_from(_ASKED)
        .join(Session, and_(Session.id == _ASKED.c.session_id, _IS_SIGNED_IN))
        .join(Member, _THE_MEMBER)
        .outerjoin(Department, ITS_DEPARTMENT)
        .cte("reader")
    )


def of_each_reader(statement: S) -> S:
    """The statement with the reader's parameters read from the row of `readers()` around it.

    As literal columns: a subquery that says what it is correlated to would otherwise take the
    readers for a table of its own.
    """

    def personal(element: Any, **_: Any) -> Any:
        if isinstance(element, BindParameter) and element.key in _PERSONAL:
            return literal_column(f"reader.{element.key}", type_=element.type)
        return None

    return cast("S", replacement_traverse(statement, {}, personal))


@cache
def _standing() -> Hot:
    reader = readers()
    its_journey = literal_column("reader.stream_id", type_=Uuid())
    seen = exists(
        select(Journey.id).where(of_each_reader(journey_visible()), Journey.id == its_journey)
    )
    own = reader.c.stream_id == ORGANIZATION
    return hot(select(*reader.c).where(or_(own, seen)))


def asked(listening: Sequence[Listening]) -> dict[str, Any]:
    """The parameters of a statement with `readers()`; each is known by its place."""
    at = now()
    return {
        "numbers": list(range(len(listening))),
        "sessions": [one.session_id for one in listening],
        "members": [one.member_id for one in listening],
        "streams": [one.stream_id for one in listening],
        "at": at,
        "created_after": at - ABSOLUTE,
        "used_after": at - IDLE,
    }


async def standing(tx: Transaction, listening: Sequence[Listening]) -> dict[int, Actor]:
    """By their place, those who may go on listening, as they are now."""
    rows = await tx.rows(_standing(), organization_id=tx.organization_id, **asked(listening))
    return {row["number"]: _actor(row, tx.organization_id) for row in rows}


def _actor(row: Row, organization_id: UUID | None) -> Actor:
    assert organization_id is not None, "readers are asked about within their organization"
    return Actor(
        account_id=row["account_id"],
        organization_id=organization_id,
        member_id=row["me"],
        session_id=row["session_id"],
        group=Group(row["my_group"]),
        department_id=row["department_id"],
        department_ids=frozenset(row["my_departments"]),
        administrator=row["administrator"],
        may_create_journeys=row["may_create_journeys"],
        scopes=scopes_of(row["scopes"]),
    )
