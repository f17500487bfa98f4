"""Responsibilities: the assignee of the cast is asked, the author is their manager."""

from domain.roles import Group, Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get
from tests.world import Caller

TIES = {
    "responsibility": JOURNEY_TIES
    | {"assignee": Relation.ASSIGNEE, "author": Relation.MANAGER_OF_ASSIGNEE}
}


async def furnish(cast: Cast) -> None:
    """A moment the assignee is asked to answer for; another member whom the author manages too."""
    admin, assignee, author = cast["administrator"], cast["assignee"], cast["author"]
    path = f"/v1/members/{assignee.member_id}"
    version = (await admin.read(path))["version"]
    body = {"manager_id": str(author.member_id)}
    assert (await admin.patch(path, body, If_Match=f'"{version}"')).status_code == 200
    given = {"role": "accountable", "member_id": str(assignee.member_id)}
    path = cast.path("/moments/{moment}/responsibilities")
    cast.things["responsibility"] = (await cast["owner"].made(path, given))["id"]
    report = await cast.org.member(Group.FRONTLINE_STAFF, manager_id=author.member_id)
    cast.things["report"] = str(report.member_id)


async def fresh_report(cast: Cast, _: Caller) -> dict[str, str]:
    """Somebody new whom the author manages."""
    report = await cast.org.member(Group.FRONTLINE_STAFF, manager_id=cast["author"].member_id)
    cast.things["report"] = str(report.member_id)
    return {}


PROBES = {
    "assignResponsibility": Probe(
        "POST",
        "/moments/{moment}/responsibilities",
        lambda cast: {"role": "informed", "member_id": cast.things["report"]},
        "responsibility",
        fresh=fresh_report,
    ),
    "listResponsibilities": get("/responsibilities"),
    "getResponsibility": get("/responsibilities/{responsibility}", "responsibility"),
    "acceptResponsibility": change(
        "POST", "/responsibilities/{responsibility}/accept", None, "responsibility"
    ),
    "declineResponsibility": change(
        "POST",
        "/responsibilities/{responsibility}/decline",
        {"reason": "Not mine."},
        "responsibility",
    ),
    "endResponsibility": change(
        "POST", "/responsibilities/{responsibility}/end", {"reason": "Over."}, "responsibility"
    ),
}
