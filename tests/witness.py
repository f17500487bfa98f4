"""Stands behind every request of the test run and notes which operations left an entry."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from litestar import Litestar
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.openapi import operations

# Operations that may succeed without an entry, and why. None of them changes a journey or what
# belongs to the organization itself.
WITHOUT_ENTRY = {
    "requestExport": "long work to be done; it changes nothing",
    "requestImport": "long work to be done; what it does is recorded then",
    "cancelJob": "long work that is not done",
    "pingWebhook": "something to be sent; it changes nothing",
    "redeliverWebhookDelivery": "something to be sent; it changes nothing",
    "signIn": "a session",
    "refreshSession": "a session",
    "signOut": "a session",
    "revokeSession": "a session",
    "switchOrganization": "a session",
    "changePassword": "a credential",
    "requestPasswordReset": "a credential",
    "resetPassword": "a credential",
    "beginSignIn": "a credential",
    "beginLinking": "a credential",
    "completeLinking": "a credential",
    "unlinkIdentity": "a credential",
    "testIdentityProvider": "a question to somebody else",
    "markOverviewSeen": "read state",
    "markInputRequestSeen": "read state",
    "markThreadRead": "read state",
    "markThreadUnread": "read state",
    "markJourneyRead": "read state",
    "openInputLink": "read state",
    "createStreamTicket": "a credential",
    "createAccessToken": "a credential",
    "revokeAccessToken": "a credential",
    "sendInputLink": "a credential",
    "revokeInputLink": "a credential",
    "updateNotification": "one's own inbox",
    "updateNotifications": "one's own inbox",
    "watchJourney": "one's own inbox",
    "watchThread": "one's own inbox",
    "updatePreferences": "one's own inbox",
}


class Witness:
    """Between the envelope and the application: what succeeded, and how far it moved the ledger."""

    def __init__(self, application: ASGIApp, app: Litestar) -> None:
        self.application = application
        self.writing = {n for n, one in operations(app).items() if one.method.upper() != "GET"}
        self.succeeded: Counter[str] = Counter()
        self.moved: Counter[str] = Counter()
        self.reached: dict[UUID, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 0

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self.application(scope, receive, heard)
        if 200 <= status < 300:
            self._note(scope)

    def _note(self, scope: Any) -> None:
        handler = scope.get("route_handler")
        name = operation_id(handler.handler_name) if handler else ""
        if name not in self.writing:
            return
        self.succeeded[name] += 1
        revisions = scope["transaction"].revisions if "transaction" in scope else {}
        self.moved[name] += bool(revisions)
        for stream_id, revision in revisions.items():
            self.reached[stream_id] = max(revision, self.reached.get(stream_id, 0))

    @property
    def account(self) -> dict[str, tuple[int, int]]:
        """How often each operation that writes has succeeded, and how often with an entry."""
        return {name: (self.succeeded[name], self.moved[name]) for name in self.writing}

    async def assert_kept(self, connection: asyncpg.Connection) -> None:
        """What transactions said they had reached must be in the database."""
        rows = await connection.fetch("SELECT stream_id, revision FROM heads")
        heads = {row["stream_id"]: row["revision"] for row in rows}
        lost = {s: r for s, r in self.reached.items() if heads.get(s, 0) < r}
        assert not lost


def unproven(accounts: Iterable[dict[str, tuple[int, int]]]) -> Iterator[str]:
    """What a run leaves open, over all its processes: never done, or nothing told to the ledger.

    That the entry is in the transaction of its change is in `revisions`: they are the
    transaction's own, and it has been committed.
    """
    succeeded: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    for account in accounts:
        for name, (times, told) in account.items():
            succeeded[name] += times
            moved[name] += told
    for name in sorted(succeeded):
        if not succeeded[name]:
            yield f"{name} has succeeded in no test"
        elif (name in WITHOUT_ENTRY) is bool(moved[name]):
            yield f"{name} succeeded {succeeded[name]} times, {moved[name]} of them with an entry"
    yield from (f"{name} is no operation" for name in set(WITHOUT_ENTRY) - set(succeeded))


def operation_id(handler_name: str) -> str:
    head, *rest = handler_name.split("_")
    return head + "".join(word.title() for word in rest)


def is_whole(config: pytest.Config) -> bool:
    """Whether every test was asked for, so that what was never done was forgotten."""
    narrowed = ("keyword", "markexpr", "lf", "failedfirst", "deselect", "ignore", "maxfail")
    named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return not named and not any(config.getoption(name, None) for name in narrowed)
