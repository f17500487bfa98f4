"""Flags on stage: everybody flags what others say, moderators read it."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import Probe, get
from tests.world import Caller

FLAG = {"reason": "off_topic", "note": "Not about the call."}


async def somebody_elses(cast: Cast, _: Caller) -> dict[str, str]:
    """An annotation and a reply of somebody who is nobody else on stage."""
    other = await cast.org.member()
    said = {"subject_id": cast.things["touchpoint"], "kind": "issue", "body": "Too long."}
    annotation = (await other.made("/v1/annotations", said))["id"]
    path = f"/v1/annotations/{annotation}/replies"
    return {
        "flagged_annotation": annotation,
        "flagged_reply": (await other.made(path, {"body": "!"}))["id"],
    }


async def fresh_flag(cast: Cast, caller: Caller) -> dict[str, str]:
    """A flag of the caller."""
    found = await somebody_elses(cast, caller)
    path = f"/v1/annotations/{found['flagged_annotation']}/flag"
    raised = await caller.post(path, FLAG)
    assert raised.status_code == 200, raised.text
    return {"flag": raised.json()["id"]}


PROBES = {
    "flagAnnotation": Probe(
        "POST", "/annotations/{flagged_annotation}/flag", FLAG, "journey", fresh=somebody_elses
    ),
    "flagReply": Probe(
        "POST", "/replies/{flagged_reply}/flag", FLAG, "journey", fresh=somebody_elses
    ),
    "getFlag": Probe("GET", "/flags/{flag}", about="journey", fresh=fresh_flag),
    "listFlags": get("/journeys/{journey}/flags", "journey"),
    "listModerationLog": get("/journeys/{journey}/moderation-log", "journey"),
}


async def furnish(cast: Cast) -> None:
    """Something flagged, so that what names it finds it."""
    cast.things |= await somebody_elses(cast, cast["author"])
    cast.things |= await fresh_flag(cast, cast["author"])
