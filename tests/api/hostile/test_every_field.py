"""Every field of every request, with what it must refuse: a place is named, nothing is changed."""

from typing import Any

from tests.api.described import HANDLERS
from tests.api.hostile.faults import edges, faults
from tests.api.hostile.target import GOOD, Target, refused
from tests.each import each

SAYING = sorted(
    name
    for name, operation in HANDLERS.items()
    if operation.body is not None and name != "importJourney" and not operation.form
)
"""Operations with a body that is decoded at once; an import reads on and names every fault."""

SERVER_OWNED = (
    "id", "organization_id", "tenant_id", "created_by", "created_at", "updated_at", "version",
    "status", "author_id", "owner_id", "role", "revision", "deleted_at", "removed_at", "may",
)  # fmt: skip


def at(places: list[dict[str, Any]], pointer: str, told: str) -> None:
    """The one place that is named."""
    assert [one["pointer"] for one in places] == [pointer], told
    assert places[0]["detail"], told


def test_there_is_a_good_request_for_every_operation() -> None:
    assert {name for name in HANDLERS if not name.endswith("ness")} == set(GOOD)


@each("operation", SAYING)
async def test_every_field_refuses_what_does_not_fit(target: Target, operation: str) -> None:
    schema, before = target.schema(operation), await target.heads()
    tried = 0
    for name, field in schema["properties"].items():
        for what, value, below in faults(target.resolved(one_of(field))):
            if value is None and takes_null(field):
                continue
            reply = await target.send(operation, target.body(operation) | {name: value})
            told = f"{operation}.{name}: {what}: {reply.text[:300]}"
            assert reply.status_code == 400, told
            at(refused(reply, 400), f"#/{name}{below}", told)
            tried += 1
    assert tried
    assert await target.heads() == before


def one_of(field: dict[str, Any]) -> dict[str, Any]:
    """What a field holds when it is not null."""
    choices: list[dict[str, Any]] = field.get("allOf") or field.get("anyOf") or [field]
    return choices[0]


def takes_null(field: dict[str, Any]) -> bool:
    """Whether null is a value as well."""
    return {"type": "null"} in field.get("anyOf", ())


@each("operation", SAYING)
async def test_no_request_takes_a_field_it_does_not_know(target: Target, operation: str) -> None:
    known, before = target.schema(operation)["properties"], await target.heads()
    for name in {*SERVER_OWNED, "colour", "__class__", "a/b~c", ""} - set(known):
        reply = await target.send(operation, target.body(operation) | {name: "x"})
        places = refused(reply, 400)
        escaped = name.replace("~", "~0").replace("/", "~1")
        at(places, f"#/{escaped}", f"{operation}: {name}")
        assert places[0]["code"] == "unknown_field"
    assert await target.heads() == before


@each("operation", SAYING)
async def test_what_must_be_said_is_missed(target: Target, operation: str) -> None:
    for name in target.schema(operation).get("required", ()):
        body = target.body(operation)
        del body[name]
        places = refused(await target.send(operation, body), 400)
        at(places, f"#/{name}", f"{operation}: {name}")
        assert places[0]["code"] == "missing"


LAST = (
    "waiveOutcome", "verifyOutcome", "moveAction", "moveOpportunity",
    "retireMoment", "hideAnnotation", "hideReply", "resolveAnnotation", "transitionJourney",
)  # fmt: skip
"""After these there is little else to be done with the thing."""
ENDING = [*(name for name in SAYING if name not in LAST), *LAST]
SECRETS = {"password", "current_password", "new_password", "secret", "refresh_token", "link"}
KEPT = {
    "addEvidence": {"url", "excerpt"},
    "updateEvidence": {"url", "excerpt"},
    "annotate": {"voice"},
    "replyToAnnotation": {"voice"},
    "answerByLink": {"answers"},
    "answerInputRequest": {"answers"},
    "beginSignIn": {"invitation"},
    "completeLinking": {"error"},
    "completeSignIn": {"error"},
    "createIdentityProvider": {"issuer", "scopes", "redirect_uris"},
    "createJourney": {"template"},
    "createWebhook": {"url", "events"},
    "editAnnotation": {"visibility"},
    "grantAccess": {"group"},
    "importCsv": {"csv", "table"},
    "moveOpportunity": {"to"},
    "propose": {"base_version"},
    "rateTouchpoint": {"abstention_reason"},
    "transitionJourney": {"to"},
    "updateIdentityProvider": {"issuer", "scopes", "redirect_uris"},
    "updateMember": {"name"},
    "updateDepartment": {"name"},
    "updateWebhook": {"url", "events"},
    "updateOrganization": {"timezone"},
}
"""What is more than a range: a rule of its own decides whether it fits."""
ELSEWISE = {
    "acceptInvitation": {404},
    "beginLinking": {422},
    "beginSignIn": {422},
    "changePassword": {422},
    "completeLinking": {422},
    "completeSignIn": {401},
    "createIdentityProvider": {201, 409},
    "updateIdentityProvider": {200, 409},
    "closeFinding": {200, 409},
    "updateFinding": {200, 409, 422},
    "draftOpportunities": {200, 422},
    "declineResponsibility": {200, 409},
    "endResponsibility": {200, 409},
    "escalateAnnotation": {201, 409},
    "acceptProposal": {409},
    "nominateMoment": {201, 409},
    "rejectProposal": {200, 409},
    "refreshSession": {401},
    "resetPassword": {422},
    "setStakeholderValue": {200, 422},
    "signIn": {401},
    "updateMetric": {200, 409},
    "usePlaybook": {201, 403},
} | {name: {200, 409} for name in LAST}
"""What is answered where a good body alone opens nothing, or only once."""


@each("operation", ENDING)
async def test_both_ends_of_every_range_are_taken(target: Target, operation: str) -> None:
    kept = SECRETS | KEPT.get(operation, set())
    for end in (0, 1):
        body = good = target.body(operation)
        for name, field in target.schema(operation)["properties"].items():
            ends = edges(target.resolved(one_of(field)))
            if ends is not None and name not in kept:
                body = body | {name: ends[end]}
        if body != good:
            await taken(target, operation, body)


async def taken(target: Target, operation: str, body: dict[str, Any]) -> None:
    """Send a body that is good; what is said of the thing afterwards is what was sent."""
    reply = await target.send(operation, body)
    if reply.status_code == 412:  # now that we know its version
        reply = await target.send(operation, body, reply.headers["etag"])
    told = f"{operation}: {reply.status_code} {reply.text[:300]}"
    assert reply.status_code in ELSEWISE.get(operation, {200, 201, 202, 204}), told
    if GOOD[operation].method in ("PATCH", "PUT"):
        said = reply.json()
        sent = {name: value for name, value in body.items() if name in said}
        assert sent == {name: said[name] for name in sent}
