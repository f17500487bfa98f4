"""Opportunities on stage: the author's, one that is removed, one to become part of another."""

from typing import Any

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get, make
from tests.world import Caller

TIES = {"opportunity": JOURNEY_TIES | {"author": Relation.AUTHOR}}
OPPORTUNITY = {"title": "Tell them how long", "customer_value": 4, "business_value": 2, "effort": 2}


async def fresh_opportunity(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the author has just seen."""
    path, follows = cast.path("/journeys/{journey}/opportunities"), [cast.things["touchpoint"]]
    made = await cast["author"].made(path, OPPORTUNITY | {"from": follows})
    return {"opportunity": made["id"]}


async def fresh_removal(cast: Cast, caller: Caller) -> dict[str, str]:
    """Something the author has seen and taken away."""
    gone = (await fresh_opportunity(cast, caller))["opportunity"]
    removed = await cast["author"].delete(f"/v1/opportunities/{gone}", If_Match='"1"')
    assert removed.status_code == 204, removed.text
    return {"removed_opportunity": gone}


async def fresh_vote(cast: Cast, caller: Caller) -> dict[str, str]:
    """Something the caller has voted for."""
    assert (await caller.put(cast.path("/opportunities/{opportunity}/vote"))).status_code == 200
    return {}


def into_other(cast: Cast) -> dict[str, Any]:
    """The one it is to be part of."""
    return {"into_id": cast.things["other_opportunity"]}


PROBES = {
    "createOpportunity": make("/journeys/{journey}/opportunities", OPPORTUNITY),
    "listOpportunities": get("/opportunities"),
    "getOpportunity": get("/opportunities/{opportunity}", "opportunity"),
    "updateOpportunity": change(
        "PATCH", "/opportunities/{opportunity}", {"effort": 3}, "opportunity"
    ),
    "removeOpportunity": change("DELETE", "/opportunities/{opportunity}", None, "opportunity"),
    "restoreOpportunity": Probe(
        "POST",
        "/opportunities/{removed_opportunity}/restore",
        about="opportunity",
        fresh=fresh_removal,
    ),
    "moveOpportunity": change(
        "POST", "/opportunities/{opportunity}/transitions", {"to": "chosen"}, "opportunity"
    ),
    "mergeOpportunity": change(
        "POST", "/opportunities/{opportunity}/merge", into_other, "opportunity"
    ),
    "voteForOpportunity": Probe("PUT", "/opportunities/{opportunity}/vote", about="opportunity"),
    "withdrawVote": Probe(
        "DELETE", "/opportunities/{opportunity}/vote", about="opportunity", fresh=fresh_vote
    ),
    "getOpportunityMatrix": get("/journeys/{journey}/opportunity-matrix", "journey"),
}


async def furnish(cast: Cast) -> None:
    """An opportunity of the author that they vote for, another it could be part of, one gone."""
    for name in ("other_opportunity", "opportunity"):
        cast.things[name] = (await fresh_opportunity(cast, cast["author"]))["opportunity"]
    await fresh_vote(cast, cast["author"])
    cast.things |= await fresh_removal(cast, cast["author"])
