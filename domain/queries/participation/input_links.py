"""Links to answer by: what the secret of one opens, and what there is to rate behind it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    DateTime,
    LargeBinary,
    Uuid,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.errors import NotFound
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.participation.input_requests import InputAsk, InputLink
from domain.models.voices.ratings import Rating
from domain.queries.maps.on_the_map import ITS_STAGE, ON_THE_MAP
from domain.queries.readers import ME, ORGANIZATION
from domain.roles import Group
from domain.words import MemberStatus

_ITS_ASK = (InputAsk.organization_id == InputLink.organization_id) & (
    InputAsk.id == InputLink.ask_id
)
_USABLE = hot(
    select(
        InputLink.id,
        InputLink.used_at,
        InputLink.ask_id,
        InputAsk.request_id,
        InputAsk.member_id,
        Member.name,
        Member.account_id,
        Member.group,
        Member.department_id,
        Member.administrator,
        Member.may_create_journeys,
        Department.path,
    )
    .join(InputAsk, _ITS_ASK)
    .join(
        Member,
        (Member.organization_id == InputAsk.organization_id) & (Member.id == InputAsk.member_id),
    )
    .outerjoin(
        Department,
        (Department.organization_id == Member.organization_id)
        & (Department.id == Member.department_id),
    )
    .where(
        InputLink.organization_id == ORGANIZATION,
        InputLink.secret_hash == bindparam("digests", type_=ARRAY(LargeBinary())).any_(),
        InputLink.revoked_at.is_(None),
        InputLink.expires_at > bindparam("at", type_=DateTime(timezone=True)),
        Member.status == MemberStatus.ACTIVE.value,
    )
)
_JOURNEY = hot(
    select(InputAsk.journey_id)
    .select_from(InputLink)
    .join(InputAsk, _ITS_ASK)
    .where(
        InputLink.organization_id == ORGANIZATION,
        InputLink.id == bindparam("id", type_=Uuid()),
        InputLink.revoked_at.is_(None),
    )
)
_SUBJECT = bindparam("subject_id", type_=Uuid())
_RATED = exists(
    select(Rating.id).where(
        Rating.organization_id == Touchpoint.organization_id,
        Rating.touchpoint_id == Touchpoint.id,
        Rating.member_id == ME,
    )
)
_TOUCHPOINTS = hot(
    select(
        Touchpoint.id,
        Touchpoint.name,
        Touchpoint.description,
        Stage.name.label("stage_name"),
        _RATED.label("rated_by_me"),
    )
    .join(Stage, ITS_STAGE)
    .where(
        Touchpoint.organization_id == ORGANIZATION,
        Touchpoint.journey_id == bindparam("journey_id", type_=Uuid()),
        *ON_THE_MAP,
        or_(
            Touchpoint.journey_id == _SUBJECT,
            Touchpoint.stage_id == _SUBJECT,
            Touchpoint.id == bindparam("touchpoint_id", type_=Uuid()),
        ),
    )
    .order_by(Stage.position, Stage.id, Touchpoint.position, Touchpoint.id)
    .limit(literal_column("500"))
)


async def usable(tx: Transaction, digests: Sequence[bytes], at: datetime) -> Row | None:
    """The link that a secret opens, used or not, and its member; None when it is good no more."""
    given = {"organization_id": tx.organization_id, "digests": list(digests)}
    return await tx.row(_USABLE, at=at, **given)


def holder(row: Row, organization_id: UUID) -> Actor:
    """The member a link was sent to, as they stand now; it is no session and opens none."""
    return Actor(
        account_id=row["account_id"],
        organization_id=organization_id,
        member_id=row["member_id"],
        session_id=row["id"],
        group=Group(row["group"]),
        department_id=row["department_id"],
        department_ids=frozenset(row["path"] or ()),
        administrator=row["administrator"],
        may_create_journeys=row["may_create_journeys"],
    )


async def journey_of(tx: Transaction, actor: Actor, link_id: UUID) -> UUID:
    """The journey that a link not yet revoked is about; NotFound without one."""
    found: UUID | None = await tx.value(_JOURNEY, organization_id=actor.organization_id, id=link_id)
    if found is None:
        raise NotFound
    return found


async def touchpoints(tx: Transaction, actor: Actor, asked: Row) -> list[Row]:
    """What can be rated in what was asked about, in the order of the map."""
    return await tx.rows(
        _TOUCHPOINTS,
        organization_id=actor.organization_id,
        me=actor.member_id,
        journey_id=asked["journey_id"],
        subject_id=asked["subject_id"],
        touchpoint_id=asked["touchpoint_id"],
    )
