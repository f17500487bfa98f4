"""Jobs: long work that members asked for, done as them, once, whoever is killed on the way."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from uuid import UUID

from api.commands.job_work import Cancelled, Result, Work, do
from api.commands.patrol import Patrol
from api.files import Files
from api.plugins.database import Database
from api.problems.handler import answer
from api.schemas.exchange.jobs import problem_text
from domain.clock import now
from domain.database import Row, Transaction
from domain.errors import Conflict, Forbidden, Unavailable
from domain.queries.exchange.jobs import START, Place, past, waiting
from domain.queries.identity.actors import acting_alone
from domain.services.exchange import jobs

BATCH = 50
BEAT_EVERY = 10.0  # seconds
GIVEN_UP = "It was begun again and again and never ended: ask for less at once."
Find = Callable[[Transaction, Place], Awaitable[Sequence[Row]]]


class Jobs(Patrol):
    """Does what waits, then forgets what ended a day ago.

    `watching` is the database as the role that sees which jobs wait anywhere; `database`, as the
    application's role. `only` is the one organization to look after.
    """

    def __init__(
        self, watching: Database, database: Database, files: Files, only: UUID | None = None
    ) -> None:
        super().__init__()
        self.watching, self.database, self.files, self.only = watching, database, files, only

    async def look(self) -> Counter[str]:
        """Do everything that waits; how much was `done`, or `failed` for a reason of ours."""
        tally = await self._each(_waiting, self._one)
        await self._each(_past, self._forget)
        return tally

    async def _each(self, find: Find, act: Callable[[UUID, UUID], Awaitable[bool]]) -> Counter[str]:
        tally, after = Counter[str](), START
        while batch := await self._batch(find, after):
            for row in batch:
                if self.stop.is_set():
                    return tally
                after = key = (row["organization_id"], row["id"])
                if self.only in (None, key[0]) and not self.rests(key):
                    tally[await self._tried(key, act)] += 1
        return tally

    async def _batch(self, find: Find, after: Place) -> Sequence[Row]:
        async with self.watching.transaction() as tx:
            return await find(tx, after)

    async def _tried(self, key: Place, act: Callable[[UUID, UUID], Awaitable[bool]]) -> str:
        try:
            did = await act(*key)
        except Exception as error:
            return self.put_off(key, error)
        self.went_well(key)
        return "done" if did else "busy"

    async def _forget(self, organization_id: UUID, job_id: UUID) -> bool:
        """The files go first: what is left of a row that stays is looked for again."""
        async with self.database.transaction(organization_id) as tx:
            row = await jobs.forget(tx, job_id)
            if row is not None:
                tried = range(1, row["attempts"] + 1)
                keys = [result_key(organization_id, job_id, attempt) for attempt in tried]
                await self.files.remove(*filter(None, (row["input_key"], *keys)))
        return row is not None

    async def _one(self, organization_id: UUID, job_id: UUID) -> bool:
        """Claim a job and do it; whatever goes wrong is told to whoever asked."""
        async with self.database.transaction(organization_id) as tx:
            row = await jobs.claim(tx, job_id)
        if row is None:
            return False
        work = Work(organization_id, job_id, row["attempts"] + 1, row)
        if work.attempt > jobs.MOST_ATTEMPTS:
            await self._failed(work, Conflict(GIVEN_UP, code="job_given_up"))
            return True
        await self._attempted(work)
        return True

    async def _attempted(self, work: Work) -> None:
        beating = asyncio.create_task(self._beats(work))
        try:
            await self._done(work)
        except Cancelled:
            await self.files.remove(result_key(work.organization_id, work.job_id, work.attempt))
        except Exception as error:
            if work.attempt < jobs.MOST_ATTEMPTS and isinstance(error, Unavailable):
                raise
            await self._failed(work, error)
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating

    async def _done(self, work: Work) -> None:
        async with self.database.transaction(work.organization_id) as tx:
            actor = await acting_alone(tx, work.row["member_id"], work.job_id)
            if actor is None:
                raise Forbidden("You are no active member of this organization any more.")
            result = await do(tx, actor, self.files, work)
            if work.row["kind"] == "export":
                await tx.pause()  # making the file needs no connection
            await self._kept(tx, work, result)

    async def _kept(self, tx: Transaction, work: Work, result: Result) -> None:
        """Put the file where it is fetched from, and end the job with the work it was."""
        key = result_key(work.organization_id, work.job_id, work.attempt)
        size = await result.put(self.files, key, work)
        name, kind = result.name, result.media_type
        if work.lost or not await jobs.finish(
            tx, work.job_id, work.attempt, journey_id=result.journey_id,
            result=(key, name, kind, size),
        ):  # fmt: skip
            raise Cancelled

    async def _failed(self, work: Work, error: Exception) -> None:
        said = problem_text(answer(error), work.job_id)
        async with self.database.transaction(work.organization_id) as tx:
            await jobs.finish(tx, work.job_id, work.attempt, problem=said)

    async def _beats(self, work: Work) -> None:
        """Say again and again that it is being done; stop it when it is to be left alone."""
        while not work.lost:
            await asyncio.sleep(BEAT_EVERY)
            with suppress(Exception):
                await self.told(work)

    async def told(self, work: Work) -> None:
        """Say how far it is."""
        async with self.database.transaction(work.organization_id) as tx:
            alive = await jobs.beat(tx, work.job_id, work.attempt, work.done, work.total)
        work.lost = not alive


def result_key(organization_id: UUID, job_id: UUID, attempt: int) -> str:
    """Where the result of an attempt lies: one that was only slow must not touch another's."""
    return f"{organization_id}/jobs/{job_id}-{attempt}"


async def _waiting(tx: Transaction, after: Place) -> Sequence[Row]:
    return await waiting(tx, now() - jobs.SILENT, after, BATCH)


async def _past(tx: Transaction, after: Place) -> Sequence[Row]:
    return await past(tx, now() - jobs.KEPT, after, BATCH)
