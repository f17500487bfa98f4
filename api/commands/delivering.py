"""Sending to webhooks: each has a lane of its own, so that one that hangs delays no other.

Any number of workers may do it. What one takes is left alone by the others for a minute; when it is
killed in between, the same is sent again under the same id.
"""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from uuid import UUID

from api.commands.patrol import Patrol
from api.commands.posting import Post
from api.plugins.database import Database
from domain.clock import now
from domain.database import Row
from domain.queries.integration.sending import START, Place, due, reseal
from domain.services.integration import sending
from domain.services.integration.sending import Claimed

CONNECTIONS = 3
"""How many transactions the lanes have at once, however many they are."""
MOST_LANES = 200
TURN = 5.0  # seconds that a lane goes on taking, before others have their turn
ENDS_WITHIN = 6.0  # seconds for what is being sent when the worker stops


class Delivering(Patrol):
    """Begins a lane for every webhook to which something is due.

    `watching` is the database as the role that sees what is due anywhere; `database`, as the
    application's role. `only` is the one organization to look after.
    """

    def __init__(
        self, watching: Database, database: Database, post: Post, only: UUID | None = None
    ) -> None:
        super().__init__()
        self.watching, self.database, self.post, self.only = watching, database, post, only
        self._lanes: dict[Place, asyncio.Task[None]] = {}
        self._storing = asyncio.Semaphore(CONNECTIONS)
        self.most_lanes, self.ends_within = MOST_LANES, ENDS_WITHIN
        self.first = self._after = START

    async def look(self) -> Counter[str]:
        """Begin what is due, and do not wait for it; the next look goes on where lanes ran out."""
        async with self.watching.transaction() as tx:
            rows = await due(tx, now(), self._after, self.most_lanes)
        for key in map(_key, rows):
            if self.stop.is_set() or len(self._lanes) >= self.most_lanes:
                return Counter()
            self._after = key
            if self.only in (None, key[0]) and key not in self._lanes and not self.rests(key):
                self._lanes[key] = asyncio.create_task(self._tried(key))
        if len(rows) < self.most_lanes:
            self._after = self.first
        return Counter()

    async def run(self, every: float) -> None:
        """Look until `stop` is set; what is being sent then has a moment to end."""
        try:
            await super().run(every)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.idle(), self.ends_within)
        finally:
            lanes = list(self._lanes.values())
            for lane in lanes:
                lane.cancel()
            # The pools close after this: what a lane has of them must be given back before.
            await asyncio.gather(*lanes, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until every lane has ended."""
        while self._lanes:
            await asyncio.wait(self._lanes.values())
            await asyncio.sleep(0)

    async def _tried(self, key: Place) -> None:
        try:
            await self._lane(*key)
        except Exception as error:
            self.put_off(key, error)
        else:
            self.went_well(key)
        finally:
            del self._lanes[key]

    async def _lane(self, organization_id: UUID, webhook_id: UUID) -> None:
        """Take a few, send them side by side, and go on as long as there are more."""
        began = time.monotonic()
        while not self.stop.is_set() and time.monotonic() - began < TURN:
            claimed = await self._claimed(organization_id, webhook_id)
            if not claimed.deliveries:
                return
            done = await asyncio.gather(
                *(self._one(organization_id, claimed, one) for one in claimed.deliveries),
                return_exceptions=True,
            )
            for error in done:
                if error is not None:
                    raise error

    async def _claimed(self, organization_id: UUID, webhook_id: UUID) -> Claimed:
        async with self._storing, self.database.transaction(organization_id) as tx:
            claimed = await sending.claim(tx, webhook_id)
        if claimed.left:
            async with self._storing, self.database.transaction(organization_id) as tx:
                await sending.abandon(tx, webhook_id)
            return Claimed()
        return claimed

    async def _one(self, organization_id: UUID, claimed: Claimed, delivery: Row) -> None:
        webhook = claimed.webhook
        assert webhook is not None
        outcome = await self.post.send(webhook, delivery)
        if outcome is None:
            return  # it is due again when it is held no longer
        async with self._storing, self.database.transaction(organization_id) as tx:
            await sending.record(tx, webhook, delivery, outcome)
        if outcome.status_code is not None and self.post.is_stale(webhook):
            # Not in the transaction above: what was sent is counted whatever becomes of the keys.
            sealed = self.post.sealed_anew(webhook)
            async with self._storing, self.database.transaction(organization_id) as tx:
                await reseal(tx, webhook["id"], webhook["secret"], **sealed)


def _key(row: Row) -> Place:
    return row["organization_id"], row["webhook_id"]
