"""Webhooks over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from api.auth.actor import By, Db
from api.auth.precondition import Expected
from api.auth.webhook_secrets import new_secret
from api.controllers.integration.addresses import judge
from api.replies import created, found, nothing, shown
from api.schemas.base import changes
from api.schemas.integration.webhooks import (
    Webhook,
    WebhookNew,
    WebhookPage,
    WebhookPatch,
    WebhookWithSecret,
    webhook,
    webhook_page,
    webhook_with_secret,
)
from api.schemas.pages import Paging
from domain.queries.integration import webhooks as queries
from domain.roles import May
from domain.services.integration import webhooks

Asked = Request[Any, Any, State]


class WebhookController(Controller):
    """Telling other programs what happens, after Standard Webhooks 1.0."""

    tags = ["Webhooks"]

    @post("/webhooks", may=May.MANAGE_WEBHOOKS, secret_reply=True, problems=(409, 422))
    async def create_webhook(
        self, request: Asked, tx: Db, actor: By, data: JSONBody[WebhookNew]
    ) -> Response[WebhookWithSecret]:
        """Set up a webhook. Its secret is shown this once.

        It hears of what happens from now on: at least once, never before it is committed, each
        event under an id that stays the same when it is sent again. Events may arrive in another
        order than they happened; `data.revision` tells. A private address is never called. An
        access token needs the scope `read` too, and `ledger` unless it is for one journey.
        """
        state = request.app.state
        secret = new_secret(state.vault)
        address = judge(state.outbound.of(actor.organization_id))
        made = await webhooks.create(tx, actor, changes(data), secret.sealed, address)
        row = await queries.webhook(tx, actor, made.id)
        return created(webhook_with_secret(row, secret.text), f"/v1/webhooks/{made.id}")

    @get("/webhooks", may=May.MANAGE_WEBHOOKS)
    async def list_webhooks(self, tx: Db, actor: By, page: Paging) -> WebhookPage:
        """List the webhooks of the organization, newest first."""
        return webhook_page(await queries.list_webhooks(tx, actor, page))

    @get("/webhooks/{webhook_id:uuid}", may=May.MANAGE_WEBHOOKS)
    async def get_webhook(self, tx: Db, actor: By, webhook_id: FromPath[UUID]) -> Response[Webhook]:
        """One webhook, and how it fares."""
        return shown(webhook(await webhooks.read(tx, actor, webhook_id)))

    @patch("/webhooks/{webhook_id:uuid}", may=May.MANAGE_WEBHOOKS, problems=(409, 422))
    async def update_webhook(
        self,
        request: Asked,
        tx: Db,
        actor: By,
        webhook_id: FromPath[UUID],
        data: JSONBody[WebhookPatch],
        expected: Expected,
    ) -> Response[Webhook]:
        """Change where a webhook goes and what it hears of.

        What waits goes there too; where another `member_id` is named, it is cancelled. An access
        token needs the scopes of making one, unless only the name is changed.
        """
        address = judge(request.app.state.outbound.of(actor.organization_id))
        await webhooks.update(tx, actor, webhook_id, changes(data), expected, address)
        return found(webhook(await queries.webhook(tx, actor, webhook_id)))

    @delete("/webhooks/{webhook_id:uuid}", may=May.MANAGE_WEBHOOKS)
    async def remove_webhook(
        self, tx: Db, actor: By, webhook_id: FromPath[UUID], expected: Expected
    ) -> Response[None]:
        """Remove a webhook. What waits is not sent, and its log is no longer shown."""
        await webhooks.remove(tx, actor, webhook_id, expected)
        return nothing()

    @post(
        "/webhooks/{webhook_id:uuid}/pause",
        may=May.MANAGE_WEBHOOKS,
        status_code=200,
        problems=(409,),
    )
    async def pause_webhook(
        self, tx: Db, actor: By, webhook_id: FromPath[UUID]
    ) -> Response[Webhook]:
        """Pause a webhook: what happens waits until it is resumed, for 30 days at the most."""
        await webhooks.pause(tx, actor, webhook_id)
        return found(webhook(await queries.webhook(tx, actor, webhook_id)))

    @post(
        "/webhooks/{webhook_id:uuid}/resume",
        may=May.MANAGE_WEBHOOKS,
        status_code=200,
        problems=(409,),
    )
    async def resume_webhook(
        self, tx: Db, actor: By, webhook_id: FromPath[UUID]
    ) -> Response[Webhook]:
        """Resume a webhook: what waits is sent, in its order.

        One that was disabled is enabled, and hears of what happens from now on. An access token
        needs the scopes of making one.
        """
        await webhooks.resume(tx, actor, webhook_id)
        return found(webhook(await queries.webhook(tx, actor, webhook_id)))

    @post(
        "/webhooks/{webhook_id:uuid}/rotate-secret",
        may=May.MANAGE_WEBHOOKS,
        status_code=200,
        secret_reply=True,
    )
    async def rotate_webhook_secret(
        self, request: Asked, tx: Db, actor: By, webhook_id: FromPath[UUID], expected: Expected
    ) -> Response[WebhookWithSecret]:
        """Give a webhook a new secret, which is shown this once.

        For 24 hours everything carries a signature with the new one and one with the one before.
        Only two sign: a second rotation within these hours drops the first secret at once, which is
        what a leaked one needs. `previous_secret_until` tells whether another still signs.
        """
        secret = new_secret(request.app.state.vault)
        await webhooks.rekey(tx, actor, webhook_id, expected, secret.sealed)
        row = await queries.webhook(tx, actor, webhook_id)
        return found(webhook_with_secret(row, secret.text))
