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
    cast.things |= await fresh_leaver(cast, cast["owner"])


async def fresh_report(cast: Cast, _: Caller) -> dict[str, str]:
    """Somebody new whom the author manages."""
    report = await cast.org.member(Group.FRONTLINE_STAFF, manager_id=cast["author"].member_id)
    cast.things["report"] = str(report.member_id)
    return {}


async def fresh_leaver(cast: Cast, caller: Caller) -> dict[str, str]:
    """The same, to go on with what another whom the author manages answers for."""
    leaver = await cast.org.member(Group.FRONTLINE_STAFF, manager_id=cast["author"].member_id)
    given = {"role": "consulted", "member_id": str(leaver.member_id)}
    await cast["owner"].made(cast.path("/moments/{moment}/responsibilities"), given)
    await fresh_report(cast, caller)
    return {"leaver": str(leaver.member_id)}


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
    "handOverResponsibilities": Probe(
        "POST",
        "/members/{leaver}/handover",
        lambda cast: {"to_member_id": cast.things["report"]},
        "responsibility",
        fresh=fresh_leaver,
    ),
    "endResponsibility": change(
        "POST", "/responsibilities/{responsibility}/end", {"reason": "Over."}, "responsibility"
    ),
}
