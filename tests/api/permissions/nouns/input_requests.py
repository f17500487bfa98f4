"""A request for input: the assignee is asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get, make
from tests.world import Caller

TIES = {"input_request": JOURNEY_TIES | {"assignee": Relation.ASKED}}


def question(cast: Cast) -> dict[str, Any]:
    """Asks the assignee."""
    due = datetime.now(UTC) + timedelta(days=7)
    return {
        "due_at": due.isoformat().replace("+00:00", "Z"),
        "questions": ["What?"],
        "members": [str(cast["assignee"].member_id)],
    }


async def fresh_request(cast: Cast, _: Caller) -> dict[str, str]:
    """Something asked just now."""
    path = cast.path("/journeys/{journey}/input-requests")
    return {"input_request": (await cast["owner"].made(path, question(cast)))["id"]}


async def fresh_link(cast: Cast, caller: Caller) -> dict[str, str]:
    """A link to something asked just now."""
    asked = await fresh_request(cast, caller)
    path = f"/v1/input-requests/{asked['input_request']}/links"
    sent = await cast["owner"].post(path, {})
    assert sent.status_code == 200, sent.text
    return {"input_link": sent.json()["items"][0]["id"]}


PROBES = {
    "requestInput": make("/journeys/{journey}/input-requests", question),
    "listInputRequests": get("/input-requests"),
    "getInputRequest": get("/input-requests/{input_request}", "input_request"),
    "cancelInputRequest": change(
        "POST", "/input-requests/{input_request}/cancel", None, "input_request"
    ),
    "markInputRequestSeen": make("/input-requests/{input_request}/seen", None, "input_request"),
    "answerInputRequest": Probe(
        "POST",
        "/input-requests/{input_request}/answer",
        {"answers": ["So."]},
        about="input_request",
        fresh=fresh_request,
    ),
    "sendInputLink": Probe(
        "POST", "/input-requests/{input_request}/links", {}, "input_request", fresh=fresh_request
    ),
    "revokeInputLink": Probe(
        "DELETE", "/input-links/{input_link}", about="input_request", fresh=fresh_link
    ),
}


async def furnish(cast: Cast) -> None:
    """One request, and a link to another."""
    cast.things |= await fresh_request(cast, cast["owner"])
    cast.things |= await fresh_link(cast, cast["owner"])
