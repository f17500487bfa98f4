"""After the date: silence is recorded, goes up the chain, and may still be broken."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.commands.reminders import letter_of
from domain.queries.accountability.matters import matter
from tests.api.participation.asking import (
    DUE,
    NUMBERS,
    Asking,
    answer,
    asking,
    code,
    later,
    told,
)
from tests.api.participation.test_answering import say, statuses
from tests.api.participation.test_looking import deadlines
from tests.world import World

PAST = DUE + timedelta(minutes=1)


async def test_closing_records_who_spoke_and_who_did_not(scene: Asking) -> None:
    made = await scene.ask()
    await say(scene.ann, scene.touchpoints[0])
    rated = {"ratings": [{"touchpoint_id": scene.touchpoints[0]} | NUMBERS]}
    assert (await scene.bob.post(answer(made), rated)).is_success
    before = len(await scene.events())
    with later(PAST):
        await scene.close(made["id"])
        await scene.close(made["id"])
    read = await scene.owner.read(f"/v1/input-requests/{made['id']}")
    assert (read["status"], read["version"]) == ("closed", 2)
    assert read["closed_at"] > made["due_at"]
    assert await statuses(scene, made) == {
        "Ann": "answered", "Bob": "answered", "Cleo": "no_answer"
    }  # fmt: skip
    # All at once and by the system: when Bob rated is not told.
    events = (await scene.events())[before:]
    assert [(e["verb"], e["actor"]["kind"]) for e in events] == [
        ("input.closed", "system"),
        ("input.answered", "system"),
        ("input.answered", "system"),
        ("input.no_answer", "system"),
    ]
    assert read["counts"] == {
        "asked": 3, "seen": 0, "answered": 2, "abstained": 0, "no_answer": 1
    }  # fmt: skip


async def test_closing_leaves_what_was_answered_as_it_was(scene: Asking) -> None:
    made = await scene.ask()
    assert (await scene.ann.post(answer(made), {"answers": ["Rain."]})).is_success
    assert (await scene.bob.post(answer(made), {"abstain": {"reason": "Busy."}})).is_success
    with later(PAST):
        await scene.close(made["id"])
    assert await statuses(scene, made) == {
        "Ann": "answered", "Bob": "abstained", "Cleo": "no_answer"
    }  # fmt: skip
    mine = (await scene.ann.read(f"/v1/input-requests/{made['id']}"))["mine"]
    assert mine["answers"] == ["Rain."]
    assert mine["answered_at"] < made["due_at"]


async def test_silence_goes_up_the_chain_once_the_first_level_has_waited(scene: Asking) -> None:
    made = await scene.ask()
    await say(scene.ann, scene.touchpoints[0])
    with later(PAST):
        await scene.close(made["id"])
    assert all(row["done_at"] for row in await deadlines(scene, made["id"]))
    by_member = {ask["member_id"]: ask["id"] for ask in made["asks"]}
    assert await deadlines(scene, by_member[str(scene.ann.member_id)]) == []
    (waiting,) = await deadlines(scene, by_member[str(scene.cleo.member_id)])
    assert (waiting["kind"], waiting["cause"], waiting["step"]) == ("escalate", "no_input", 1)
    assert told(waiting["due_at"]) > made["due_at"]
    assert waiting["done_at"] is None


async def test_a_late_answer_is_welcome_and_settles(scene: Asking) -> None:
    made = await scene.ask()
    with later(PAST):
        await scene.close(made["id"])
    assert set((await statuses(scene, made)).values()) == {"no_answer"}
    reply = await scene.cleo.post(answer(made), {"answers": ["Better late."]})
    assert reply.json()["mine"]["status"] == "answered"
    ask = reply.json()["mine"]["id"]
    assert all(row["done_at"] for row in await deadlines(scene, ask))
    await say(scene.ann, scene.touchpoints[0])
    assert await statuses(scene, made) == {
        "Ann": "answered", "Bob": "no_answer", "Cleo": "answered"
    }  # fmt: skip


async def test_a_late_voice_elsewhere_ends_the_climb(scene: Asking) -> None:
    made = await scene.ask(subject_id=scene.touchpoints[0])
    by_member = {ask["member_id"]: UUID(ask["id"]) for ask in made["asks"]}
    ann, bob = (by_member[str(one.member_id)] for one in (scene.ann, scene.bob))
    with later(PAST):
        await scene.close(made["id"])
    await say(scene.ann, scene.touchpoints[0])
    await say(scene.bob, scene.touchpoints[1])
    async with scene.org.world.database.transaction(scene.org.id) as tx:
        climbs = [await matter(tx, "no_input", ask) for ask in (ann, bob)]
    assert [climb is not None and climb["unsettled"] for climb in climbs] == [False, True]


async def test_the_silent_are_reminded_once(scene: Asking) -> None:
    made = await scene.ask()
    await say(scene.ann, scene.touchpoints[0])
    assert (await scene.cleo.post(answer(made), {"answers": ["a"]})).is_success
    before = len(await scene.events())
    letters = await scene.remind(made["id"])
    (letter,) = letters
    assert (letter.email, letter.name) == (scene.bob.email, "Bob")
    assert (letter.path, letter.questions) == ("I try it", ["What?", "Why?"])
    assert (letter.organization, letter.timezone) == ("Test organization", "UTC")
    body = letter_of(letter).body
    assert letter_of(letter).to == scene.bob.email
    assert all(words in body for words in ("Hello Bob", "I try it", "2. Why?"))
    assert told(letter.due_at) == made["due_at"]
    assert await scene.verbs(before) == ["input.reminded"]
    assert await scene.remind(made["id"]) == []
    assert len(await scene.events()) == before + 1
    assert (await scene.bob.read(f"/v1/input-requests/{made['id']}"))["mine"]["reminded_at"]


async def test_nobody_is_reminded_of_what_is_over(scene: Asking) -> None:
    made = await scene.ask()
    assert (
        await scene.owner.post(f"/v1/input-requests/{made['id']}/cancel", If_Match='"1"')
    ).is_success
    before = len(await scene.events())
    assert await scene.remind(made["id"]) == []
    await scene.close(made["id"])
    assert len(await scene.events()) == before
    assert all(row["done_at"] for row in await deadlines(scene, made["id"]))


async def test_the_suspended_are_recorded_as_silent_and_bother_nobody(scene: Asking) -> None:
    made = await scene.ask()
    await scene.suspend(scene.cleo)
    assert {letter.name for letter in await scene.remind(made["id"])} == {"Ann", "Bob"}
    with later(PAST):
        await scene.close(made["id"])
    by_member = {ask["member_id"]: ask["id"] for ask in made["asks"]}
    assert (await statuses(scene, made))["Cleo"] == "no_answer"
    assert await deadlines(scene, by_member[str(scene.cleo.member_id)]) == []
    assert await deadlines(scene, by_member[str(scene.ann.member_id)]) != []


async def test_a_reminder_comes_the_working_days_before_that_the_organization_set(
    scene: Asking,
) -> None:
    monday = datetime(2027, 3, 1, 9, tzinfo=UTC)
    made = await scene.ask(due_at=told(monday))
    rows = {row["kind"]: row["due_at"] for row in await deadlines(scene, made["id"])}
    # One working day before a Monday: the Friday.
    assert rows == {"remind": datetime(2027, 2, 26, 9, tzinfo=UTC), "close_input": monday}


async def test_whoever_answers_while_it_closes_has_answered(scene: Asking) -> None:
    made = await scene.ask()
    replies = await asyncio.gather(
        scene.close(made["id"]),
        scene.ann.post(answer(made), {"answers": ["a"]}),
        scene.bob.post(answer(made), {"abstain": {"reason": "Busy."}}),
        scene.close(made["id"]),
    )
    assert [reply.status_code for reply in replies if reply] == [200, 200]
    assert await statuses(scene, made) == {
        "Ann": "answered", "Bob": "abstained", "Cleo": "no_answer"
    }  # fmt: skip


async def test_what_closing_recorded_cannot_be_called_off(scene: Asking) -> None:
    made = await scene.ask()
    with later(PAST):
        await scene.close(made["id"])
    before = await statuses(scene, made)
    path = f"/v1/input-requests/{made['id']}/cancel"
    refused = await scene.owner.post(path, If_Match='"2"')
    assert code(refused, 409) == "input_request_closed"
    assert await statuses(scene, made) == before


async def test_who_sees_the_journey_no_more_is_not_written_to_nor_reported(world: World) -> None:
    scene = await asking(world, status="draft")
    made = await scene.ask(members=[str(scene.ann.member_id)])
    await scene.shut_out()
    assert await scene.remind(made["id"]) == []
    sent = await scene.owner.post(f"/v1/input-requests/{made['id']}/links", {})
    assert code(sent, 409) == "nobody_silent"
    with later(PAST):
        await scene.close(made["id"])
    assert (await statuses(scene, made))["Ann"] == "no_answer"
    assert await deadlines(scene, made["asks"][0]["id"]) == []
