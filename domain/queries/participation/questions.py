"""A question as somebody reads it who does not look at the map: by names, not by ids."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, literal_column, select

from domain.database import Row, Transaction, hot
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.models.maps.journeys import Journey
from domain.models.maps.stages import Stage
from domain.models.maps.touchpoints import Touchpoint
from domain.models.participation.input_requests import InputRequest
from domain.models.records.subjects import Subject
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.readers import ORGANIZATION

_PATH = func.concat_ws(literal_column("' > '"), Journey.title, Stage.name, Touchpoint.name)
_QUESTION = hot(
    select(
        InputRequest.id,
        InputRequest.journey_id,
        InputRequest.subject_id,
        InputRequest.touchpoint_id,
        InputRequest.message,
        InputRequest.questions,
        InputRequest.due_at,
        InputRequest.status,
        Subject.kind.label("subject_kind"),
        Stage.id.label("stage_id"),
        Journey.title.label("journey_title"),
        _PATH.label("path"),
        Organization.name.label("organization"),
        Organization.timezone,
        Member.name.label("asked_by"),
    )
    .join(Organization, Organization.id == InputRequest.organization_id)
    .join(
        Journey,
        (Journey.organization_id == InputRequest.organization_id)
        & (Journey.id == InputRequest.journey_id),
    )
    .join(
        Subject,
        (Subject.organization_id == InputRequest.organization_id)
        & (Subject.id == InputRequest.subject_id),
    )
    .join(
        Member,
        (Member.organization_id == InputRequest.organization_id)
        & (Member.id == InputRequest.created_by),
    )
    .outerjoin(
        Touchpoint,
        (Touchpoint.organization_id == InputRequest.organization_id)
        & (Touchpoint.id == InputRequest.touchpoint_id),
    )
    .outerjoin(
        Stage,
        (Stage.organization_id == InputRequest.organization_id)
        & (Stage.id == func.coalesce(Touchpoint.stage_id, InputRequest.subject_id)),
    )
    .where(
        InputRequest.organization_id == ORGANIZATION,
        InputRequest.id == bindparam("request_id", type_=Uuid()),
        ~SUBJECT_GONE,
    )
)


async def question(tx: Transaction, request_id: UUID) -> Row | None:
    """What a request asks, in words; None when what it is about stands no more."""
    return await tx.row(_QUESTION, organization_id=tx.organization_id, request_id=request_id)
