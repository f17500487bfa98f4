"""What a request for input is about, and what lies inside of that."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, func, select

from domain.database import Row, Transaction, hot
from domain.models.maps.touchpoints import Touchpoint
from domain.models.records.subjects import Subject
from domain.queries.maps.places import SUBJECT_GONE
from domain.queries.readers import ORGANIZATION

_ABOUT = hot(
    select(
        Subject.id,
        Subject.kind,
        Subject.journey_id,
        Subject.touchpoint_id,
        func.coalesce(Touchpoint.stage_id, Subject.id).label("stage_id"),
    )
    .outerjoin(
        Touchpoint,
        (Touchpoint.organization_id == Subject.organization_id)
        & (Touchpoint.id == Subject.touchpoint_id),
    )
    .where(
        Subject.organization_id == ORGANIZATION,
        Subject.id == bindparam("ids", type_=ARRAY(Uuid())).any_(),
        ~SUBJECT_GONE,
    )
)


async def subjects(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Row]:
    """Those of the subjects that still stand: their kind, and where in a journey they are."""
    rows = await tx.rows(_ABOUT, organization_id=tx.organization_id, ids=list(ids))
    return {row["id"]: row for row in rows}
