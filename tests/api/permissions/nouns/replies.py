"""Replies on stage: one of the author's in their own thread, with a reaction and a flag."""

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get
from tests.world import Caller

TIES = {"reply": JOURNEY_TIES | {"author": Relation.AUTHOR}}


async def fresh_reply(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the author has just answered."""
    path = cast.path("/annotations/{annotation}/replies")
    return {"reply": (await cast["author"].made(path, {"body": "Indeed."}))["id"]}


async def fresh_withdrawal(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the author has answered and withdrawn."""
    found = await fresh_reply(cast, _)
    path = f"/v1/replies/{found['reply']}/withdraw"
    assert (await cast["author"].post(path)).status_code == 200
    return found


PROBES = {
    "getReply": get("/replies/{reply}", "reply"),
    "listReplyRevisions": get("/replies/{reply}/revisions", "reply"),
    "editReply": change("PATCH", "/replies/{reply}", {"body": "Hm."}, "reply"),
    "withdrawReply": Probe("POST", "/replies/{reply}/withdraw", about="reply", fresh=fresh_reply),
    "restoreReply": Probe(
        "POST", "/replies/{reply}/restore", about="reply", fresh=fresh_withdrawal
    ),
    "hideReply": change("POST", "/replies/{reply}/hide", {"reason": "Rude."}, "reply"),
    "showReply": change("POST", "/replies/{reply}/show", None, "reply"),
    "approveReply": change("POST", "/replies/{reply}/approve", None, "reply"),
}


async def furnish(cast: Cast) -> None:
    cast.things |= await fresh_reply(cast, cast["author"])
