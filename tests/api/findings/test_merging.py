"""Merging findings: nothing that hangs on one is lost, nothing is counted twice."""

from domain.roles import Group
from tests.api.findings.finding_scene import BODIES, add, do, listed, read
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import World

F, S, D, X = Group


async def two(world: World) -> tuple[Scene, dict, dict]:  # type: ignore[type-arg]
    """Two pain points of frontline staff that say the same."""
    place = await scene(world)
    return place, await add(place, place[F]), await add(place, place[F], text="An hour's wait.")


async def vote(place: Scene, who: Group, one: dict[str, object], how: str = "put") -> None:
    """Vote, or take it back."""
    reply = await getattr(place[who], how)(f"/v1/findings/{one['id']}/vote")
    assert reply.status_code in (200, 204), reply.text


async def test_everything_goes_along(world: World) -> None:
    place, one, into = await two(world)
    for who in (F, S, D):
        await vote(place, who, one)
    for who in (S, D):
        await vote(place, who, into)
    await vote(place, D, into, "delete")
    said = await place.say(place[S], subject_id=one["id"])
    hidden = await place.say(place[D], subject_id=one["id"], visibility="private")
    effect = await add(place, place[X], "drop-offs", caused_by_id=one["id"])
    before = await place.revision()
    merged = await do(place[F], one, "merge", {"into_id": into["id"]})
    assert merged.status_code == 200, merged.text
    told = merged.json()
    assert (told["status"], told["merged_into_id"], told["may"]) == ("merged", into["id"], [])
    assert told["votes"]["count"] == 0
    votes = (await read(place[X], into))["votes"]
    assert (votes["count"], votes["by_group"]["support_staff"]) == (3, 1)
    moved = await place[X].read(f"/v1/annotations/{said['id']}")
    assert (moved["subject_id"], moved["anchored_from_id"]) == (into["id"], one["id"])
    assert (await place[D].read(f"/v1/annotations/{hidden['id']}"))["subject_id"] == into["id"]
    assert (await read(place[X], effect))["caused_by_id"] == into["id"]
    assert one["id"] not in await listed(place[X])
    assert one["id"] in await listed(place[X], "status=merged")
    told_of = ["annotation.reanchored"] * 2 + ["vote.moved"] * 4
    assert sorted(await place.verbs(before)) == sorted(
        ["finding.merged", "finding.updated", *told_of]
    )
    for what, body in (("merge", {"into_id": into["id"]}), ("reopen", None)):
        assert code(await do(place[F], told, what, body), 409) == "finding_merged"


async def test_only_into_another_of_its_kind(world: World) -> None:
    place, one, into = await two(world)
    other = await add(place, place[F], "obstacles")
    elsewhere = await scene(world)
    foreign = await add(elsewhere, elsewhere.owner)
    for wrong in (one, other, foreign):
        refused = await do(place[F], one, "merge", {"into_id": wrong["id"]})
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == "#/into_id"
    assert (await do(place[F], into, "close", {"status": "dismissed"})).status_code == 200
    refused = await do(place[F], one, "merge", {"into_id": into["id"]})
    assert code(refused, 422) == "other_finding"
    assert code(await do(place[S], one, "merge", {"into_id": into["id"]}), 403) == "forbidden"


async def test_nothing_follows_from_itself(world: World) -> None:
    place, one, into = await two(world)
    await add(place, place[F], "experiences", **{"from": [one["id"], str(place.touchpoint)]})
    near = await add(place, place[F], **{"from": [one["id"], into["id"]]})
    assert near["source_count"] == 2
    between = await add(place, place[F], **{"from": [into["id"]]})
    far = await add(place, place[F], **{"from": [between["id"]]})
    refused = await do(place[F], far, "merge", {"into_id": into["id"]})
    assert code(refused, 409) == "source_circle"
    assert (await do(place[F], one, "merge", {"into_id": into["id"]})).status_code == 200
    assert (await read(place[F], near))["source_count"] == 1
    assert (await do(place[F], near, "merge", {"into_id": into["id"]})).status_code == 200
    assert (await read(place[F], into))["source_count"] == 0


async def test_a_source_is_there_for_those_who_see_it(world: World) -> None:
    place = await scene(world)
    secret = await place.say(place[F], visibility="private")
    for_group = await place.say(place[F], visibility="my_group")
    named = {"from": [secret["id"], for_group["id"], str(place.touchpoint)]}
    one = await add(place, place[F], **named)
    assert one["source_count"] == 3
    assert (await read(place[X], one))["source_count"] == 1
    path = f"/v1/touchpoints/{place.touchpoint}/promises"
    refused = await place[S].post(path, BODIES["promises"] | {"from": [secret["id"]]})
    assert code(refused, 422) == "unknown_source"
    assert (await place[F].patch(f"/v1/findings/{one['id']}", {}, **etag(1))).status_code == 200
