"""Undoing removals over HTTP."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import found
from api.schemas.base import present
from api.schemas.maps.restoring import Restored
from domain.queries.records.subjects import kind_of
from domain.roles import May
from domain.services.maps import personas, restoring
from domain.words import SubjectKind


class RestoringController(Controller):
    """Bringing back what was removed."""

    tags = ["Maps"]

    @post("/subjects/{subject_id:uuid}/restore", may=May.EDIT_JOURNEY, status_code=200)
    async def restore_subject(
        self, tx: Db, actor: By, subject_id: FromPath[UUID]
    ) -> Response[Restored]:
        """Bring back a removed stage, lane, touchpoint, emotion, persona, finding or evidence.

        All that stood in it comes back with it. For what is no part of the map itself one needs
        the right to edit it.
        """
        if await kind_of(tx, actor, subject_id) == SubjectKind.PERSONA:
            persona = await personas.restore(tx, actor, subject_id)
            return found(present(Restored, persona, journey_id=None))
        piece = await restoring.restore(tx, actor, subject_id)
        return found(present(Restored, piece))
