"""Reactions on stage: everybody gives and takes their own."""

from tests.api.permissions.cast import Cast
from tests.api.permissions.shapes import Probe, get
from tests.world import Caller


async def fresh_reaction(cast: Cast, caller: Caller) -> dict[str, str]:
    """A reaction of the caller to the annotation, to be taken back."""
    path = cast.path("/annotations/{annotation}/reactions/heart")
    assert (await caller.put(path)).status_code == 200
    return {}


async def fresh_reply_reaction(cast: Cast, caller: Caller) -> dict[str, str]:
    """A reaction of the caller to the reply, to be taken back."""
    assert (await caller.put(cast.path("/replies/{reply}/reactions/heart"))).status_code == 200
    return {}


PROBES = {
    "addReaction": Probe("PUT", "/annotations/{annotation}/reactions/thanks", about="annotation"),
    "removeReaction": Probe(
        "DELETE",
        "/annotations/{annotation}/reactions/heart",
        about="annotation",
        fresh=fresh_reaction,
    ),
    "listReactions": get("/annotations/{annotation}/reactions", "annotation"),
    "addReplyReaction": Probe("PUT", "/replies/{reply}/reactions/thanks", about="reply"),
    "removeReplyReaction": Probe(
        "DELETE", "/replies/{reply}/reactions/heart", about="reply", fresh=fresh_reply_reaction
    ),
    "listReplyReactions": get("/replies/{reply}/reactions", "reply"),
}
