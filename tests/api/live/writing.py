"""Things to happen in a journey, so that there is something to hear."""

from typing import Any
from uuid import UUID

from tests.world import Caller


async def staged(caller: Caller, journey: UUID, times: int = 1) -> int:
    """Write so many entries; the last revision."""
    for number in range(times):
        path = f"/v1/journeys/{journey}/stages"
        reply = await caller.post(path, {"name": f"Stage {number}"})
        assert reply.status_code == 201, reply.text
    return int(reply.headers["Journey-Revision"])


async def archive(owner: Caller, journey: UUID) -> int:
    """Put a journey into the archive; its revision."""
    path = f"/v1/journeys/{journey}/transition"
    reply = await owner.post(path, {"to": "archived"}, If_Match=await version(owner, journey))
    assert reply.status_code == 200, reply.text
    return int(reply.headers["Journey-Revision"])


async def restrict(owner: Caller, journey: UUID) -> None:
    """Let only those see a journey who were let in by name."""
    path = f"/v1/journeys/{journey}"
    reply = await owner.patch(path, {"restricted": True}, If_Match=await version(owner, journey))
    assert reply.status_code == 200, reply.text


async def version(caller: Caller, journey: UUID) -> str:
    """The ETag of a journey's own version."""
    return f'"{(await caller.read(f"/v1/journeys/{journey}"))["version"]}"'


async def change_member(admin: Caller, member: UUID, **fields: Any) -> None:
    """What an administrator does to a member."""
    path = f"/v1/members/{member}"
    tag = f'"{(await admin.read(path))["version"]}"'
    reply = await admin.patch(path, fields, If_Match=tag)
    assert reply.status_code == 200, reply.text


async def events(caller: Caller, journey: UUID, after: int = 0) -> list[dict[str, Any]]:
    """What the feed lists."""
    found = await caller.read(f"/v1/journeys/{journey}/events?after={after}&limit=100")
    items: list[dict[str, Any]] = found["items"]
    return items
