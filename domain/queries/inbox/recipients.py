"""Who may be told: active members who see the journey, and of its threads those they see."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Text, Uuid, and_, bindparam, func, or_, select

from domain.database import Row, Transaction, hot
from domain.models.identity.departments import Department
from domain.models.identity.members import Member
from domain.models.inbox.preferences import Preference, Watch
from domain.models.maps.journeys import Grant, Journey
from domain.models.voices.annotations import Annotation
from domain.queries.identity.people import IS_PERSON
from domain.queries.identity.seeing import ITS_DEPARTMENT, SEES_IT, granted
from domain.queries.readers import ORGANIZATION
from domain.queries.voices.seeing import SEES_ANNOTATION
from domain.rules.notifying import Call
from domain.talk import WatchLevel
from domain.words import GrantRole, MemberStatus

_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_JOURNEY = bindparam("journey_id", type_=Uuid())
_ITS_JOURNEY = (Journey.organization_id == ORGANIZATION) & (Journey.id == _JOURNEY)
_EDITS = granted(Grant.role == GrantRole.EDITOR.value)
_WATCHES = hot(
    select(Watch.member_id, Watch.subject_id, Watch.level).where(
        Watch.organization_id == ORGANIZATION, Watch.subject_id == _IDS.any_()
    )
)
_BELONGS = or_(
    Member.group == bindparam("groups", type_=ARRAY(Text())).any_(),
    Department.path.op("&&")(bindparam("departments", type_=ARRAY(Uuid()))),
    and_(bindparam("editors", type_=Boolean()), _EDITS),
)
_PEOPLE = hot(
    select(
        Member.id,
        Member.group,
        Department.path,
        (Journey.owner_id == Member.id).label("owns"),
        _EDITS.label("edits"),
        Preference.muted_reasons,
    )
    .select_from(Member)
    .join(Journey, _ITS_JOURNEY)
    .outerjoin(Department, ITS_DEPARTMENT)
    .outerjoin(
        Preference,
        and_(Preference.organization_id == ORGANIZATION, Preference.member_id == Member.id),
    )
    .where(
        Member.organization_id == ORGANIZATION,
        Member.status == MemberStatus.ACTIVE.value,
        or_(
            Member.id == _IDS.any_(),
            Member.id == Journey.owner_id,
            and_(IS_PERSON, _BELONGS),
        ),
        SEES_IT,
    )
)
_PAIRS: Any = (
    func.unnest(_IDS, bindparam("members", type_=ARRAY(Uuid())))
    .table_valued("annotation_id", "member_id")
    .render_derived(name="pair")
)
_UNSEEN = hot(
    select(Annotation.id, Member.id.label("member_id"))
    .select_from(_PAIRS)
    .join(
        Annotation,
        (Annotation.organization_id == ORGANIZATION) & (Annotation.id == _PAIRS.c.annotation_id),
    )
    .join(Member, (Member.organization_id == ORGANIZATION) & (Member.id == _PAIRS.c.member_id))
    .join(
        Journey,
        (Journey.organization_id == ORGANIZATION) & (Journey.id == Annotation.journey_id),
    )
    .outerjoin(Department, ITS_DEPARTMENT)
    .where(SEES_ANNOTATION.is_not(True))
)


async def watches_on(tx: Transaction, subject_ids: Iterable[UUID]) -> Sequence[Row]:
    """What members chose to hear of subjects: member_id, subject_id, level."""
    return await tx.rows(_WATCHES, organization_id=tx.organization_id, ids=list(subject_ids))


async def people(
    tx: Transaction, journey_id: UUID, calls: Collection[Call], watching: Iterable[UUID]
) -> Sequence[Row]:
    """Those whom the calls could reach: id, group, path, owns, edits, muted_reasons."""
    return await tx.rows(
        _PEOPLE,
        organization_id=tx.organization_id,
        journey_id=journey_id,
        ids=list({*watching, *(one for call in calls for one in call.members)}),
        departments=list({one for call in calls for one in call.departments}),
        groups=list({one for call in calls for one in call.groups}),
        editors=any(call.editors for call in calls),
    )


async def unseen(tx: Transaction, pairs: Iterable[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Those pairs of a subject and a member where it is an annotation that they do not see."""
    told = list(pairs)
    rows = await tx.rows(
        _UNSEEN,
        organization_id=tx.organization_id,
        ids=[subject for subject, _ in told],
        members=[member for _, member in told],
    )
    return {(row["id"], row["member_id"]) for row in rows}


def watchers(rows: Iterable[Row]) -> set[UUID]:
    """The members among them who want to hear everything."""
    return {row["member_id"] for row in rows if row["level"] == WatchLevel.ALL}
