"""Uses of playbooks over HTTP."""

from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.replies import created, found
from api.schemas.accountability.playbook_uses import (
    PlaybookUse,
    PlaybookUseNew,
    PlaybookUsePage,
    PlaybookUsePatch,
    use_page,
)
from api.schemas.base import changes, present
from api.schemas.pages import Paging
from domain.queries.accountability import playbook_uses as queries
from domain.roles import May
from domain.services.accountability import playbook_uses


class PlaybookUseController(Controller):
    """The log of playbooks: each use, what it cost, what came of it."""

    tags = ["Playbooks"]

    @post("/playbooks/{playbook_id:uuid}/uses", may=May.USE_PLAYBOOK)
    async def use_playbook(
        self, tx: Db, actor: By, playbook_id: FromPath[UUID], data: JSONBody[PlaybookUseNew]
    ) -> Response[PlaybookUse]:
        """Log that you use an approved playbook, within the limit of your group.

        Beyond it the refusal says which groups may spend as much, and who among your managers. It
        works while the journey is locked or archived, too: customers do not wait for that.
        """
        made = await playbook_uses.use(tx, actor, playbook_id, changes(data))
        return created(present(PlaybookUse, made), f"/v1/playbook-uses/{made.id}")

    @get("/playbooks/{playbook_id:uuid}/uses", may=May.READ_JOURNEY)
    async def list_playbook_uses(
        self, tx: Db, actor: By, playbook_id: FromPath[UUID], page: Paging
    ) -> PlaybookUsePage:
        """List the uses of a playbook, newest first, and count how they ended."""
        return use_page(await queries.log(tx, actor, playbook_id, page))

    @get("/playbook-uses/{use_id:uuid}", may=May.READ_JOURNEY)
    async def get_playbook_use(
        self, tx: Db, actor: By, use_id: FromPath[UUID]
    ) -> Response[PlaybookUse]:
        """One use of a playbook."""
        return found(present(PlaybookUse, await queries.use(tx, actor, use_id)))

    @patch("/playbook-uses/{use_id:uuid}", may=May.USE_PLAYBOOK)
    async def update_playbook_use(
        self, tx: Db, actor: By, use_id: FromPath[UUID], data: JSONBody[PlaybookUsePatch]
    ) -> Response[PlaybookUse]:
        """Record what came of your own use, whatever has become of the playbook since."""
        made = await playbook_uses.record_result(tx, actor, use_id, changes(data))
        return found(present(PlaybookUse, made))
