"""What others may learn of whoever answered with ratings that do not say whose they are."""

from typing import Any

import pytest

from tests.api.identity.letterbox import Letterbox
from tests.api.participation.asking import DUE, NUMBERS, Asking, answer, later
from tests.api.participation.linking import A_MINUTE, ANSWER, mailed, read_asks, send, use
from tests.api.participation.test_answering import say, statuses


def rated(scene: Asking) -> dict[str, Any]:
    return {"ratings": [{"touchpoint_id": scene.touchpoints[0]} | NUMBERS]}


async def waiting(scene: Asking, whom: Any) -> int:
    """How many requests the owner sees wait for somebody."""
    found = await scene.owner.read(f"/v1/members/{whom.member_id}")
    return len([one for one in found["duties"] if one["kind"] == "input"])


async def test_who_rated_is_not_told_by_what_became_of_asking(scene: Asking) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id), str(scene.bob.member_id)])
    path = f"/v1/input-requests/{made['id']}"
    mine = (await scene.ann.post(answer(made), rated(scene))).json()
    assert (mine["mine"]["status"], mine["counts"]["answered"]) == ("answered", 1)
    assert await statuses(scene, made) == {"Ann": "asked", "Bob": "asked"}
    for reader in (scene.owner, scene.bob):
        assert (await reader.read(path))["counts"]["answered"] == 0
    assert await waiting(scene, scene.ann) == 1
    assert await waiting(scene, scene.owner) == 0
    await say(scene.ann, scene.touchpoints[0])
    assert await statuses(scene, made) == {"Ann": "answered", "Bob": "asked"}
    assert await waiting(scene, scene.ann) == 0


async def test_who_rated_is_told_with_all_others_when_it_closes(scene: Asking) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id), str(scene.bob.member_id)])
    assert (await scene.ann.post(answer(made), rated(scene))).is_success
    with later(DUE + A_MINUTE):
        await scene.close(made["id"])
    assert await statuses(scene, made) == {"Ann": "answered", "Bob": "no_answer"}


async def test_nor_by_who_is_reminded(scene: Asking) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id), str(scene.bob.member_id)])
    assert (await scene.ann.post(answer(made), rated(scene))).is_success
    assert {one.name for one in await scene.remind(made["id"])} == {"Ann", "Bob"}


async def test_nor_by_a_link_that_is_used_up_or_not_sent(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id), str(scene.bob.member_id)])
    link = await mailed(scene, made, scene.ann, letterbox)
    before = {ask["member_id"]: ask["link_id"] for ask in await read_asks(scene, made)}
    assert (await use(scene, ANSWER, link, **rated(scene))).json()["status"] == "answered"
    assert {ask["member_id"]: ask["link_id"] for ask in await read_asks(scene, made)} == before
    with later(A_MINUTE):
        assert len((await send(scene, made)).json()["items"]) == 2


@pytest.mark.parametrize("named", [True, False])
async def test_leaders_are_shielded_where_they_go_by_no_name(scene: Asking, named: bool) -> None:
    etag = (await scene.owner.get("/v1/organization")).headers["etag"]
    changes = {"names_leaders": named, "name": "Rails"}
    assert (await scene.owner.patch("/v1/organization", changes, If_Match=etag)).is_success
    made = await scene.ask(members=[str(scene.boss.member_id)])
    path = f"/v1/touchpoints/{scene.touchpoints[0]}/ratings/me"
    assert (await scene.boss.put(path, NUMBERS)).is_success
    read = await scene.owner.read(f"/v1/input-requests/{made['id']}")
    assert read["asks"][0]["status"] == ("answered" if named else "asked")


async def test_who_was_asked_by_name_is_for_those_who_could_ask(scene: Asking) -> None:
    named = [str(scene.ann.member_id)]
    made = await scene.ask(members=named)
    path = f"/v1/input-requests/{made['id']}"
    for reader, told in ((scene.owner, named), (scene.boss, named), (scene.bob, None)):
        assert (await reader.read(path))["members"] == told
        (item,) = (await reader.read("/v1/input-requests"))["items"]
        assert item["members"] == told


async def test_who_answered_is_told_in_the_feed_to_those_who_may_know(scene: Asking) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id), str(scene.bob.member_id)])
    assert (await scene.ann.post(answer(made), {"abstain": {"reason": "Busy."}})).is_success
    asks = {ask["member_id"]: ask["id"] for ask in made["asks"]}
    ann, bob = (asks[str(one.member_id)] for one in (scene.ann, scene.bob))
    expected = [(scene.owner, [ann, ann, bob]), (scene.boss, [ann, ann, bob]),
                (scene.ann, [ann, ann]), (scene.bob, [bob]), (scene.cleo, [])]  # fmt: skip
    for reader, known in expected:
        events = await reader.read(f"/v1/journeys/{scene.journey}/events?limit=100")
        told = [one["subject_id"] for one in events["items"] if one["subject_kind"] == "input_ask"]
        assert sorted(told) == sorted(known)
        assert len(events["items"]) == len(await scene.events())
