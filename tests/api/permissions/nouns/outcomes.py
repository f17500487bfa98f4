"""Actions and outcomes on stage: owned by the assignee, who recorded what moved."""

from typing import Any

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get, make
from tests.world import Caller

TIES = {"action": JOURNEY_TIES | {"assignee": Relation.ACTION_OWNER}}
ACTION = {"title": "Call at ten", "kind": "process_update", "due_on": "2027-03-01"}
OUTCOME = {
    "measure": "Waiting time",
    "unit": "minutes",
    "better": "lower",
    "baseline": 40,
    "baseline_from": "2026-08-01",
    "baseline_to": "2026-08-31",
    "baseline_n": 120,
    "target": 25,
    "actual": 22.5,
    "actual_from": "2026-10-01",
    "actual_to": "2026-10-31",
    "actual_n": 98,
}


def for_another(cast: Cast) -> dict[str, Any]:
    """Work for the administrator."""
    return ACTION | {"owner_id": str(cast.org.admin.member_id)}


async def fresh_action(cast: Cast, _: Caller) -> dict[str, str]:
    """Something the assignee has just begun."""
    owner, path = cast["assignee"], cast.path("/journeys/{journey}/actions")
    follows = {"from": [cast.things["opportunity"]]}
    made = await owner.made(path, ACTION | follows)
    begun = await owner.post(
        f"/v1/actions/{made['id']}/transitions", {"to": "in_progress"}, If_Match='"1"'
    )
    assert begun.status_code == 200, begun.text
    return {"action": made["id"]}


async def fresh_removal(cast: Cast, caller: Caller) -> dict[str, str]:
    """Something the assignee has begun and taken away."""
    found = await fresh_action(cast, caller)
    gone = await cast["assignee"].delete(f"/v1/actions/{found['action']}", If_Match='"2"')
    assert gone.status_code == 204, gone.text
    return found


PROBES = {
    "createAction": make("/journeys/{journey}/actions", for_another),
    "listActions": get("/actions"),
    "getAction": get("/actions/{action}", "action"),
    "updateAction": change("PATCH", "/actions/{action}", {"title": "Call"}, "action"),
    "removeAction": change("DELETE", "/actions/{action}", None, "action"),
    "restoreAction": Probe(
        "POST", "/actions/{action}/restore", about="action", fresh=fresh_removal
    ),
    "moveAction": change("POST", "/actions/{action}/transitions", {"to": "delivered"}, "action"),
    "recordOutcome": change("PUT", "/actions/{action}/outcome", OUTCOME, "action"),
    "getOutcome": get("/actions/{action}/outcome", "action"),
    "verifyOutcome": change(
        "POST", "/actions/{action}/outcome/verify", {"decision": "verified"}, "action"
    ),
    "waiveOutcome": change("POST", "/actions/{action}/waiver", {"reason": "Law."}, "action"),
    "getActionChain": get("/actions/{action}/chain", "action"),
}


async def furnish(cast: Cast) -> None:
    """An action of the assignee with an outcome."""
    cast.things |= await fresh_action(cast, cast["assignee"])
    path = cast.path("/actions/{action}/outcome")
    recorded = await cast["assignee"].put(path, OUTCOME, If_Match='"0"')
    assert recorded.status_code == 200, recorded.text
