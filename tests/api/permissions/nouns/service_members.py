"""Service members: taken in by whoever manages members."""

from typing import Any

from tests.api.permissions.cast import Cast, unique
from tests.api.permissions.shapes import make


def program(cast: Cast) -> dict[str, Any]:
    """A program that an administrator answers for."""
    manager = str(cast["administrator"].member_id)
    return {"name": unique("Program"), "group": "support_staff", "manager_id": manager}


PROBES = {"createServiceMember": make("/service-members", program, "")}


async def furnish(cast: Cast) -> None:
    """One of them."""
    made = await cast["administrator"].made("/v1/service-members", program(cast))
    cast.things["service_member"] = made["id"]
