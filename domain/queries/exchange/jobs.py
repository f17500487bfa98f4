"""Jobs: a member's own, and those that wait for a worker."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text, Uuid, and_, bindparam, func, or_, select, tuple_

from domain.actor import Actor
from domain.database import Hot, Row, Transaction, hot
from domain.errors import NotFound
from domain.models.exchange.jobs import Job
from domain.queries.page import Page, PageRequest, binding, cut_by_id, decode_id
from domain.queries.readers import ME, ORGANIZATION
from domain.results import JobStatus

_TIME = DateTime(timezone=True)
_MINE = select(*Job.__table__.c).where(
    Job.organization_id == ORGANIZATION,
    Job.member_id == ME,
)
_ONE = hot(_MINE.where(Job.id == bindparam("id", type_=Uuid())))
_ENDED = (JobStatus.DONE.value, JobStatus.FAILED.value, JobStatus.CANCELLED.value)
_SILENT = and_(
    Job.status == JobStatus.RUNNING.value, Job.beat_at < bindparam("silent_since", type_=_TIME)
)
_TO_DO = or_(Job.status == JobStatus.QUEUED.value, _SILENT)
_OVER = and_(
    or_(*(Job.status == status for status in _ENDED)),
    Job.beat_at < bindparam("over_since", type_=_TIME),
)
_LAST = tuple_(bindparam("organization", type_=Uuid()), bindparam("last", type_=Uuid()))


def _across(which: Any) -> Hot:
    return hot(
        select(Job.organization_id, Job.id)
        .where(which, tuple_(Job.organization_id, Job.id) > _LAST)
        .order_by(Job.organization_id, Job.id)
        .limit(bindparam("limit"))
    )


_WAITING, _PAST = _across(_TO_DO), _across(_OVER)
_CLAIM = hot(
    select(*Job.__table__.c)
    .where(Job.organization_id == ORGANIZATION, Job.id == bindparam("id", type_=Uuid()), _TO_DO)
    .with_for_update(skip_locked=True)
)
_OLD = hot(
    select(*Job.__table__.c)
    .where(Job.organization_id == ORGANIZATION, Job.id == bindparam("id", type_=Uuid()), _OVER)
    .with_for_update(skip_locked=True)
)
_KEYS = bindparam("keys", type_=ARRAY(Text())).any_()
_KNOWN = hot(
    select(Job.input_key, Job.result_key).where(
        Job.organization_id == ORGANIZATION,
        or_(Job.input_key == _KEYS, Job.result_key == _KEYS),
    )
)
_COUNT = hot(
    select(func.count())
    .select_from(Job)
    .where(
        Job.organization_id == ORGANIZATION,
        Job.member_id == ME,
        or_(Job.status == JobStatus.QUEUED.value, Job.status == JobStatus.RUNNING.value),
    )
)
Place = tuple[UUID, UUID]
START: Place = (UUID(int=0), UUID(int=0))


_NEWEST = _MINE.order_by(Job.id.desc()).limit(bindparam("limit"))
_LIST, _FURTHER = hot(_NEWEST), hot(_NEWEST.where(Job.id < bindparam("before", type_=Uuid())))


async def list_jobs(tx: Transaction, actor: Actor, page: PageRequest) -> Page:
    """A page of one's own jobs, newest first."""
    bound = binding("jobs", {})
    before = decode_id(bound, page.cursor)
    given = {"organization_id": actor.organization_id, "me": actor.member_id}
    if before is None:
        rows = await tx.rows(_LIST, **given, limit=page.limit + 1)
    else:
        rows = await tx.rows(_FURTHER, **given, before=before, limit=page.limit + 1)
    return cut_by_id(rows, page.limit, bound)


async def job(tx: Transaction, actor: Actor, job_id: UUID) -> Row:
    """One's own job; NotFound for anybody else's."""
    here = {"organization_id": actor.organization_id, "me": actor.member_id}
    row = await tx.row(_ONE, **here, id=job_id)
    if row is None:
        raise NotFound
    return row


async def waiting(
    tx: Transaction, silent_since: datetime, after: Place, limit: int
) -> Sequence[Row]:
    """What is to be done in any organization: what nobody does, or nobody any more."""
    organization, last = after
    return await tx.rows(
        _WAITING, silent_since=silent_since, organization=organization, last=last, limit=limit
    )


async def past(tx: Transaction, over_since: datetime, after: Place, limit: int) -> Sequence[Row]:
    """What has ended so long ago that nobody will ask for it."""
    organization, last = after
    return await tx.rows(
        _PAST, over_since=over_since, organization=organization, last=last, limit=limit
    )


async def claimable(tx: Transaction, job_id: UUID, silent_since: datetime) -> Row | None:
    """A job that is to be done, held; None when somebody else has it."""
    return await tx.row(
        _CLAIM, organization_id=tx.organization_id, id=job_id, silent_since=silent_since
    )


async def forgettable(tx: Transaction, job_id: UUID, over_since: datetime) -> Row | None:
    """A job that ended long ago, held."""
    return await tx.row(_OLD, organization_id=tx.organization_id, id=job_id, over_since=over_since)


async def waiting_count(tx: Transaction, actor: Actor) -> int:
    """How many of one's own jobs have not ended."""
    here = {"organization_id": actor.organization_id, "me": actor.member_id}
    return int(await tx.value(_COUNT, **here))


async def known_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    """Those of the keys under which lies what a job was given, or has made."""
    rows = await tx.rows(_KNOWN, organization_id=tx.organization_id, keys=list(keys))
    return {key for row in rows for key in (row["input_key"], row["result_key"]) if key}
