"""Playbooks on stage: one draft, one that is approved and can be used."""

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import change, get, make, own
from tests.world import Caller

TIES = {"playbook": JOURNEY_TIES | {"author": Relation.AUTHOR}}
PLAYBOOK = {"title": "Call back", "recovery_kind": "apology", "steps": ["Say sorry."]}


async def fresh_use(cast: Cast, caller: Caller) -> dict[str, str]:
    """Something the caller has used."""
    made = await caller.made(cast.path("/playbooks/{approved_playbook}/uses"), {})
    return {"playbook_use": made["id"]}


PROBES = {
    "draftPlaybook": make("/moments/{moment}/playbooks", PLAYBOOK),
    "listPlaybooks": get("/moments/{moment}/playbooks", "journey"),
    "getPlaybook": get("/playbooks/{playbook}", "playbook"),
    "updatePlaybook": change("PATCH", "/playbooks/{playbook}", {"title": "Other"}, "playbook"),
    "draftPlaybookAnew": make("/playbooks/{approved_playbook}/draft", None, "playbook"),
    "approvePlaybook": change("POST", "/playbooks/{playbook}/approve", {}, "playbook"),
    "usePlaybook": make("/playbooks/{approved_playbook}/uses", {}, "playbook"),
    "listPlaybookUses": get("/playbooks/{approved_playbook}/uses", "playbook"),
    "getPlaybookUse": get("/playbook-uses/{playbook_use}", "playbook"),
    "updatePlaybookUse": own(
        "PATCH", "/playbook-uses/{playbook_use}", {"result": "recovered"}, fresh_use
    ),
}


async def furnish(cast: Cast) -> None:
    """A draft of the author, and another of theirs that a decision-maker has approved."""
    for name in ("playbook", "approved_playbook"):
        made = await cast["author"].made(cast.path("/moments/{moment}/playbooks"), PLAYBOOK)
        cast.things[name] = made["id"]
    path = cast.path("/playbooks/{approved_playbook}/approve")
    approved = await cast["decision_maker"].post(path, {}, If_Match='"1"')
    assert approved.status_code == 200, approved.text
    cast.things |= await fresh_use(cast, cast["author"])
