"""A person whose name, address and every word carry a string that stands nowhere else."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from api.auth.tokens import Principal
from domain.ids import new_id
from domain.roles import Group
from tests.world import Caller, Org

PASSWORD = "correct horse battery"


@dataclass
class Canary:
    """The person, and the word that stands for them."""

    word: str
    org: Org
    caller: Caller


def etag(version: int) -> dict[str, str]:
    return {"If_Match": f'"{version}"'}


async def invited(org: Org, caplog: pytest.LogCaptureFixture, word: str = "") -> Canary:
    """Invite a canary, let them join or join again elsewhere, sign them in."""
    word = word or f"canary{new_id().hex}"
    email = f"{word}@example.org"
    offer = {"email": email, "name": f"{word} Bird", "title": f"{word} singer"}
    await org.admin.made("/v1/invitations", offer | {"group": "frontline_staff"})
    secret = re.findall(r"ts_inv_\S+", caplog.text)[-1]
    acceptance = {"secret": secret, "password": PASSWORD}
    reply = await org.world.http.post("/v1/invitations/accept", json=acceptance)
    assert reply.status_code == 201, reply.text
    sign_in = {"email": email, "password": PASSWORD, "device": f"{word} phone"}
    session = await org.world.http.post(
        "/v1/sessions", json=sign_in | {"organization_id": str(org.id)}
    )
    assert session.status_code == 201, session.text
    told = session.json()
    principal = Principal(new_id(), org.id, UUID(reply.json()["id"]), new_id())
    name = offer["name"]
    member_id = UUID(reply.json()["id"])
    caller = Caller(org.world.http, told["access_token"], member_id, principal, name, email)
    return Canary(word, org, caller)


async def drawn(org: Org) -> tuple[UUID, list[str]]:
    """A journey with two touchpoints."""
    journey = await org.journey()
    stage = await org.admin.made(f"/v1/journeys/{journey}/stages", {"name": "Ride"})
    path = f"/v1/stages/{stage['id']}/touchpoints"
    return journey, [(await org.admin.made(path, {"name": name}))["id"] for name in "ab"]


async def sing(canary: Canary) -> UUID:
    """Write wherever a member can write; the journey it was written in."""
    org, word, bird = canary.org, canary.word, canary.caller
    journey, touchpoints = await drawn(org)
    say = {"subject_id": touchpoints[0], "kind": "issue"}
    own = await bird.made("/v1/annotations", say | {"body": f"{word} says"}, Idempotency_Key="a")
    changed = {"body": f"{word} said"}
    await bird.patch(f"/v1/annotations/{own['id']}", changed, **etag(own["version"]))
    await bird.made("/v1/annotations", say | {"body": word, "visibility": "private"})
    await _rate(bird, touchpoints[0], abstained=True, abstention_reason=f"{word} is biased")
    await _rate(bird, touchpoints[0], emotional=4)
    await _rate(bird, touchpoints[1], abstained=True, abstention_reason=f"{word} was away")
    for reopened in (True, False):
        await _answer(canary, say, reopened)
    labelled = say | {"body": "hearsay", "attributed_to": f" {bird.name.upper()} "}
    await org.admin.made("/v1/annotations", labelled, Idempotency_Key="b")
    await _hide(canary, journey, say)
    await _retire(canary, touchpoints[0])
    return journey


async def _rate(bird: Caller, touchpoint: str, **answers: Any) -> None:
    reply = await bird.put(f"/v1/touchpoints/{touchpoint}/ratings/me", answers)
    assert reply.status_code == 200, reply.text


async def _answer(canary: Canary, say: dict[str, str], reopened: bool) -> None:
    """Reply to somebody's annotation and resolve it with a note; perhaps it is reopened."""
    admin, bird, word = canary.org.admin, canary.caller, canary.word
    said = await admin.made("/v1/annotations", say | {"body": "Too long."})
    path = f"/v1/annotations/{said['id']}"
    await bird.made(f"{path}/replies", {"body": f"{word} replies"})
    assigned = {"member_id": str(bird.member_id)}
    reply = await admin.post(f"{path}/assign", assigned, **etag(1))
    assert reply.status_code == 200, reply.text
    note = {"resolution": "fixed", "note": f"{word} fixed it"}
    reply = await bird.post(f"{path}/resolve", note, **etag(2))
    assert reply.status_code == 200, reply.text
    if reopened:
        reply = await admin.post(f"{path}/reopen", **etag(3))
        assert reply.status_code == 200, reply.text


async def _hide(canary: Canary, journey: UUID, say: dict[str, str]) -> None:
    """Hide somebody's annotation for a reason."""
    admin, bird = canary.org.admin, canary.caller
    grant = {"role": "moderator", "member_id": str(bird.member_id)}
    await admin.made(f"/v1/journeys/{journey}/grants", grant)
    boss = await canary.org.member(Group.EXECUTIVE)
    said = await boss.made("/v1/annotations", say | {"body": "Too long."})
    path = f"/v1/annotations/{said['id']}/hide"
    reply = await bird.post(path, {"reason": f"{canary.word} dislikes it"}, **etag(1))
    assert reply.status_code == 200, reply.text


async def _retire(canary: Canary, touchpoint: str) -> None:
    """Own a journey long enough to retire a moment of it for a reason."""
    admin, bird = canary.org.admin, canary.caller
    moment = await admin.made(f"/v1/touchpoints/{touchpoint}/moments", {})
    where = f"/v1/journeys/{moment['journey_id']}/transfer"
    for giver, taker in ((admin, bird), (bird, admin)):
        at = (await admin.read(f"/v1/journeys/{moment['journey_id']}"))["version"]
        reply = await giver.post(where, {"member_id": str(taker.member_id)}, **etag(at))
        assert reply.status_code == 200, reply.text
        if taker is bird:
            path = f"/v1/moments/{moment['id']}/retire"
            reply = await bird.post(path, {"reason": f"{canary.word} says so"}, **etag(1))
            assert reply.status_code == 200, reply.text
