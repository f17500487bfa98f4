"""Reactions over HTTP."""

from uuid import UUID

from litestar import Controller, Response, delete, get, put
from litestar.params import FromPath

from api.auth.actor import By, Db
from api.replies import found, nothing
from api.schemas.pages import Paging
from api.schemas.voices.annotations import Annotation, annotation
from api.schemas.voices.reactions import ReactionPage, reaction_page
from api.schemas.voices.replies import ThreadReply, thread_reply
from domain.queries.voices import reactions as queries
from domain.roles import May
from domain.services.voices import reactions
from domain.talk import ReactionKind


class ReactionController(Controller):
    """Reacting without words."""

    tags = ["Voices"]

    @put("/annotations/{annotation_id:uuid}/reactions/{kind:str}", may=May.REACT)
    async def add_reaction(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], kind: FromPath[ReactionKind]
    ) -> Response[Annotation]:
        """React to an annotation. Doing it again changes nothing."""
        return found(annotation(await reactions.add(tx, actor, annotation_id, kind), actor))

    @delete("/annotations/{annotation_id:uuid}/reactions/{kind:str}", may=May.REACT)
    async def remove_reaction(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], kind: FromPath[ReactionKind]
    ) -> Response[None]:
        """Take your reaction to an annotation back."""
        await reactions.remove(tx, actor, annotation_id, kind)
        return nothing()

    @get("/annotations/{annotation_id:uuid}/reactions", may=May.READ_JOURNEY)
    async def list_reactions(
        self, tx: Db, actor: By, annotation_id: FromPath[UUID], page: Paging
    ) -> ReactionPage:
        """List who reacted to an annotation, and how, newest first."""
        return reaction_page(await queries.annotation_reactions(tx, actor, annotation_id, page))

    @put("/replies/{reply_id:uuid}/reactions/{kind:str}", may=May.REACT)
    async def add_reply_reaction(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], kind: FromPath[ReactionKind]
    ) -> Response[ThreadReply]:
        """React to a reply. Doing it again changes nothing."""
        return found(thread_reply(await reactions.add_to_reply(tx, actor, reply_id, kind), actor))

    @delete("/replies/{reply_id:uuid}/reactions/{kind:str}", may=May.REACT)
    async def remove_reply_reaction(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], kind: FromPath[ReactionKind]
    ) -> Response[None]:
        """Take your reaction to a reply back."""
        await reactions.remove_from_reply(tx, actor, reply_id, kind)
        return nothing()

    @get("/replies/{reply_id:uuid}/reactions", may=May.READ_JOURNEY)
    async def list_reply_reactions(
        self, tx: Db, actor: By, reply_id: FromPath[UUID], page: Paging
    ) -> ReactionPage:
        """List who reacted to a reply, and how, newest first."""
        return reaction_page(await queries.reply_reactions(tx, actor, reply_id, page))
