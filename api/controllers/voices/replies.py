"""Replies over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import created
from api.schemas.base import changes
from api.schemas.pages import Paging
from api.schemas.voices.replies import (
    ThreadReply,
    ThreadReplyNew,
    ThreadReplyPage,
    new_reply,
    reply_page,
)
from domain.queries.voices import replies as queries
from domain.roles import May
from domain.services.voices import replies


class ReplyController(Controller):
    """Answers in threads."""

    tags = ["Voices"]
    path = "/annotations/{annotation_id:uuid}/replies"

    @post(may=May.REPLY)
    async def reply_to_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], data: JSONBody[ThreadReplyNew]
    ) -> Response[ThreadReply]:
        """Answer in a thread; whoever sees the annotation sees the answer.

        A thread lives on when what it is about is removed from the map. Markdown, mentions and
        `voice` are as those of `annotate`.
        """
        said = await replies.write(tx, actor, annotation_id, changes(data))
        return created(new_reply(said, actor), f"/v1/replies/{said.reply.id}")

    @get(may=May.READ_JOURNEY, hot=True)
    async def list_replies(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], page: Paging
    ) -> ThreadReplyPage:
        """List the answers in a thread, oldest first."""
        return reply_page(await queries.list_replies(tx, actor, annotation_id, page), actor)
