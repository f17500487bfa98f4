"""Answering: by questions, annotations, ratings, or an abstention; and by saying it elsewhere."""

from typing import Any

import pytest

from domain.ids import new_id
from tests.api.participation.asking import NUMBERS, Asking, answer, asking, code
from tests.world import Caller, World

IDEA = {"kind": "idea", "body": "A shelter."}


async def statuses(scene: Asking, request: dict[str, Any]) -> dict[str, str]:
    """What became of asking each, by name, as the owner reads it."""
    read = await scene.owner.read(f"/v1/input-requests/{request['id']}")
    names = {str(one.member_id): one.name for one in (scene.ann, scene.bob, scene.cleo)}
    return {names[ask["member_id"]]: ask["status"] for ask in read["asks"]}


async def test_an_answer_is_kept_and_what_is_said_with_it_is_really_said(scene: Asking) -> None:
    made = await scene.ask()
    before = len(await scene.events())
    body = {
        "answers": ["Rain.", ""],
        "annotations": [IDEA, IDEA | {"subject_id": scene.touchpoints[0], "kind": "issue"}],
        "ratings": [{"touchpoint_id": scene.touchpoints[1]} | NUMBERS],
    }
    reply = await scene.ann.post(answer(made), body)
    assert reply.status_code == 200, reply.text
    assert reply.headers["journey-revision"]
    mine = reply.json()["mine"]
    assert (mine["status"], mine["answers"]) == ("answered", ["Rain.", ""])
    assert (mine["via_link"], reply.json()["may"]) == (False, [])
    assert mine["answered_at"]
    assert mine["seen_at"]
    assert await scene.verbs(before) == [
        "annotation.written", "annotation.written", "rating.given", "input.answered"
    ]  # fmt: skip
    said = await scene.cleo.read(f"/v1/annotations?journey={scene.journey}")
    assert [item["subject_id"] for item in said["items"]] == [scene.touchpoints[0], scene.journey]
    assert said["items"][0]["author_id"] == str(scene.ann.member_id)
    rated = await scene.ann.read(f"/v1/touchpoints/{scene.touchpoints[1]}/ratings")
    assert rated["mine"]["emotional"] == 4
    assert code(await scene.ann.post(answer(made), body), 409) == "already_answered"


async def test_answers_are_for_those_who_could_ask_and_for_oneself(scene: Asking) -> None:
    made = await scene.ask()
    await scene.ann.post(answer(made), {"answers": ["Rain."]})
    path = f"/v1/input-requests/{made['id']}"
    for caller in (scene.owner, scene.boss):
        asks = (await caller.read(path))["asks"]
        assert [a["answers"] for a in asks if a["answers"]] == [["Rain."]]
    for caller in (scene.ann, scene.bob):
        read = await caller.read(path)
        assert (read["asks"], read["counts"]["answered"]) == (None, 1)
    assert "Rain." not in (await scene.bob.get(path)).text


async def test_abstaining_says_why_and_stands_alone(scene: Asking) -> None:
    made, before = await scene.ask(), len(await scene.events())
    why = {"abstain": {"reason": "I never ride."}}
    both = await scene.bob.post(answer(made), why | {"answers": ["Well."]})
    assert (code(both, 422), both.json()["errors"][0]["pointer"]) == ("abstained", "#/abstain")
    reply = await scene.bob.post(answer(made), why)
    assert reply.json()["mine"]["status"] == "abstained"
    assert reply.json()["mine"]["abstention_reason"] == "I never ride."
    assert await scene.verbs(before) == ["input.abstained"]
    assert (await scene.owner.read(f"/v1/input-requests/{made['id']}"))["counts"] == {
        "asked": 3, "seen": 1, "answered": 0, "abstained": 1, "no_answer": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected", "pointer"),
    [
        ({}, "nothing_said", None),
        ({"answers": [" ", ""]}, "nothing_said", None),
        ({"answers": ["a", "b", "c"]}, "too_many_answers", "#/answers"),
        ({"annotations": [IDEA | {"subject_id": str(new_id())}]}, "not_asked_about",
         "#/annotations/0/subject_id"),
        ({"ratings": [{"touchpoint_id": str(new_id())}]}, "not_asked_about",
         "#/ratings/0/touchpoint_id"),
    ],
)  # fmt: skip
async def test_an_answer_that_cannot_be_is_refused_and_leaves_nothing(
    scene: Asking, body: dict[str, Any], expected: str, pointer: str | None
) -> None:
    made = await scene.ask()
    before = len(await scene.events())
    reply = await scene.ann.post(answer(made), body)
    assert code(reply, 422) == expected
    assert [one["pointer"] for one in reply.json()["errors"]] == ([pointer] if pointer else [])
    assert await scene.verbs(before) == []


async def test_what_is_wrong_in_a_rating_is_pointed_at_and_nothing_of_the_answer_stays(
    scene: Asking,
) -> None:
    made = await scene.ask()
    before = len(await scene.events())
    wrong = {"touchpoint_id": scene.touchpoints[0], "emotional": 3, "abstained": True}
    right = {"touchpoint_id": scene.touchpoints[1]} | NUMBERS
    reply = await scene.ann.post(answer(made), {"annotations": [IDEA], "ratings": [right, wrong]})
    assert code(reply, 422) == "abstained"
    assert reply.json()["errors"][0]["pointer"] == "#/ratings/1/emotional"
    assert await scene.verbs(before) == []


async def test_only_what_was_asked_about_can_be_answered_about(scene: Asking, world: World) -> None:
    other = await asking(world)
    moment = await scene.owner.made(f"/v1/touchpoints/{scene.touchpoints[0]}/moments", {})
    ride, pay = scene.touchpoints
    for subject, inside, outside in (
        (scene.stages[0], (scene.stages[0], ride, moment["id"]), (scene.journey, pay)),
        (ride, (ride, moment["id"]), (scene.stages[0], pay, scene.journey)),
        (moment["id"], (moment["id"], ride), (pay,)),
        (scene.journey, (pay,), (other.journey, other.touchpoints[0])),
    ):
        for about in outside:
            made = await scene.ask(subject_id=subject)
            said = {"annotations": [IDEA | {"subject_id": about}]}
            assert code(await scene.ann.post(answer(made), said), 422) == "not_asked_about"
        said = {"annotations": [IDEA | {"subject_id": about} for about in inside]}
        made = await scene.ask(subject_id=subject)
        assert (await scene.ann.post(answer(made), said)).status_code == 200
    made = await scene.ask(subject_id=scene.stages[0])
    rated = {"ratings": [{"touchpoint_id": moment["id"]} | NUMBERS]}
    assert code(await scene.ann.post(answer(made), rated), 422) == "not_asked_about"


async def test_whoever_was_not_asked_does_not_answer(scene: Asking) -> None:
    made = await scene.ask(members=[str(scene.ann.member_id)])
    for caller in (scene.bob, scene.owner, scene.boss):
        reply = await caller.post(answer(made), {"answers": ["Me too."]})
        assert code(reply, 403) == "forbidden"
        assert "those who were asked" in reply.json()["detail"]


async def test_in_a_locked_journey_one_answers_in_words_and_annotates_no_more(
    scene: Asking,
) -> None:
    made = await scene.ask()
    path = f"/v1/journeys/{scene.journey}"
    version = (await scene.owner.read(path))["version"]
    assert (await scene.owner.post(f"{path}/lock", If_Match=f'"{version}"')).is_success
    refused = await scene.ann.post(answer(made), {"answers": ["a"], "annotations": [IDEA]})
    assert code(refused, 403) == "forbidden"
    assert (await scene.ann.post(answer(made), {"answers": ["a"]})).status_code == 200
    assert (await scene.bob.read(f"/v1/input-requests/{made['id']}"))["may"] == ["answer_input"]


async def say(who: Caller, subject_id: str, **fields: Any) -> str:
    body = {"subject_id": subject_id, "kind": "issue", "body": "Wet."} | fields
    return str((await who.made("/v1/annotations", body))["id"])


async def test_saying_it_elsewhere_counts_where_it_was_asked(scene: Asking) -> None:
    await say(scene.cleo, scene.touchpoints[0])  # before anybody asked
    made = await scene.ask(subject_id=scene.stages[0])
    assert set((await statuses(scene, made)).values()) == {"asked"}
    await say(scene.ann, scene.touchpoints[1])  # in the other stage
    await say(scene.cleo, scene.stages[0], visibility="private")
    assert set((await statuses(scene, made)).values()) == {"asked"}
    said = await say(scene.ann, scene.touchpoints[0])
    path = f"/v1/touchpoints/{scene.touchpoints[0]}/ratings/me"
    assert (await scene.bob.put(path, NUMBERS)).is_success
    # Ratings that hide whose they are count for nobody else before it closes.
    expected = {"Ann": "answered", "Bob": "asked", "Cleo": "asked"}
    assert await statuses(scene, made) == expected
    item = (await scene.bob.read("/v1/input-requests?mine=true"))["items"][0]
    assert (item["mine"]["status"], item["counts"]["answered"]) == ("answered", 2)
    assert item["may"] == ["answer_input"]  # the questions are still open to them
    assert (await scene.ann.post(f"/v1/annotations/{said}/withdraw")).is_success
    assert (await statuses(scene, made))["Ann"] == "asked"


async def test_an_answer_of_hidden_ratings_alone_leaves_no_name_beside_them(
    scene: Asking,
) -> None:
    made, before = await scene.ask(), len(await scene.events())
    ratings = {"ratings": [{"touchpoint_id": at} | NUMBERS for at in scene.touchpoints]}
    reply = await scene.ann.post(answer(made), ratings)
    assert reply.status_code == 200, reply.text
    assert (reply.json()["mine"]["status"], reply.json()["mine"]["answered_at"]) == (
        "answered", None
    )  # fmt: skip
    assert (await statuses(scene, made))["Ann"] == "asked"
    events = (await scene.events())[before:]
    assert [(e["verb"], e["actor"]["kind"]) for e in events] == [("rating.given", "hidden")] * 2
    assert str(scene.ann.member_id) not in str(events)
    # Somebody whose ratings carry their name answers under it.
    leader = await scene.ask(members=[str(scene.owner.member_id)])
    before = len(await scene.events())
    assert (await scene.owner.post(answer(leader), ratings)).is_success
    assert await scene.verbs(before) == ["rating.given", "rating.given", "input.answered"]


async def test_the_same_rating_again_is_an_answer_under_a_name(scene: Asking) -> None:
    path = f"/v1/touchpoints/{scene.touchpoints[0]}/ratings/me"
    assert (await scene.ann.put(path, NUMBERS)).is_success
    made, before = await scene.ask(), len(await scene.events())
    rated = {"ratings": [{"touchpoint_id": scene.touchpoints[0]} | NUMBERS]}
    assert (await scene.ann.post(answer(made), rated)).json()["mine"]["status"] == "answered"
    assert await scene.verbs(before) == ["input.answered"]
