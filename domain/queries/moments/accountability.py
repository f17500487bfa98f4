"""Who answers for each moment of a journey, and what of its accountability is there, at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from domain.actor import Actor
from domain.database import Row, Transaction, hot
from domain.duties import PlaybookStatus
from domain.models.accountability.playbooks import Playbook
from domain.models.accountability.responsibilities import Responsibility
from domain.models.identity.members import Member
from domain.models.maps.journeys import Journey
from domain.models.maps.touchpoints import Touchpoint
from domain.models.moments.moments import Moment
from domain.queries.accountability.answering import LIVE
from domain.queries.accountability.satisfaction import states
from domain.queries.maps.drawn import JOURNEY
from domain.queries.readers import ORGANIZATION, journey_visible, reader
from domain.queries.told import fields, instant
from domain.words import MemberStatus, MomentStatus

# Any, because mypy takes an attribute of a mapped class for no column.
_R: Any = Responsibility
_ACTIVE = Member.status == literal_column(f"'{MemberStatus.ACTIVE}'")
_ANSWERING = (
    select(
        _R.moment_id,
        func.json_agg(
            aggregate_order_by(
                fields(
                    role=_R.role,
                    member_id=_R.member_id,
                    department_id=_R.department_id,
                    status=_R.status,
                    answered_at=instant(_R.answered_at),
                    active=func.coalesce(_ACTIVE, literal_column("true")),
                ),
                _R.id.asc(),
            )
        ).label("answering"),
    )
    .outerjoin(Member, and_(Member.organization_id == ORGANIZATION, Member.id == _R.member_id))
    .where(_R.organization_id == ORGANIZATION, _R.journey_id == JOURNEY, LIVE)
    .group_by(_R.moment_id)
    .subquery("answering")
)
_BOOKS = (
    select(Playbook.moment_id, func.count().label("playbooks"))
    .where(
        Playbook.organization_id == ORGANIZATION,
        Playbook.journey_id == JOURNEY,
        Playbook.status == literal_column(f"'{PlaybookStatus.APPROVED}'"),
    )
    .group_by(Playbook.moment_id)
    .subquery("books")
)
_SIGNED = states(lambda journey_id: journey_id == JOURNEY).subjects
_NONE: Any = literal_column("0")
_ACCOUNTABILITY = hot(
    select(
        Moment.id,
        Touchpoint.responsible_department_id,
        _ANSWERING.c.answering,
        func.coalesce(_BOOKS.c.playbooks, _NONE).label("playbooks"),
        func.coalesce(_SIGNED.c.required, _NONE).label("required"),
        func.coalesce(_SIGNED.c.given, _NONE).label("given"),
        func.coalesce(_SIGNED.c.stale, _NONE).label("stale"),
        func.coalesce(_SIGNED.c.objections, _NONE).label("objections"),
        func.coalesce(_SIGNED.c.satisfied, literal_column("true")).label("satisfied"),
    )
    .join(
        Journey,
        and_(Journey.organization_id == Moment.organization_id, Journey.id == Moment.journey_id),
    )
    .join(
        Touchpoint,
        and_(
            Touchpoint.organization_id == Moment.organization_id,
            Touchpoint.id == Moment.touchpoint_id,
        ),
    )
    .outerjoin(_ANSWERING, _ANSWERING.c.moment_id == Moment.id)
    .outerjoin(_BOOKS, _BOOKS.c.moment_id == Moment.id)
    .outerjoin(_SIGNED, _SIGNED.c.subject_id == Moment.id)
    .where(
        journey_visible(),
        Moment.organization_id == ORGANIZATION,
        Moment.journey_id == JOURNEY,
        Moment.status != literal_column(f"'{MomentStatus.RETIRED}'"),
    )
)


async def accountability(tx: Transaction, actor: Actor, journey_id: UUID) -> Mapping[UUID, Row]:
    """By moment: live responsibilities, approved playbooks, sign-offs; as it is now."""
    rows = await tx.rows(_ACCOUNTABILITY, journey_id=journey_id, **reader(actor))
    return {row["id"]: row for row in rows}
