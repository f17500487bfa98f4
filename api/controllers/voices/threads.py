"""Threads over HTTP: resolved, reopened, assigned, hidden, shown."""

from uuid import UUID

from litestar import Controller, Response, post, put
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found
from api.schemas.voices.annotations import Annotation, annotation
from api.schemas.voices.threads import (
    AnnotationHide,
    ThreadAssign,
    ThreadProgress,
    ThreadResolve,
)
from domain.roles import May
from domain.services.voices import moderation, threads


class ThreadController(Controller):
    """What becomes of an annotation."""

    tags = ["Voices"]
    path = "/annotations/{annotation_id:uuid}"

    @post("/resolve", may=May.RESOLVE_THREAD, status_code=200)
    async def resolve_annotation(
        self,
        tx: Db,
        actor: By,
        annotation_id: FromPath[UUID],
        data: JSONBody[ThreadResolve],
        expected: Expected,
    ) -> Response[Annotation]:
        """End a thread, saying how and why."""
        how = threads.End(data.resolution, data.note, data.duplicate_of_id)
        return found(
            annotation(await threads.resolve(tx, actor, annotation_id, how, expected), actor)
        )

    @post("/reopen", may=May.REOPEN_THREAD, status_code=200)
    async def reopen_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], expected: Expected
    ) -> Response[Annotation]:
        """Take a resolved thread up again: a duplicate no more, and all of its work to do."""
        return found(annotation(await threads.reopen(tx, actor, annotation_id, expected), actor))

    @put("/work-status", may=May.RESOLVE_THREAD)
    async def set_work_status(
        self,
        tx: Db,
        actor: By,
        annotation_id: FromPath[UUID],
        data: JSONBody[ThreadProgress],
        expected: Expected,
    ) -> Response[Annotation]:
        """Say how far the work on an open thread is."""
        row = await threads.progress(tx, actor, annotation_id, data.work_status, expected)
        return found(annotation(row, actor))

    @post("/assign", may=May.ASSIGN_THREAD, status_code=200)
    async def assign_annotation(
        self,
        tx: Db,
        actor: By,
        annotation_id: FromPath[UUID],
        data: JSONBody[ThreadAssign],
        expected: Expected,
    ) -> Response[Annotation]:
        """Give a thread to yourself; its assignee and the owner give it to anyone who sees it."""
        to = (data.member_id, data.due_on)
        return found(
            annotation(await threads.assign(tx, actor, annotation_id, to, expected), actor)
        )

    @post("/hide", may=May.HIDE_ANNOTATION, status_code=200)
    async def hide_annotation(
        self,
        tx: Db,
        actor: By,
        annotation_id: FromPath[UUID],
        data: JSONBody[AnnotationHide],
        expected: Expected,
    ) -> Response[Annotation]:
        """Hide what somebody said from all but its author and those who moderate.

        Its flags are settled.
        """
        return found(
            annotation(
                await moderation.hide(tx, actor, annotation_id, data.reason, expected), actor
            )
        )

    @post("/show", may=May.HIDE_ANNOTATION, status_code=200)
    async def show_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], expected: Expected
    ) -> Response[Annotation]:
        """Let what was hidden be seen again."""
        return found(annotation(await moderation.show(tx, actor, annotation_id, expected), actor))

    @post("/approve", may=May.HIDE_ANNOTATION, status_code=200)
    async def approve_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], expected: Expected
    ) -> Response[Annotation]:
        """Let what somebody said stand: its flags are settled."""
        row = await moderation.approve(tx, actor, annotation_id, expected)
        return found(annotation(row, actor))
