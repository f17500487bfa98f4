"""Proposals on stage: the author's, for a touchpoint and for a moment."""

from typing import Any

from domain.policy import POLICY
from domain.roles import Group, May, Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get, make
from tests.world import Caller


def deciders(direct: May) -> dict[str, Relation]:
    """Everybody on stage whom the table lets make the change itself."""
    rule = POLICY[direct]
    tied = [name for name, tie in JOURNEY_TIES.items() if tie in rule.relations]
    standing = [group.value for group in Group if group in rule.groups]
    return dict.fromkeys([*tied, *standing], Relation.MAY_MAKE_CHANGE)


AUTHOR = {"author": Relation.AUTHOR}
TIES = {
    "proposal": deciders(May.EDIT_JOURNEY) | AUTHOR,
    "moment_proposal": deciders(May.STATE_STAKES) | AUTHOR,
}


def for_touchpoint(cast: Cast) -> dict[str, Any]:
    """Other words for a touchpoint."""
    return {
        "about": "touchpoint",
        "subject_id": cast.things["touchpoint"],
        "base_version": 1,
        "changes": {"quote": "Is anybody there?"},
        "reason": "They say it.",
    }


def for_moment(cast: Cast) -> dict[str, Any]:
    """Other stakes of a moment."""
    changes = {"stakes": "Their trust."}
    moment = {"about": "moment", "subject_id": cast.things["moment"]}
    return moment | {"base_version": 1, "changes": changes}


async def fresh_proposal(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the author has just proposed."""
    return {"proposal": (await cast["author"].made("/v1/proposals", for_touchpoint(cast)))["id"]}


PROBES = {
    "propose": make("/proposals", for_touchpoint),
    "listProposals": get("/proposals"),
    "getProposal": get("/proposals/{proposal}", "proposal"),
    "acceptProposal": change("POST", "/proposals/{proposal}/accept", {}, "proposal"),
    "rejectProposal": change(
        "POST", "/proposals/{moment_proposal}/reject", {"reason": "No."}, "moment_proposal"
    ),
    "withdrawProposal": Probe(
        "POST", "/proposals/{proposal}/withdraw", about="proposal", fresh=fresh_proposal
    ),
}


async def furnish(cast: Cast) -> None:
    """A proposal of each kind that somebody else decides about."""
    cast.things |= await fresh_proposal(cast, cast["author"])
    proposed = await cast["author"].made("/v1/proposals", for_moment(cast))
    cast.things["moment_proposal"] = proposed["id"]
