"""The directory over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get

from api.auth.actor import By, Db
from api.replies import as_json
from api.schemas.identity.directory import Directory
from domain.actor import Actor
from domain.database import Transaction
from domain.queries.identity import directory as queries
from domain.roles import May

MOST = 256


class Kept:
    """The bytes of directories by organization, good as long as the revision is the same.

    Every member of an organization reads the same bytes, so nobody can be served another's.
    """

    def __init__(self) -> None:
        self._kept: dict[UUID, tuple[int, bytes]] = {}

    async def read(self, tx: Transaction, actor: Actor) -> tuple[int, bytes]:
        """The directory at the organization's present revision."""
        kept = self._kept.get(actor.organization_id)
        if kept is None or kept[0] != await queries.revision(tx, actor):
            row = await queries.directory(tx, actor)
            told = '{{"revision":{revision},"members":{members},"departments":{departments}}}'
            kept = row["revision"], told.format_map(row).encode()
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[actor.organization_id] = kept
        return kept


KEPT = Kept()


class DirectoryController(Controller):
    """The names behind ids."""

    tags = ["Identity"]

    @get("/directory", may=May.READ_ORGANIZATION, hot=True, reply=Directory, opt={"etag": True})
    async def get_directory(self, tx: Db, actor: By) -> Response[Any]:
        """All names of members and departments in one reply.

        Everything else names members and departments by id. The ETag is the revision of the
        organization: read this once, and again with If-None-Match.
        """
        revision, told = await KEPT.read(tx, actor)
        return as_json(told, ETag=f'"{revision}"')
