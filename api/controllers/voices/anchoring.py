"""Giving annotations another subject, over HTTP."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found
from api.schemas.voices.anchors import AnnotationReanchor
from api.schemas.voices.annotations import Annotation, annotation
from domain.roles import May
from domain.services.voices.anchoring import reanchor


class AnchoringController(Controller):
    """What annotations are about."""

    tags = ["Voices"]

    @post("/annotations/{annotation_id:uuid}/reanchor", may=May.EDIT_JOURNEY, status_code=200)
    async def reanchor_annotation(
        self,
        tx: Db,
        actor: By,
        annotation_id: FromPath[UUID],
        data: JSONBody[AnnotationReanchor],
        expected: Expected,
    ) -> Response[Annotation]:
        """Move an annotation and its thread to another subject of its journey.

        It stays there, also when its former subject comes back. `listAnnotations?orphaned=true`
        tells which ones have lost theirs.
        """
        row = await reanchor(tx, actor, annotation_id, data.subject_id, expected)
        return found(annotation(row, actor))
