"""Evidence: about anything, graded, seen by who sees what it is about."""

from typing import Any

import pytest

from domain.roles import Group
from tests.api.findings.finding_scene import add, do, read
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World

F, S, D, X = Group


async def give(who: Caller, subject: object, **fields: Any) -> dict[str, Any]:
    """A quote about something."""
    body = {"subject_id": str(subject), "kind": "quote", "excerpt": "I waited."} | fields
    return await who.made("/v1/evidence", body)


async def ids(who: Caller, query: str) -> list[str]:
    """What a list of evidence tells."""
    return [one["id"] for one in (await who.read(f"/v1/evidence?{query}"))["items"]]


async def test_evidence_is_given_graded_removed_and_brought_back(world: World) -> None:
    place = await scene(world)
    finding = await add(place, place[F])
    before = await place.revision()
    one = await give(place[S], finding["id"], url="https://example.org/x", source="The survey")
    assert (one["grade"], one["subject_kind"], one["url"]) == (
        "assumed",
        "finding",
        "https://example.org/x",
    )
    assert one["touchpoint_id"] == str(place.touchpoint)
    assert (await read(place[X], finding))["evidence_count"] == 1
    path = f"/v1/evidence/{one['id']}"
    assert (await place[X].read(path))["may"] == []
    assert code(await place[X].patch(path, {"grade": "partial"}, **etag(1)), 403) == "forbidden"
    graded = await place.owner.patch(path, {"grade": "validated", "url": None}, **etag(1))
    assert (graded.json()["grade"], graded.json()["url"]) == ("validated", None)
    empty = await place[S].patch(path, {"excerpt": ""}, **etag(2))
    assert code(empty, 422) == "empty_evidence"
    assert await ids(place[X], f"subject={finding['id']}&grade=validated") == [one["id"]]
    assert await ids(place[X], f"journey={place.journey}&kind=ticket") == []
    assert (await place[S].delete(path, **etag(2))).status_code == 204
    assert code(await place[S].get(path), 404) == "not_found"
    assert code(await place[X].post(f"/v1/subjects/{one['id']}/restore"), 403) == "forbidden"
    assert (await place[S].post(f"/v1/subjects/{one['id']}/restore")).json()["version"] == 4
    verbs = ["evidence.added", "evidence.updated", "evidence.removed", "evidence.restored"]
    assert await place.verbs(before) == verbs


async def test_evidence_goes_with_what_it_is_about(world: World) -> None:
    place = await scene(world)
    finding, into = await add(place, place[F]), await add(place, place[F])
    one = await give(place[S], finding["id"])
    assert (await do(place[F], finding, "merge", {"into_id": into["id"]})).status_code == 200
    assert await ids(place[X], f"subject={into['id']}") == [one["id"]]
    await place[F].delete(f"/v1/findings/{into['id']}", **etag(1))
    assert code(await place[S].get(f"/v1/evidence/{one['id']}"), 404) == "not_found"
    assert await ids(place[X], "") == []


async def test_evidence_about_a_persona_is_the_organizations(world: World) -> None:
    place = await scene(world)
    persona = (await place[D].made("/v1/personas", {"name": "Ada"}))["id"]
    body = {"subject_id": persona, "kind": "interview", "excerpt": "She rides."}
    assert code(await place[F].post("/v1/evidence", body), 403) == "forbidden"
    one = await give(place[X], persona)
    assert (one["journey_id"], one["may"]) == (None, ["edit_persona"])
    path = f"/v1/evidence/{one['id']}"
    assert (await place[F].read(path))["may"] == []
    assert code(await place[F].patch(path, {"grade": "partial"}, **etag(1)), 403) == "forbidden"
    assert (await place[D].patch(path, {"grade": "partial"}, **etag(1))).status_code == 200
    assert (await place[D].delete(path, **etag(2))).status_code == 204
    assert (await place[D].post(f"/v1/subjects/{one['id']}/restore")).status_code == 200
    stranger = (await world.organization()).admin
    assert code(await stranger.get(path), 404) == "not_found"


async def test_evidence_about_what_one_does_not_see_is_not_there(world: World) -> None:
    place = await scene(world)
    secret = await place.say(place[F], visibility="private")
    body = {"subject_id": secret["id"], "kind": "quote", "excerpt": "x"}
    assert code(await place.owner.post("/v1/evidence", body), 404) == "not_found"
    before = await place.revision()
    one = await give(place[F], secret["id"])
    assert await heard(place, place[F], before) == ["evidence.added"]
    assert await heard(place, place.owner, before) == [None]
    assert code(await place.owner.get(f"/v1/evidence/{one['id']}"), 404) == "not_found"
    assert await ids(place.owner, f"journey={place.journey}") == []


async def test_what_only_its_unnamed_author_sees_names_nobody(world: World) -> None:
    place = await scene(world, group_voice=True)
    said = await place.say(place[F], visibility="leadership", voice="group")
    body = {"subject_id": said["id"], "kind": "quote", "excerpt": "x"}
    assert code(await place[F].post("/v1/evidence", body), 409) == "would_name_you"
    assert (await give(place[X], said["id"]))["author_id"] == str(place[X].member_id)


async def heard(place: Scene, who: Caller, after: int) -> list[str | None]:
    """What the feed says that happened; None for a bare number."""
    path = f"/v1/journeys/{place.journey}/events?after={after}"
    return [item["verb"] for item in (await who.read(path))["items"]]


@pytest.mark.parametrize(
    ("fields", "status", "pointer"),
    [
        ({"excerpt": ""}, 422, "#/excerpt"),
        ({"url": "javascript:alert(1)"}, 400, "#/url"),
        ({"url": "ftp://example.org"}, 400, "#/url"),
        ({"attachment_id": "00000000-0000-7000-8000-000000000000"}, 422, "#/attachment_id"),
    ],
)
async def test_evidence_that_is_none(
    world: World, fields: dict[str, Any], status: int, pointer: str
) -> None:
    place = await scene(world)
    body = {"subject_id": str(place.touchpoint), "kind": "link", "excerpt": "So."} | fields
    refused = await place[F].post("/v1/evidence", body)
    assert refused.status_code == status, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
