"""The inbox over HTTP."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.auth.actor import By, Db
from api.replies import checked
from api.schemas.inbox.notifications import (
    Notification,
    NotificationCount,
    NotificationPage,
    NotificationPatch,
    NotificationsMark,
    NotificationsMarked,
    marks,
    notification,
    notification_count,
    notification_page,
)
from api.schemas.pages import Paging
from domain.queries.inbox import notifications as queries
from domain.queries.inbox.notifications import Narrowing
from domain.roles import May
from domain.services.inbox import notifications
from domain.talk import NotificationReason, NotificationStatus


class NotificationController(Controller):
    """What happened that concerns you."""

    tags = ["Inbox"]
    path = "/me/notifications"

    @get(may=May.USE_OWN_ACCOUNT, opt={"etag": True}, reply=NotificationPage)
    async def list_notifications(
        self,
        tx: Db,
        actor: By,
        page: Paging,
        status: Annotated[
            list[NotificationStatus] | None,
            QueryParameter(description="Only these; without it, what is not in the archive."),
        ] = None,
        reason: Annotated[
            list[NotificationReason] | None,
            QueryParameter(description="Only what you are told for these reasons."),
        ] = None,
        journey: Annotated[
            UUID | None, QueryParameter(description="Only what happened in this journey.")
        ] = None,
    ) -> Response[Any]:
        """Your inbox, newest first: a line for each subject and reason, however often it happened.

        Made for asking again and again: as long as nothing has changed, If-None-Match gets 304.
        What you may not see any more is not listed.
        """
        narrowing = Narrowing(
            tuple(sorted(set(status or ()))), tuple(sorted(set(reason or ()))), journey
        )
        found = await queries.list_notifications(tx, actor, narrowing, page)
        return checked(msgspec.json.encode(notification_page(found)))

    @get("/count", may=May.USE_OWN_ACCOUNT, opt={"etag": True}, reply=NotificationCount)
    async def count_notifications(self, tx: Db, actor: By) -> Response[Any]:
        """How much is unread, reason by reason; as long as nothing changes, it is a 304."""
        found = await queries.count_unread(tx, actor)
        return checked(msgspec.json.encode(notification_count(found)))

    @get("/{notification_id:uuid}", may=May.USE_OWN_ACCOUNT)
    async def get_notification(
        self, tx: Db, actor: By, notification_id: FromPath[UUID]
    ) -> Notification:
        """Read one notification. Reading it here does not mark it as read."""
        return notification(await queries.notification(tx, actor, notification_id))

    @patch("/{notification_id:uuid}", may=May.USE_OWN_ACCOUNT)
    async def update_notification(
        self, tx: Db, actor: By, notification_id: FromPath[UUID], data: JSONBody[NotificationPatch]
    ) -> Notification:
        """Mark it as read or unread, put it into the archive or take it out."""
        row = await notifications.update(tx, actor, notification_id, *marks(data))
        return notification(row)

    @post("/mark", may=May.USE_OWN_ACCOUNT, status_code=200)
    async def update_notifications(
        self, tx: Db, actor: By, data: JSONBody[NotificationsMark]
    ) -> NotificationsMarked:
        """Mark many at once: by their ids, all of a journey or reason, or all until a moment."""
        marked = await notifications.choose(tx, actor, data.chosen, *marks(data))
        unread = await queries.count_unread(tx, actor)
        return NotificationsMarked(marked=marked, unread=sum(unread.values()))
