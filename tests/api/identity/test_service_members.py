"""Service members: programs that act by tokens, and are asked and counted nowhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.queries.identity.addresses import addresses
from domain.queries.inbox.digests import addressee
from tests.api.identity.programs import Program, taken_in
from tests.api.identity.tokens import made, with_token
from tests.world import World

POINT = {
    "period_from": "2026-01-01",
    "period_to": "2026-01-31",
    "promoters": 5,
    "passives": 2,
    "detractors": 3,
}
DUE = (datetime.now(UTC) + timedelta(days=9)).isoformat()
PAIN = {"emotional": 4, "business": None, "importance": None, "performance": None}


def code(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


@pytest.fixture
async def there(world: World) -> Program:
    return await taken_in(world)


async def test_it_is_a_member_without_an_address(there: Program) -> None:
    told = await there.org.admin.read(f"/v1/members/{there.id}")
    assert (told["kind"], told["email"], told["administrator"]) == ("service", None, False)
    assert told["manager_id"] == str(there.boss.member_id)
    programs = await there.boss.read("/v1/members?kind=service")
    assert [one["id"] for one in programs["items"]] == [there.id]
    people = await there.boss.read("/v1/members?kind=person")
    assert there.id not in [one["id"] for one in people["items"]]
    directory = (await there.boss.read("/v1/directory"))["members"]
    assert [one["kind"] for one in directory if one["id"] == there.id] == ["service"]
    own = await there.robot.read("/v1/me")
    assert (own["email"], own["member"]["kind"]) == (None, "service")


async def test_it_does_what_its_tokens_are_for(there: Program) -> None:
    said = {"subject_id": there.touchpoint, "kind": "issue", "body": "Queue is full."}
    annotation = await there.robot.made("/v1/annotations", said)
    assert annotation["author_id"] == there.id
    rated = await there.robot.put(f"/v1/touchpoints/{there.touchpoint}/ratings/me", PAIN)
    assert code(rated) == (403, "scope_missing")
    for_group = said | {"voice": "group"}
    assert code(await there.robot.post("/v1/annotations", for_group))[0] == 422
    wish = {"name": "x", "scopes": ["read", "judge"], "member_id": there.id}
    refused = await there.org.admin.post("/v1/access-tokens", wish)
    assert code(refused) == (422, "personal_scope")
    assert refused.json()["errors"][0]["pointer"] == "#/scopes/1"
    assert "rate" in refused.json()["detail"]
    assert code(await there.boss.post("/v1/access-tokens", wish)) == (403, "forbidden")


async def test_what_it_draws_is_its_managers(there: Program) -> None:
    journey = await there.robot.made("/v1/journeys", {"title": "I call"})
    assert journey["owner_id"] == str(there.boss.member_id)
    await there.robot.made(f"/v1/journeys/{journey['id']}/stages", {"name": "Dial"})
    assert (await there.boss.read(f"/v1/journeys/{journey['id']}"))["title"] == "I call"


async def test_it_is_suspended_reinstated_and_erased_like_others(there: Program) -> None:
    path = f"/v1/members/{there.id}"

    async def put(**changes: Any) -> httpx.Response:
        version = (await there.org.admin.read(path))["version"]
        return await there.org.admin.patch(path, changes, If_Match=f'"{version}"')

    assert code(await put(administrator=True)) == (422, "program_administers_nothing")
    assert code(await put(manager_id=None)) == (422, "manager_required")
    assert (await put(name="Tickets")).json()["name"] == "Tickets"
    assert (await put(status="suspended")).is_success
    assert code(await there.robot.get("/v1/personas")) == (401, "unauthenticated")
    token = {"name": "x", "scopes": ["read"], "member_id": there.id}
    assert code(await there.org.admin.post("/v1/access-tokens", token)) == (409, "member_suspended")
    assert (await put(status="active")).is_success
    again = with_token(there.robot, await made(there.org.admin, "read", member_id=there.id))
    await again.read("/v1/personas")
    version = (await there.org.admin.read(path))["version"]
    erased = await there.org.admin.post(f"{path}/erase", If_Match=f'"{version}"')
    assert (erased.status_code, erased.json()["name"]) == (200, "")
    assert code(await again.get("/v1/personas")) == (401, "unauthenticated")
    (person,) = (await there.org.admin.read(f"/v1/members?q={there.boss.name}"))["items"]
    named = {"name": "Eve"}
    refused = await there.org.admin.patch(
        f"/v1/members/{person['id']}", named, If_Match=f'"{person["version"]}"'
    )
    assert code(refused) == (422, "not_a_service_member")


async def test_it_answers_for_nothing(there: Program) -> None:
    """Whatever asks for a person by id refuses one that is a program."""
    admin, member = there.org.admin, there.id
    annotation = await there.boss.made(
        "/v1/annotations", {"subject_id": there.touchpoint, "kind": "idea", "body": "So."}
    )
    department = await admin.made("/v1/departments", {"name": "Yard"})
    one = '"1"'
    version = (await admin.read(f"/v1/journeys/{there.journey}"))["version"]
    asked = {"due_at": DUE, "questions": ["What?"], "members": [member]}
    tries: list[tuple[str, str, dict[str, Any], str]] = [
        ("POST", f"/moments/{there.moment}/responsibilities",
         {"role": "accountable", "member_id": member}, ""),
        ("POST", f"/journeys/{there.journey}/actions",
         {"title": "Do", "kind": "policy", "owner_id": member}, ""),
        ("POST", f"/annotations/{annotation['id']}/assign", {"member_id": member}, one),
        ("POST", f"/journeys/{there.journey}/input-requests", asked, ""),
        ("POST", f"/journeys/{there.journey}/transfer", {"member_id": member}, f'"{version}"'),
        ("PATCH", f"/departments/{department['id']}", {"head_member_id": member}, one),
        ("PATCH", f"/members/{there.boss.member_id}", {"manager_id": member}, one),
        ("POST", "/service-members",
         {"name": "x", "group": "executive", "manager_id": member}, ""),
    ]  # fmt: skip
    for method, path, body, version in tries:
        headers = {"If_Match": version} if version else {}
        reply = await admin.call(method, f"/v1{path}", body, **headers)
        assert (path, *code(reply)) == (path, 422, "unknown_member")


async def test_it_may_own_and_record_a_metric_and_be_let_in(there: Program) -> None:
    admin = there.org.admin
    metric = {"name": "Would recommend", "kind": "nps", "recorder_ids": [there.id]}
    made = await admin.made("/v1/metrics", metric | {"owner_id": there.id})
    assert (made["owner_id"], made["recorder_ids"]) == (there.id, [there.id])
    path = f"/v1/metrics/{made['id']}/data-points"
    recorded = await there.robot.post(path, {"source": "Tickets", "points": [POINT]})
    assert recorded.is_success, recorded.text
    hidden = await there.org.journey(restricted=True)
    assert (await there.robot.get(f"/v1/journeys/{hidden}")).status_code == 404
    grant = {"role": "participant", "member_id": there.id}
    await admin.made(f"/v1/journeys/{hidden}/grants", grant)
    await there.robot.read(f"/v1/journeys/{hidden}")


async def test_groups_and_departments_are_people(there: Program) -> None:
    admin = there.org.admin
    for wide in ({"groups": ["support_staff"]}, {"departments": [there.department]}):
        asked = {"due_at": DUE, "questions": ["What?"], **wide}
        request = await admin.made(f"/v1/journeys/{there.journey}/input-requests", asked)
        assert [one["member_id"] for one in request["asks"]] == [str(there.ann.member_id)]
    brief = await admin.read(f"/v1/departments/{there.department}/brief")
    assert brief["members"] == 1
    published = await admin.made(
        f"/v1/journeys/{there.journey}/publications", {"groups": ["support_staff"]}
    )
    assert published["waiting"] == 1


async def test_what_it_says_is_no_voice_of_its_group(there: Program) -> None:
    admin = there.org.admin
    said = {"subject_id": there.touchpoint, "kind": "issue", "body": "Queue is full."}
    await there.robot.made("/v1/annotations", said)

    async def voices() -> Any:
        found = await admin.read(f"/v1/journeys/{there.journey}/participation")
        return found["totals"]["voices"]

    assert await voices() == 0
    await there.ann.made("/v1/annotations", said)
    assert await voices() == 1


async def test_letters_reach_people(there: Program) -> None:
    reached = {}
    async with there.org.world.database.transaction(there.org.id) as tx:
        for caller in (there.robot, there.ann):
            reached[caller.name] = await addressee(tx, caller.member_id)
        at = await addresses(tx, there.journey, [there.robot.member_id, there.ann.member_id])
    assert reached[there.robot.name] is None
    assert reached[there.ann.name] is not None
    assert list(at) == [there.ann.member_id]
