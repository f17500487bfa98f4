"""Jobs: asked for by a member, done by a worker as that member, once."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text

from domain.actor import Actor
from domain.clock import now
from domain.database import Row, Transaction, hot
from domain.errors import Conflict, NotFound
from domain.models.exchange.jobs import Job
from domain.policy import require
from domain.queries.exchange import jobs as queries
from domain.queries.maps.imports import journey_keyed
from domain.queries.maps.places import place
from domain.results import JobKind, JobStatus
from domain.roles import May

KEPT: Final = timedelta(days=1)
"""How long a job and its result are kept after it has ended."""
SILENT: Final = timedelta(seconds=60)
"""After so long a silence of whoever does it, another takes a job up."""
MOST_ATTEMPTS: Final = 5
MOST_WAITING: Final = 20
"""How many jobs a member may have waiting at once."""

_HERE = "organization_id = CAST(:organization_id AS uuid) AND id = CAST(:id AS uuid)"
_AT = "CAST(:at AS timestamptz)"


def _update(columns: str, condition: str) -> Any:
    return hot(text(f"UPDATE jobs SET {columns} WHERE {_HERE} AND {condition}"))  # noqa: S608


_MINE = "status = 'running' AND attempts = CAST(:attempt AS integer)"
_TAKE = _update(
    f"status = 'running', attempts = attempts + 1, beat_at = {_AT},"
    f" started_at = coalesce(started_at, {_AT})",
    "status IN ('queued', 'running')",
)
_BEAT = _update(
    f"beat_at = {_AT}, total = CAST(:total AS integer), done = CAST(:done AS integer)", _MINE
)
_END = _update(
    f"status = CAST(:status AS text), beat_at = {_AT}, finished_at = {_AT}, done = CASE"
    " WHEN CAST(:status AS text) = 'done' THEN total ELSE done END,"
    " expires_at = CAST(:expires AS timestamptz), problem = CAST(:problem AS text),"
    " result_key = CAST(:key AS text), result_name = CAST(:name AS text),"
    " result_type = CAST(:type AS text), result_size = CAST(:size AS bigint),"
    " journey_id = coalesce(CAST(:journey_id AS uuid), journey_id)",
    _MINE,
)
_CANCEL = _update(
    f"status = 'cancelled', beat_at = {_AT}, finished_at = {_AT},"
    " expires_at = CAST(:expires AS timestamptz)",
    "status IN ('queued', 'running')",
)
_FORGET = hot(text(f"DELETE FROM jobs WHERE {_HERE}"))  # noqa: S608  our own names


async def ask_export(tx: Transaction, actor: Actor, journey_id: UUID, request: str) -> Row:
    """Ask for an export of a journey that the actor may see."""
    found = await place(tx, actor, journey_id)
    require(actor, May.READ_JOURNEY, found.standing(actor))
    return await _asked(tx, actor, JobKind.EXPORT, request, journey_id=journey_id)


async def require_import(tx: Transaction, actor: Actor, key: str) -> None:
    """Forbidden to whoever may neither change the journey of a document's key nor make one."""
    journey_id = await journey_keyed(tx, actor, key)
    if journey_id is not None:
        with suppress(NotFound):
            found = await place(tx, actor, journey_id)
            return require(actor, May.EDIT_JOURNEY, found.standing(actor))
    return require(actor, May.CREATE_JOURNEY, actor.standing())


async def ask_import(
    tx: Transaction, actor: Actor, request: str, job_id: UUID, input_key: str
) -> Row:
    """Ask for an import of what lies under a key; its faults are found when it is done."""
    return await _asked(tx, actor, JobKind.IMPORT, request, id=job_id, input_key=input_key)


async def _asked(tx: Transaction, actor: Actor, kind: JobKind, request: str, **more: Any) -> Row:
    if await queries.waiting_count(tx, actor) >= MOST_WAITING:
        detail = f"You have {MOST_WAITING} jobs waiting: let some end, or cancel them."
        raise Conflict(detail, code="too_many_jobs")
    job = Job(
        organization_id=actor.organization_id,
        member_id=actor.member_id,
        kind=kind.value,
        request=request,
        total=3,
        **more,
    )
    await tx.add(job)
    return await queries.job(tx, actor, job.id)


async def cancel(tx: Transaction, actor: Actor, job_id: UUID) -> Row:
    """End a job that has not ended; whoever does it hears of it at the next step."""
    await queries.job(tx, actor, job_id)
    at = now()
    if not await tx.run(_CANCEL, **_place(tx, job_id), at=at, expires=at + KEPT):
        raise Conflict("This job has ended already.", code="job_ended")
    return await queries.job(tx, actor, job_id)


async def claim(tx: Transaction, job_id: UUID) -> Row | None:
    """Take a job up, unless somebody else has; `attempts` is the number of this attempt."""
    found = await queries.claimable(tx, job_id, now() - SILENT)
    if found is None:
        return None
    await tx.run(_TAKE, **_place(tx, job_id), at=now())
    return found


async def beat(tx: Transaction, job_id: UUID, attempt: int, done: int, total: int) -> bool:
    """Say that it is being done, and how far it is; False when it is to be left alone now."""
    told = {"attempt": attempt, "done": done, "total": total}
    return bool(await tx.run(_BEAT, **_place(tx, job_id), at=now(), **told))


async def finish(
    tx: Transaction,
    job_id: UUID,
    attempt: int,
    *,
    problem: str | None = None,
    journey_id: UUID | None = None,
    result: tuple[str, str, str, int] | None = None,
) -> bool:
    """End a job; False, and nothing is changed, when it was cancelled or taken up by another.

    `result` is its key in the storage, its name, its media type and its size in bytes.
    """
    status = JobStatus.DONE if problem is None else JobStatus.FAILED
    key, name, kind, size = result or (None, None, None, None)
    at = now()
    told = {"key": key, "name": name, "type": kind, "size": size, "journey_id": journey_id}
    ended = {"at": at, "expires": at + KEPT, "status": status.value, "problem": problem}
    return bool(await tx.run(_END, **_place(tx, job_id), attempt=attempt, **told, **ended))


async def forget(tx: Transaction, job_id: UUID) -> Row | None:
    """Delete a job that ended long enough ago; what it leaves in the storage is in the row."""
    row = await queries.forgettable(tx, job_id, now() - KEPT)
    if row is not None:
        await tx.run(_FORGET, **_place(tx, job_id))
    return row


def _place(tx: Transaction, job_id: UUID) -> dict[str, Any]:
    return {"organization_id": tx.organization_id, "id": job_id}
