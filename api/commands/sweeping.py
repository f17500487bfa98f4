"""Forgetting files that nothing knows: a sweep over what is kept, once in a while."""

from collections import Counter, defaultdict
from datetime import timedelta
from uuid import UUID

from api.commands.patrol import Patrol
from api.plugins.database import Database
from domain.files import FileStore
from domain.queries.exchange import jobs
from domain.queries.findings.kept_files import known_keys
from domain.services.findings.attachments import FOLDER

OLD = timedelta(days=1)
"""A file is kept before anything names it: only then is it nobody's."""
BATCH = 500


class Sweep(Patrol):
    """One look after another for files that no row knows, or that were removed long ago.

    `database` is reached as the application's role, one organization at a time.
    """

    def __init__(self, database: Database, files: FileStore, only: UUID | None = None) -> None:
        super().__init__()
        self.database, self.files, self.only = database, files, only

    async def look(self) -> Counter[str]:
        """Forget what nothing knows; how many files were `swept`, and what `failed`."""
        tally = Counter[str]()
        kept: dict[UUID, list[str]] = defaultdict(list)
        async for key in self.files.older_than("", OLD):
            owner = organization_of(key)
            if owner is None or self.only not in (None, owner):
                continue
            kept[owner].append(key)
            if len(kept[owner]) >= BATCH:
                tally[await self._one(owner, kept.pop(owner))] += 1
            if self.stop.is_set():
                return tally
        for owner, keys in kept.items():
            tally[await self._one(owner, keys)] += 1
        return tally

    async def _one(self, organization_id: UUID, keys: list[str]) -> str:
        if self.rests(organization_id):
            return "busy"
        try:
            async with self.database.transaction(organization_id) as tx:
                known = await known_keys(tx, keys) | await jobs.known_keys(tx, keys)
            await self.files.remove(*(key for key in keys if key not in known))
        except Exception as error:
            return self.put_off(organization_id, error)
        self.went_well(organization_id)
        return "swept"


def organization_of(key: str) -> UUID | None:
    """Whose an attached file or one of a job is, by its key; None for what else is kept."""
    owner, _, rest = key.partition("/")
    if rest.partition("/")[0] not in (FOLDER, "jobs"):
        return None
    try:
        return UUID(owner)
    except ValueError:
        return None
