"""The feed: lets each consumer read what is new in the ledger, once, stream by stream.

Any number of workers may do it. One that is killed leaves a transaction that never was, and the
position where it began; the next goes on from there.
"""

import time
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from api.commands.patrol import Patrol
from api.plugins.database import Database
from domain.database import Row
from domain.queries.inbox.feed import START, Place, extent, moved
from domain.services.steps.feeding import Consumer, advance

AT_ONCE = 100
SHARE = 5  # a full look takes a fifth of the time at the most, however many streams there are


class Feed(Patrol):
    """Goes from stream to stream as long as there is news in any.

    `watching` is the database as the role that sees how far each stream and each consumer has come;
    `database`, as the application's role. `only` is the one organization to look after.
    """

    def __init__(
        self,
        watching: Database,
        database: Database,
        consumers: Sequence[Consumer],
        only: UUID | None = None,
    ) -> None:
        super().__init__()
        self.watching, self.database, self.only = watching, database, only
        self.consumers = {one.name: one for one in consumers}
        self._finished_at = -1

    async def look(self) -> Counter[str]:
        """Read until nothing is new; how many entries were `read`, what was `busy` or `failed`.

        Where nothing has happened since everything was read, no stream is looked at.
        """
        async with self.watching.transaction() as tx:
            reached = await extent(tx)
        if reached == self._finished_at:
            self.least = 0.0
            return Counter()
        tally = await self._rounds()
        done = not (tally["busy"] or tally["failed"] or self.stop.is_set())
        self._finished_at = reached if done else -1
        return tally

    async def _rounds(self) -> Counter[str]:
        """A stream gets one batch in each round, so that a long one keeps no other waiting."""
        tally = Counter[str]()
        while True:
            began = time.monotonic()
            found = await self._round()
            tally += Counter({name: found[name] for name in ("read", "failed")})
            if not found["read"]:
                self.least = SHARE * (time.monotonic() - began)
                return tally + Counter(busy=found["busy"])

    async def _round(self) -> Counter[str]:
        tally, after = Counter[str](), START
        while batch := await self._batch(after):
            for row in batch:
                if self.stop.is_set():
                    return Counter()
                await self._one(row, tally)
            last = batch[-1]
            after = (last["organization_id"], last["stream_id"], last["consumer"])
        return tally

    async def _batch(self, after: Place) -> Sequence[Row]:
        async with self.watching.transaction() as tx:
            return await moved(tx, list(self.consumers), self.only, after, AT_ONCE)

    async def _one(self, row: Row, tally: Counter[str]) -> None:
        """One batch of one stream; whatever goes wrong is no reason to leave the others."""
        key = row["organization_id"], row["stream_id"], row["consumer"]
        if self.rests(key):
            tally["busy"] += 1
            return
        try:
            async with self.database.transaction(row["organization_id"]) as tx:
                read = await advance(tx, self.consumers[row["consumer"]], row["stream_id"])
        except Exception as error:
            tally[self.put_off(key, error)] += 1
        else:
            self.went_well(key)
            tally["read"] += read
