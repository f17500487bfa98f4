"""Reading activity, and people to be active in departments."""

from typing import Any
from uuid import UUID

from tests.api.reports.stage import done
from tests.api.voices.scene import Scene
from tests.world import Caller


async def listed(reader: Caller, path: str, query: str = "") -> list[dict[str, Any]]:
    """Everything, page by page."""
    found, cursor = list[dict[str, Any]](), ""
    while True:
        page = await reader.read(f"{path}?limit=100{query}{cursor}")
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def of_journey(reader: Caller, place: Scene, query: str = "") -> list[dict[str, Any]]:
    return await listed(reader, f"/v1/journeys/{place.journey}/activity", query)


async def of_member(reader: Caller, member_id: UUID, query: str = "") -> list[dict[str, Any]]:
    return await listed(reader, f"/v1/members/{member_id}/activity", query)


def sentences(items: list[dict[str, Any]]) -> list[str]:
    return [item["sentence"] for item in items]


async def of_department(place: Scene, *members: Caller, above: str | None = None) -> str:
    """A department with these members."""
    admin, name = place.org.admin, f"Of {len(members)} below {above}"
    made = await admin.made("/v1/departments", {"name": name, "parent_id": above})
    for one in members:
        path = f"/v1/members/{one.member_id}"
        tag = (await admin.get(path)).headers["etag"]
        await done(admin, "PATCH", path, {"department_id": made["id"]}, If_Match=tag)
    department: str = made["id"]
    return department
