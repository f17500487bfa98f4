"""Sign-offs and stakeholder values: the participant's department is asked."""

from domain.roles import Relation
from tests.api.permissions.cast import JOURNEY_TIES, Cast
from tests.api.permissions.shapes import Probe, change, get

TIES = {"signed": JOURNEY_TIES | {"participant": Relation.ASKED}}

PROBES = {
    "getSignOffRules": get("/sign-off-rules/{signed_moment}", "journey"),
    "setSignOffRules": change("PUT", "/sign-off-rules/{signed_moment}", {"rules": []}),
    "signOff": Probe(
        "POST",
        "/sign-offs",
        lambda cast: {"subject_id": cast.things["signed_moment"], "decision": "approved"},
        about="signed",
    ),
    "listSignOffs": get("/sign-offs"),
    "getSignOff": get("/sign-offs/{sign_off}", "journey"),
    "setStakeholderValue": change(
        "PUT",
        "/journeys/{journey}/stakeholder-values",
        {"group": "executive", "value": "They decide what is promised."},
    ),
    "listStakeholderValues": get("/journeys/{journey}/stakeholder-values", "journey"),
}


async def furnish(cast: Cast) -> None:
    """A moment that the participant's department has to approve, and has."""
    owner, admin, things = cast["owner"], cast["administrator"], cast.things
    asked = await admin.made("/v1/departments", {"name": "Quality"})
    path = f"/v1/members/{cast['participant'].member_id}"
    version = (await admin.read(path))["version"]
    body = {"department_id": asked["id"]}
    assert (await admin.patch(path, body, If_Match=f'"{version}"')).status_code == 200
    path = cast.path("/stages/{stage}/touchpoints")
    touchpoint = (await owner.made(path, {"name": "Approval"}))["id"]
    moment = (await owner.made(f"/v1/touchpoints/{touchpoint}/moments", {}))["id"]
    rules = {"rules": [{"department_id": asked["id"]}]}
    reply = await owner.put(f"/v1/sign-off-rules/{moment}", rules, If_Match='"0"')
    assert reply.status_code == 200, reply.text
    signed = {"subject_id": moment, "decision": "approved"}
    things["signed_moment"] = moment
    things["sign_off"] = (await cast["participant"].made("/v1/sign-offs", signed))["id"]
