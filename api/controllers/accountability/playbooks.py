"""Playbooks over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.replies import created, found, shown
from api.schemas.accountability.playbooks import (
    Playbook,
    PlaybookApproval,
    PlaybookNew,
    PlaybookPage,
    PlaybookPatch,
    playbook,
    playbook_page,
    terms,
)
from api.schemas.base import changes
from api.schemas.pages import Paging
from domain.duties import PlaybookStatus
from domain.queries.accountability import playbooks as queries
from domain.roles import May
from domain.services.accountability import playbooks


class PlaybookController(Controller):
    """Playbooks: how to recover a moment when the exact wish cannot be met."""

    tags = ["Playbooks"]

    @post("/moments/{moment_id:uuid}/playbooks", may=May.DRAFT_PLAYBOOK)
    async def draft_playbook(
        self, tx: Db, actor: By, moment_id: FromPath[UUID], data: JSONBody[PlaybookNew]
    ) -> Response[Playbook]:
        """Draft how to recover a moment.

        It can be used once a decision-maker or executive other than you has approved it.
        """
        made = await playbooks.draft(tx, actor, moment_id, changes(data))
        row = await queries.playbook(tx, actor, made.id)
        return created(playbook(row, actor), f"/v1/playbooks/{made.id}")

    @get("/moments/{moment_id:uuid}/playbooks", may=May.READ_JOURNEY)
    async def list_playbooks(
        self,
        tx: Db,
        actor: By,
        moment_id: FromPath[UUID],
        page: Paging,
        status: Annotated[
            list[PlaybookStatus] | None, QueryParameter(description="Only in these states.")
        ] = None,
    ) -> PlaybookPage:
        """List the playbooks of a moment, newest first, also drafts and replaced ones."""
        rows = await queries.list_playbooks(tx, actor, moment_id, status, page)
        return playbook_page(rows, actor)

    @get("/playbooks/{playbook_id:uuid}", may=May.READ_JOURNEY)
    async def get_playbook(
        self, tx: Db, actor: By, playbook_id: FromPath[UUID]
    ) -> Response[Playbook]:
        """One playbook, whatever state it is in."""
        return shown(playbook(await queries.playbook(tx, actor, playbook_id), actor))

    @patch("/playbooks/{playbook_id:uuid}", may=May.UPDATE_PLAYBOOK)
    async def update_playbook(
        self,
        tx: Db,
        actor: By,
        playbook_id: FromPath[UUID],
        data: JSONBody[PlaybookPatch],
        expected: Expected,
    ) -> Response[Playbook]:
        """Improve your draft. An approved playbook stays as it was approved: draft it anew."""
        await playbooks.update(tx, actor, playbook_id, changes(data), expected)
        return found(playbook(await queries.playbook(tx, actor, playbook_id), actor))

    @post("/playbooks/{playbook_id:uuid}/draft", may=May.DRAFT_PLAYBOOK)
    async def draft_playbook_anew(
        self, tx: Db, actor: By, playbook_id: FromPath[UUID]
    ) -> Response[Playbook]:
        """Draft an approved playbook anew: a copy, yours to improve.

        The approved one can be used until the draft is approved and takes its place. There is one
        such draft at a time.
        """
        made = await playbooks.draft_anew(tx, actor, playbook_id)
        row = await queries.playbook(tx, actor, made.id)
        return created(playbook(row, actor), f"/v1/playbooks/{made.id}")

    @post("/playbooks/{playbook_id:uuid}/approve", may=May.APPROVE_PLAYBOOK, status_code=200)
    async def approve_playbook(
        self,
        tx: Db,
        actor: By,
        playbook_id: FromPath[UUID],
        data: JSONBody[PlaybookApproval],
        expected: Expected,
    ) -> Response[Playbook]:
        """Approve somebody else's draft and set what each group may spend on a use.

        What the draft replaces is superseded at the same instant. A limit that is neither given
        nor taken over from the replaced playbook is none: such a group may use the playbook as long
        as that costs nothing.
        """
        await playbooks.approve(tx, actor, playbook_id, terms(data), expected)
        return found(playbook(await queries.playbook(tx, actor, playbook_id), actor))
