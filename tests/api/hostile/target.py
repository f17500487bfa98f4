"""What is thrown at: every operation with a request that is good, and a way to see what changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar

from domain import ledger
from domain.ids import new_id
from tests.api.described import DOCUMENT
from tests.api.permissions.assembly import assemble
from tests.api.permissions.cast import Cast
from tests.api.permissions.nouns.identity_providers import COMING_BACK, linking
from tests.api.permissions.probes import PROBES
from tests.api.permissions.shapes import Probe
from tests.world import Caller, World, actor_of

PROBLEM = "application/problem+json"
PASSWORD = "12 geese fly north"
SIGNED_INTO = "/sign-in/providers?organization_id=0198c0de-77aa-7000-8000-000000000000"
DOOR = {
    "signUp": Probe("POST", "/organizations", lambda _: founding()),
    "signIn": Probe("POST", "/sessions", {"email": "a@example.org", "password": "12 geese"}),
    "refreshSession": Probe("POST", "/sessions/refresh", {"refresh_token": "ts_refresh"}),
    "requestPasswordReset": Probe("POST", "/password-resets", {"email": "nobody@example.org"}),
    "resetPassword": Probe(
        "POST", "/password-resets/redeem", {"secret": "ts_reset", "password": PASSWORD}
    ),
    "acceptInvitation": Probe(
        "POST", "/invitations/accept", {"secret": "ts_inv", "password": PASSWORD}
    ),
    "openInputLink": Probe("POST", "/input-links/open", {"link": "ts_input"}),
    "answerByLink": Probe("POST", "/input-links/answer", {"link": "ts_input", "answers": ["So."]}),
    "getJourneymapSchema": Probe("GET", "/schemas/journeymap-1.json"),
    "listSignInProviders": Probe("GET", SIGNED_INTO),
    "beginSignIn": Probe("POST", "/sign-in/flows", lambda cast: signing_in(cast)),
    "completeSignIn": Probe("POST", "/sign-in/flows/complete", COMING_BACK),
}
"""What is asked of those who have no token."""

CALLERS = {
    "listOrphanedJourneys": "executive",
    "handOverResponsibilities": "executive",
    "endResponsibility": "executive",
    "editAnnotation": "author",
    "withdrawAnnotation": "author",
    "restoreAnnotation": "author",
    "escalateAnnotation": "author",
    "editReply": "author",
    "withdrawReply": "author",
    "restoreReply": "author",
    "withdrawProposal": "author",
    "updatePlaybook": "author",
    "updatePlaybookUse": "author",
    "answerInputRequest": "assignee",
    "markInputRequestSeen": "assignee",
    "declineResponsibility": "assignee",
    "signOff": "participant",
    "recordOutcome": "assignee",
    "waiveOutcome": "executive",
    "recordDataPoints": "author",
}
"""Who may do what the owner may not."""
GOOD = PROBES | DOOR
"""A good request for every operation of the API."""


def signing_in(cast: Cast) -> dict[str, Any]:
    """Somebody who would be sent back to where nobody waits."""
    return {"organization_id": str(cast.org.id)} | linking(cast)


def founding() -> dict[str, Any]:
    """Somebody new who founds an organization."""
    words = {"organization_name": "Geese", "name": "Ada", "password": PASSWORD}
    return words | {"email": f"{new_id()}@example.org"}


@dataclass
class Target:
    """The stage, the published document, and how a good request for an operation looks."""

    cast: Cast
    document: dict[str, Any]

    def caller(self, operation: str) -> Caller:
        """Somebody who may do it."""
        return self.cast[CALLERS.get(operation, "owner")]

    def path(self, operation: str) -> str:
        """Its address, of the things on stage, without what it must be asked."""
        return self._whole(operation).partition("?")[0]

    def asked(self, operation: str, query: str) -> str:
        """The same with a query, and with what it must be asked where the query does not say it."""
        needed = self._whole(operation).partition("?")[2]
        told = {pair.partition("=")[0] for pair in query.split("&")}
        kept = [pair for pair in needed.split("&") if pair and pair.partition("=")[0] not in told]
        return f"{self.path(operation)}?{'&'.join([query, *kept])}"

    def _whole(self, operation: str) -> str:
        things = {"subject": str(new_id()), "session": str(new_id())} | self.cast.things
        return "/v1" + GOOD[operation].path.format(**things)

    def body(self, operation: str) -> dict[str, Any]:
        """A body that is in order."""
        return dict(GOOD[operation].payload(self.cast) or {})

    def described(self, operation: str) -> dict[str, Any]:
        """What the published document says of it."""
        return next(
            one
            for item in self.document["paths"].values()
            for one in item.values()
            if one["operationId"] == operation
        )

    def schema(self, operation: str) -> dict[str, Any]:
        """The schema of its body."""
        (content,) = self.described(operation)["requestBody"]["content"].values()
        return self.resolved(self.chosen(operation, self.resolved(content["schema"])))

    def chosen(self, operation: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Of several schemas, told apart by a field, the one that a good body is of."""
        told = schema.get("discriminator")
        if told is None:
            return schema
        return {"$ref": told["mapping"][self.body(operation)[told["propertyName"]]]}

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema, or the one it refers to; of a list, what it lists as well."""
        if "items" in schema:
            return schema | {"items": self.resolved(schema["items"])}
        if "$ref" not in schema:
            return schema
        found: dict[str, Any] = self.document["components"]["schemas"][
            schema["$ref"].rsplit("/", 1)[1]
        ]
        return found

    async def send(
        self, operation: str, body: Any = None, if_match: str = '"999"', **more: str
    ) -> httpx.Response:
        """Its request with another body; `If-Match` only where it is asked for."""
        probe = GOOD[operation]
        headers = ({"If_Match": if_match} if probe.stale else {}) | more
        return await self.caller(operation).call(
            probe.method, self.path(operation), body, **headers
        )

    async def raw(self, operation: str, content: Any, **headers: str) -> httpx.Response:
        """Its request with a body of bytes, byte for byte."""
        caller, probe = self.caller(operation), GOOD[operation]
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {"authorization": f"Bearer {caller.token}", "if-match": '"1"'} | named
        address = self.path(operation)
        return await caller.http.request(probe.method, address, content=content, headers=kept)

    async def heads(self) -> tuple[int, ...]:
        """How often the journey and the organization have changed."""
        org, streams = self.cast.org, (self.cast.org.id, UUID(self.cast.things["journey"]))
        actor = actor_of(org.admin, org.id)
        async with org.world.database.transaction(org.id) as tx:
            found = [await ledger.lock(tx, actor, stream) for stream in streams]
        return tuple(head.revision for head in found)


async def set_up(app: Litestar, world: World) -> Target:
    """Everybody on stage; the owner and the author may do whatever there is to do."""
    cast = await assemble(world)
    everything = {"group": "decision_maker", "administrator": True, "may_create_journeys": True}
    for name in ("owner", "author"):
        path = f"/v1/members/{cast[name].member_id}"
        version = (await cast.org.admin.read(path))["version"]
        reply = await cast.org.admin.patch(path, everything, If_Match=f'"{version}"')
        assert reply.status_code == 200, reply.text
    return Target(cast, DOCUMENT)


def refused(reply: httpx.Response, status: int) -> list[dict[str, Any]]:
    """The places that a problem names; what is no problem of this status is an error."""
    told = f"{reply.request.method} {reply.request.url}: {reply.status_code} {reply.text[:400]}"
    assert reply.status_code == status, told
    assert reply.headers["content-type"] == PROBLEM, told
    problem = reply.json()
    assert problem["status"] == status, told
    assert problem["request_id"] == reply.headers["x-request-id"]
    places: list[dict[str, Any]] = problem["errors"]
    return places
