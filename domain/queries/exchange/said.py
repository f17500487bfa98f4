"""What an export reads of the voices: what the reader may see and be seen to have seen.

Who wrote unnamed counts as anybody: what their own export holds beyond that would tell, once it is
handed on, who they are.
"""

from typing import Any

from sqlalchemy import case, func, null, select

from domain.database import hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.identity.organizations import Organization
from domain.models.records.subjects import Subject
from domain.models.voices.annotations import Annotation
from domain.models.voices.ratings import Rating
from domain.models.voices.replies import Reply
from domain.models.voices.supports import Support
from domain.queries.exchange.drawn import IDS, JOURNEY
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.annotations import among_shown
from domain.queries.voices.filters import SHOWN
from domain.queries.voices.tallies import tallies

_SAYS = (SHOWN, Annotation.journey_id == JOURNEY, Annotation.body.is_not(None))


def _author(said: Any) -> tuple[Any, ...]:
    """Who said it, as far as everybody is told: the group alone, where they spoke for it."""
    name = select(Member.name).where(
        Member.organization_id == ORGANIZATION, Member.id == said.author_id
    )
    found = name.correlate_except(Member).scalar_subquery()
    return (
        said.author_group,
        case((said.author_id.is_not(None), found), else_=null()).label("author_name"),
        said.attributed_to,
    )


ANNOTATIONS = hot(
    among_shown(
        Annotation.id,
        Annotation.subject_id,
        Subject.kind.label("subject_kind"),
        Annotation.kind,
        Annotation.body,
        Annotation.visibility,
        Annotation.created_at,
        Annotation.mentioned_member_ids,
        Annotation.mentioned_department_ids,
        Annotation.resolution,
        Annotation.resolution_note,
        Annotation.work_status,
        Annotation.due_on,
        *_author(Annotation),
    )
    .join(
        Subject,
        (Subject.organization_id == Annotation.organization_id)
        & (Subject.id == Annotation.subject_id),
    )
    .where(*_SAYS)
    .order_by(Annotation.id)
)
REPLIES = hot(
    among_shown(
        Reply.id,
        Reply.annotation_id,
        Reply.body,
        Reply.created_at,
        Reply.mentioned_member_ids,
        Reply.mentioned_department_ids,
        *_author(Reply),
    )
    .join(
        Reply,
        (Reply.organization_id == Annotation.organization_id)
        & (Reply.annotation_id == Annotation.id),
    )
    .where(
        *_SAYS,
        Reply.organization_id == ORGANIZATION,
        Reply.body.is_not(None),
        Reply.withdrawn_at.is_(None),
        Reply.hidden_at.is_(None),
    )
    .order_by(Reply.id)
)
SUPPORTS = hot(
    among_shown(Annotation.id, Support.member_group.label("group"), func.count().label("n"))
    .join(
        Support,
        (Support.organization_id == Annotation.organization_id)
        & (Support.annotation_id == Annotation.id),
    )
    .where(*_SAYS, Support.organization_id == ORGANIZATION, Support.removed_at.is_(None))
    .group_by(Annotation.id, Support.member_group)
    .order_by(Annotation.id, Support.member_group)
)
_TALLIED = tallies(Rating.organization_id == ORGANIZATION, Rating.journey_id == JOURNEY)
RATINGS = hot(select(_TALLIED.c.touchpoint_id, _TALLIED.c.tallies))
NAMES_LEADERS = hot(select(Organization.names_leaders).where(Organization.id == ORGANIZATION))
MEMBERS = hot(
    select(Member.id, Member.name).where(
        Member.organization_id == ORGANIZATION, Member.id == IDS.any_()
    )
)
NAMED_DEPARTMENTS = hot(
    select(Department.id, Department.name).where(
        Department.organization_id == ORGANIZATION, Department.id == IDS.any_()
    )
)
