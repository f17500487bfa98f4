"""What becomes of a reply over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import found, shown
from api.schemas.pages import Paging
from api.schemas.voices.replies import ThreadReply, ThreadReplyPatch, thread_reply
from api.schemas.voices.revisions import ReplyRevisionPage, reply_revision_page
from api.schemas.voices.threads import AnnotationHide
from domain.queries.voices import replies as queries
from domain.queries.voices import revisions
from domain.roles import May
from domain.services.voices import replies, reply_moderation


class ReplyStateController(Controller):
    """Answers said better, taken back, moderated."""

    tags = ["Voices"]
    path = "/replies/{reply_id:uuid}"

    @get(may=May.READ_JOURNEY)
    async def get_reply(self, tx: Db, actor: By, reply_id: FromPath[UUID]) -> Response[ThreadReply]:
        """One answer."""
        return shown(thread_reply(await queries.reply(tx, actor, reply_id), actor))

    @patch(may=May.EDIT_ANNOTATION)
    async def edit_reply(
        self,
        tx: Db,
        actor: By,
        reply_id: FromPath[UUID],
        data: JSONBody[ThreadReplyPatch],
        expected: Expected,
    ) -> Response[ThreadReply]:
        """Say it better. `listReplyRevisions` keeps what it said before."""
        row = await replies.edit(tx, actor, reply_id, data.body, expected)
        return found(thread_reply(row, actor))

    @post("/withdraw", may=May.WITHDRAW_ANNOTATION, status_code=200)
    async def withdraw_reply(
        self, tx: Db, actor: By, reply_id: FromPath[UUID]
    ) -> Response[ThreadReply]:
        """Take your answer back: others see that there was one, no longer what it said."""
        return found(thread_reply(await replies.withdraw(tx, actor, reply_id), actor))

    @post("/restore", may=May.RESTORE_ANNOTATION, status_code=200)
    async def restore_reply(
        self, tx: Db, actor: By, reply_id: FromPath[UUID]
    ) -> Response[ThreadReply]:
        """Stand by a withdrawn answer again."""
        return found(thread_reply(await replies.restore(tx, actor, reply_id), actor))

    @post("/hide", may=May.HIDE_ANNOTATION, status_code=200)
    async def hide_reply(
        self,
        tx: Db,
        actor: By,
        reply_id: FromPath[UUID],
        data: JSONBody[AnnotationHide],
        expected: Expected,
    ) -> Response[ThreadReply]:
        """Hide an answer from all but its author and those who moderate; its flags are settled."""
        row = await reply_moderation.hide(tx, actor, reply_id, data.reason, expected)
        return found(thread_reply(row, actor))

    @post("/show", may=May.HIDE_ANNOTATION, status_code=200)
    async def show_reply(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], expected: Expected
    ) -> Response[ThreadReply]:
        """Let a hidden answer be read again."""
        row = await reply_moderation.show(tx, actor, reply_id, expected)
        return found(thread_reply(row, actor))

    @post("/approve", may=May.HIDE_ANNOTATION, status_code=200)
    async def approve_reply(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], expected: Expected
    ) -> Response[ThreadReply]:
        """Let an answer stand: its flags are settled."""
        row = await reply_moderation.approve(tx, actor, reply_id, expected)
        return found(thread_reply(row, actor))

    @get("/revisions", may=May.READ_JOURNEY)
    async def list_reply_revisions(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], page: Paging
    ) -> ReplyRevisionPage:
        """List what an answer said before, oldest first, as far as it was for you then."""
        now, rows = await revisions.list_reply_revisions(tx, actor, reply_id, page)
        return reply_revision_page(now, rows, actor)
