"""Forgetting what was sent to webhooks, a month after it was finished."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from api.commands.patrol import Patrol
from api.plugins.database import Database
from domain.clock import now
from domain.ids import first_of
from domain.queries.integration import sending

KEPT = timedelta(days=30)


class DeliverySweep(Patrol):
    """One look after another for what is old; what has waited as long is cancelled.

    `watching` is the database as the role that sees where something is old; `database`, as the
    application's role. `only` is the one organization to look after.
    """

    def __init__(self, watching: Database, database: Database, only: UUID | None = None) -> None:
        super().__init__()
        self.watching, self.database, self.only = watching, database, only

    async def look(self) -> Counter[str]:
        """Forget what is old, one organization after another; how many deliveries `forgotten`."""
        before, tally = now() - KEPT, Counter[str]()
        async with self.watching.transaction() as tx:
            owners = await sending.old(tx, before, first_of(before))
        for owner in owners:
            if self.only in (None, owner) and not self.rests(owner) and not self.stop.is_set():
                try:
                    tally["forgotten"] += await self._one(owner)
                except Exception as error:
                    self.put_off(owner, error)
                else:
                    self.went_well(owner)
        return tally

    async def _one(self, organization_id: UUID) -> int:
        at, forgotten = now(), 0
        async with self.database.transaction(organization_id) as tx:
            await sending.expire(tx, at, first_of(at - KEPT))
        while not self.stop.is_set():
            async with self.database.transaction(organization_id) as tx:
                count = await sending.forget(tx, at - KEPT)
            forgotten += count
            if not count:
                break
        return forgotten
