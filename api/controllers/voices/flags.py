"""Flags over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.auth.actor import By, Db
from api.replies import found
from api.schemas.pages import Paging
from api.schemas.voices.flags import Flag, FlagNew, FlagPage, flag, flag_page
from domain.queries.voices import flags as queries
from domain.roles import May
from domain.services.voices import flags, moderation
from domain.talk import FlagStatus

Status = Annotated[FlagStatus | None, QueryParameter(description="Without it: all.")]


class FlagController(Controller):
    """Asking moderators to look at what somebody said."""

    tags = ["Voices"]

    @post("/annotations/{annotation_id:uuid}/flag", may=May.FLAG_ANNOTATION, status_code=200)
    async def flag_annotation(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], data: JSONBody[FlagNew]
    ) -> Response[Flag]:
        """Ask moderators to look at an annotation; its author is not told."""
        why = (data.reason, data.note)
        return found(flag(await flags.flag_annotation(tx, actor, annotation_id, why)))

    @post("/replies/{reply_id:uuid}/flag", may=May.FLAG_ANNOTATION, status_code=200)
    async def flag_reply(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], data: JSONBody[FlagNew]
    ) -> Response[Flag]:
        """Ask moderators to look at a reply; its author is not told."""
        why = (data.reason, data.note)
        return found(flag(await flags.flag_reply(tx, actor, reply_id, why)))

    @get("/flags/{flag_id:uuid}", may=May.READ_JOURNEY)
    async def get_flag(self, tx: Db, actor: By, flag_id: FromPath[UUID]) -> Response[Flag]:
        """One flag: your own, or as a moderator."""
        return found(flag(await queries.flag(tx, actor, flag_id)))

    @get("/journeys/{journey_id:uuid}/flags", may=May.HIDE_ANNOTATION)
    async def list_flags(
        self, tx: Db, actor: By, page: Paging, journey_id: FromPath[UUID], status: Status = None
    ) -> FlagPage:
        """List what members asked moderators to look at, newest first."""
        await moderation.enter(tx, actor, journey_id)
        return flag_page(await queries.list_flags(tx, actor, journey_id, status, page))
