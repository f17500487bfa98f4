"""Who sees a journey, said of others than the reader."""

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.maps.journeys import Grant, Journey
from domain.queries.readers import is_draft


def granted(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a grant on the journey, of a kind, reaches the member.

    Joined as for SEES_IT.
    """
    return exists(
        select(Grant.id).where(
            Grant.organization_id == Journey.organization_id,
            Grant.journey_id == Journey.id,
            Grant.removed_at.is_(None),
            or_(
                Grant.member_id == Member.id,
                Grant.group == Member.group,
                Grant.department_id == Department.path.any_(),
            ),
            *which,
        )
    )


SEES_IT = or_(
    and_(not_(is_draft()), Journey.restricted.is_(False)),
    Journey.owner_id == Member.id,
    granted(),
)
"""As journey_visible says it of the reader; the journey, the member and, outer, the member's
department are joined."""
ITS_DEPARTMENT = and_(
    Department.organization_id == Member.organization_id, Department.id == Member.department_id
)
