"""One Idempotency-Key has one effect and one answer."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from domain import clock
from domain.roles import Group
from domain.services.records.idempotency import Claim, keep
from tests.api.voices.scene import code, scene
from tests.world import World


async def test_a_hundred_duplicates_at_once_have_one_effect(world: World) -> None:
    place = await scene(world)
    ann, before = place[Group.FRONTLINE_STAFF], await place.revision()
    body = {"subject_id": str(place.touchpoint), "kind": "issue", "body": "Too long."}
    calls = [ann.post("/v1/annotations", body, Idempotency_Key="once") for _ in range(100)]
    replies = await asyncio.gather(*calls)
    statuses = Counter(reply.status_code for reply in replies)
    assert set(statuses) <= {201, 409, 503}  # 503: every connection was taken
    made = [reply for reply in replies if reply.status_code == 201]
    assert len({reply.content for reply in made}) == 1
    assert sum("idempotent-replayed" not in reply.headers for reply in made) == 1
    for reply in replies:
        if reply.status_code == 409:
            assert reply.json()["code"] == "idempotency_key_in_flight"
            assert reply.headers["retry-after"] == "1"
    assert await place.verbs(before) == ["annotation.written"]
    later = await ann.post("/v1/annotations", body, Idempotency_Key="once")
    first = next(reply for reply in made if "idempotent-replayed" not in reply.headers)
    assert (later.status_code, later.content) == (201, first.content)
    for header in ("location", "etag", "journey-revision"):
        assert later.headers[header] == first.headers[header]
    assert later.headers["idempotent-replayed"] == "true"


async def test_a_key_belongs_to_one_request_of_one_member(world: World) -> None:
    place = await scene(world)
    ann, eve = place[Group.FRONTLINE_STAFF], place[Group.EXECUTIVE]
    body = {"subject_id": str(place.touchpoint), "kind": "issue", "body": "Too long."}
    said = await ann.made("/v1/annotations", body, Idempotency_Key="k")
    other = await ann.post("/v1/annotations", body | {"body": "Other."}, Idempotency_Key="k")
    assert code(other, 422) == "idempotency_key_reused"
    mine = await eve.made("/v1/annotations", body, Idempotency_Key="k")
    assert mine["id"] != said["id"]
    path = f"/v1/annotations/{said['id']}/replies"
    for _ in range(2):
        assert (await ann.post(path, {"body": "x"}, Idempotency_Key="k")).status_code == 201
    assert (await place.verbs())[-3:] == ["annotation.written"] * 2 + ["reply.written"]


async def test_a_key_claims_nothing_where_the_answer_is_a_secret(world: World) -> None:
    admin = (await world.organization()).admin
    body = {"name": "Importer", "scopes": ["read"]}
    asked = [admin.post("/v1/access-tokens", body, Idempotency_Key="k") for _ in range(8)]
    replies = await asyncio.gather(*asked)
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.json()["token"] for reply in replies}) == 8


async def test_a_refused_request_leaves_its_key_free(world: World) -> None:
    place = await scene(world)
    ann = place[Group.FRONTLINE_STAFF]
    body = {"subject_id": str(place.journey), "kind": "issue", "body": "x", "journey_id": None}
    missing = body | {"subject_id": str(ann.member_id)}
    for _ in range(2):
        refused = await ann.post("/v1/annotations", missing, Idempotency_Key="k")
        assert code(refused, 404) == "not_found"
    assert (await ann.post("/v1/annotations", body, Idempotency_Key="k")).status_code == 201


async def test_replies_older_than_a_day_are_forgotten_on_the_way(world: World) -> None:
    org, present = await world.organization(), datetime.now(UTC)
    async with world.database.transaction(org.id) as tx:

        async def kept_at(at: datetime, key: str) -> None:
            claimed = Claim(org.id, org.admin.member_id, "POST /v1/annotations", key, b"")
            with clock.replaced(lambda: at):
                await keep(tx, claimed, (201, "{}", b""))

        for key in "abcdefg":
            await kept_at(present - timedelta(hours=30), key)
        await kept_at(present, "a")
        rows = await (await tx.driver()).fetch("SELECT key FROM idempotency_keys ORDER BY key")
    assert [row["key"] for row in rows] == ["a", "g"]


async def test_a_replayed_move_has_the_status_it_had(world: World) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/stages"
    stage = await org.admin.made(path, {"name": "Ride"})
    move = f"/v1/stages/{stage['id']}/move"
    asked = {"Idempotency_Key": "move-1", "If_Match": '"1"'}
    first = await org.admin.post(move, {"after": None}, **asked)
    again = await org.admin.post(move, {"after": None}, **asked)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.headers["idempotent-replayed"], again.json()) == ("true", first.json())
    other = await org.admin.post(move, {"after": None}, **asked | {"If_Match": '"2"'})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
