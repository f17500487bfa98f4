"""Letting the notifier read, and reading what members were told."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.errors import Unavailable
from domain.services.inbox.notifying import NOTIFIER
from domain.services.steps.feeding import advance
from tests.world import Caller, Org

INBOX = "/v1/me/notifications"


async def tell(org: Org, journey: UUID) -> None:
    """Let the notifier read a journey to its end; somebody else may be at it, for an instant."""
    read = 1
    while read:
        try:
            async with org.world.database.transaction(org.id) as tx:
                read = await advance(tx, NOTIFIER, journey)
        except Unavailable:
            continue


async def inbox(caller: Caller, query: str = "") -> list[dict[str, Any]]:
    """The lines of somebody's inbox, newest first."""
    items: list[dict[str, Any]] = (await caller.read(f"{INBOX}?limit=100{query}"))["items"]
    return items


async def reasons(caller: Caller) -> list[tuple[str, str]]:
    """Reason and verb of each line, newest first."""
    return [(one["reason"], one["verb"]) for one in await inbox(caller)]


async def say(caller: Caller, subject: Any, **more: Any) -> str:
    """A new annotation."""
    body = {"subject_id": str(subject), "kind": "issue", "body": "Too long."} | more
    made: str = (await caller.made("/v1/annotations", body))["id"]
    return made


async def reply(caller: Caller, thread: str, **more: Any) -> str:
    """A new reply."""
    body = {"body": "Indeed."} | more
    made: str = (await caller.made(f"/v1/annotations/{thread}/replies", body))["id"]
    return made


async def act(caller: Caller, thread: str, verb: str, body: Any = None) -> dict[str, Any]:
    """Do something to a thread in its present version."""
    path = f"/v1/annotations/{thread}"
    version = (await caller.read(path))["version"]
    done = await caller.post(f"{path}/{verb}", body, If_Match=f'"{version}"')
    assert done.status_code == 200, done.text
    found: dict[str, Any] = done.json()
    return found


async def watch(caller: Caller, path: str, level: str | None) -> None:
    """Choose what to hear."""
    done = await caller.put(f"/v1/{path}/watch", {"level": level})
    assert done.status_code == 200, done.text


async def nothing(*callers: Caller) -> None:
    """Nobody was told anything."""
    assert [await inbox(one) for one in callers] == [[] for _ in callers]


def only(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The one line there is."""
    (line,) = lines
    return line


def mention(*callers: Caller) -> str:
    """Words that mention these members."""
    return " ".join(["Look.", *(f"@[member:{one.member_id}]" for one in callers)])
