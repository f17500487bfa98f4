"""Annotations over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import Provide
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.controllers.voices.filters import Filters, provide_filters
from api.replies import created, found, shown
from api.schemas.base import changes, without
from api.schemas.pages import Paging
from api.schemas.voices.annotations import (
    Annotation,
    AnnotationNew,
    AnnotationPage,
    AnnotationPatch,
    annotation,
    annotation_page,
    new_annotation,
)
from api.schemas.voices.revisions import AnnotationRevisionPage, revision_page
from domain.queries.voices import annotations as queries
from domain.queries.voices import revisions
from domain.roles import May
from domain.services.voices import annotations


class AnnotationController(Controller):
    """What members say."""

    tags = ["Voices"]

    @post("/annotations", may=May.ANNOTATE, problems=(404,))
    async def annotate(
        self, tx: Db, actor: By, data: JSONBody[AnnotationNew]
    ) -> Response[Annotation]:
        """Say something about a subject of a journey.

        Words are Markdown. `@[member:UUID]`, `@[department:UUID]` and `@[group:frontline_staff]`
        mention whoever may see them.

        With `voice` `group` others are shown a group instead of a name, and the department only
        where at least three active members of the group stand in it. No reply, list, count,
        mention, notification, event or export tells who it was, to moderators and administrators
        neither; the ledger holds a commitment that its export cannot open. The author alone finds
        it among their own and may edit, withdraw, restore and reopen it. What would be told with
        their name, and only they could do, is refused with `would_name_you`.

        It does not protect from conclusions: in a small group, or where few knew of it, what is
        said tells who said it; so does a way of writing, and so does the time for whoever knows who
        was at work. Answering by name, supporting it or mentioning oneself draws the eye. Where a
        member is erased their words go, those said for the group too: whoever remembers them can
        tell. It is no answer to a request for input, because that would tell that they spoke. And
        whoever runs the database can look: there the author stands beside the words, so that they
        can still change them.
        """
        fields = without(data, "subject_id", "journey_id")
        said = await annotations.write(tx, actor, data.subject_id, data.journey_id, fields)
        return created(new_annotation(said, actor), f"/v1/annotations/{said.annotation.id}")

    @get(
        "/annotations",
        may=May.READ_JOURNEY,
        hot=True,
        dependencies={"filters": Provide(provide_filters)},
    )
    async def list_annotations(
        self, tx: Db, actor: By, page: Paging, filters: Filters
    ) -> AnnotationPage:
        """List what was said and may be seen, newest first."""
        return annotation_page(await queries.list_annotations(tx, actor, filters, page), actor)

    @get("/annotations/{annotation_id:uuid}", may=May.READ_JOURNEY)
    async def get_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[Annotation]:
        """One annotation with the state of its thread."""
        return shown(annotation(await queries.annotation(tx, actor, annotation_id), actor))

    @patch("/annotations/{annotation_id:uuid}", may=May.EDIT_ANNOTATION)
    async def edit_annotation(
        self,
        tx: Db,
        actor: By,
        annotation_id: FromPath[UUID],
        data: JSONBody[AnnotationPatch],
        expected: Expected,
    ) -> Response[Annotation]:
        """Say it better, or to others. `listAnnotationRevisions` keeps what it said before."""
        row = await annotations.edit(tx, actor, annotation_id, changes(data), expected)
        return found(annotation(row, actor))

    @post(
        "/annotations/{annotation_id:uuid}/withdraw", may=May.WITHDRAW_ANNOTATION, status_code=200
    )
    async def withdraw_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[Annotation]:
        """Take your words back: others see that something was said, no longer what."""
        return found(annotation(await annotations.withdraw(tx, actor, annotation_id), actor))

    @post("/annotations/{annotation_id:uuid}/restore", may=May.RESTORE_ANNOTATION, status_code=200)
    async def restore_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID]
    ) -> Response[Annotation]:
        """Stand by withdrawn words again; the thread is as it was before."""
        return found(annotation(await annotations.restore(tx, actor, annotation_id), actor))

    @get("/annotations/{annotation_id:uuid}/revisions", may=May.READ_JOURNEY)
    async def list_annotation_revisions(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], page: Paging
    ) -> AnnotationRevisionPage:
        """List what an annotation said before, oldest first, as far as it was for you then."""
        now, rows = await revisions.list_revisions(tx, actor, annotation_id, page)
        return revision_page(now, rows, actor)
