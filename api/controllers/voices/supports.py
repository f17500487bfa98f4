"""Support over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, put
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import found, nothing
from api.schemas.voices.annotations import Annotation, annotation
from domain.roles import May
from domain.services.voices import supports


class SupportController(Controller):
    """Saying "me too"."""

    tags = ["Voices"]
    path = "/annotations/{annotation_id:uuid}/support"

    @put(may=May.SUPPORT)
    async def support_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[Annotation]:
        """Say "me too". Saying it again changes nothing."""
        return found(annotation(await supports.give(tx, actor, annotation_id), actor))

    @delete(may=May.SUPPORT)
    async def unsupport_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[None]:
        """Take your "me too" back."""
        await supports.take_back(tx, actor, annotation_id)
        return nothing()
