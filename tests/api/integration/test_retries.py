"""When it fails: the schedule, what ends it, and what is asked for again."""

from datetime import timedelta

import pytest

from api.commands.posting import Post
from api.outbound import Names, Outbound
from domain.rules.webhooks import JITTER, PAUSES
from tests.api.integration.hooks import HERE, told
from tests.api.integration.receiver import OK, status
from tests.api.integration.scene import Scene

SECOND = timedelta(seconds=1)


async def test_a_delivery_is_tried_ten_times_over_three_days(scene: Scene) -> None:
    scene.answer(status(500))
    await scene.org.journey()
    await told(scene.works)
    passed = timedelta()
    for made, pause in enumerate(PAUSES, start=1):
        await told(scene.works, passed + pause - SECOND)
        assert len(scene.receiver.received) == made
        passed += pause * (1 + JITTER) + SECOND
        await told(scene.works, passed)
        assert len(scene.receiver.received) == made + 1
    await told(scene.works, passed + timedelta(days=3))
    assert len(scene.receiver.received) == 10
    assert len({one.id for one in scene.receiver.received}) == 1
    assert len({one.body for one in scene.receiver.received}) == 1
    found = await scene.details()
    assert (found["status"], found["attempt_count"], found["next_attempt_at"]) == (
        "failed",
        10,
        None,
    )
    assert [one["number"] for one in found["attempts"]] == list(range(1, 11))
    assert {one["status_code"] for one in found["attempts"]} == {500}


async def test_one_that_recovers_is_well_again(scene: Scene) -> None:
    scene.answer(status(500), OK)
    await scene.org.journey()
    await told(scene.works)
    assert (await scene.state())["health"]["failing_since"] is not None
    await told(scene.works, timedelta(seconds=6))
    state = await scene.state()
    assert (state["health"]["failing_since"], state["status"]) == (None, "active")
    assert (await scene.details())["status"] == "delivered"


async def test_a_receiver_that_wants_quiet_has_it(scene: Scene) -> None:
    scene.answer(status(429, "Retry-After: 120"), OK)
    await scene.org.journey()
    await told(scene.works)
    assert (await scene.state())["health"]["quiet_until"] is not None
    await scene.org.journey()
    await told(scene.works, timedelta(seconds=60))
    assert len(scene.receiver.received) == 1
    await told(scene.works, timedelta(seconds=125))
    await told(scene.works, timedelta(seconds=126))
    assert len(scene.receiver.received) == 3


async def test_one_that_asks_for_quiet_in_no_sense_is_counted(scene: Scene) -> None:
    scene.answer(status(503, "Retry-After: Mon, 01 Jan 99999999999999999999 00:00:00 GMT"))
    await scene.org.journey()
    await told(scene.works)
    await told(scene.works, timedelta(seconds=6))
    found = await scene.details()
    assert [one["status_code"] for one in found["attempts"]] == [503, 503]


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (status(302, "Location: http://127.0.0.1:1/"), 302, "Redirects are not followed"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", None, "not HTTP"),
        (b"", None, "not HTTP"),
        (status(500, body=b"the password of the database is x"), 500, None),
    ],
)
async def test_why_an_attempt_failed_is_told_and_nothing_of_what_was_answered(
    scene: Scene, answer: bytes, code: int | None, says: str | None
) -> None:
    scene.answer(answer)
    await scene.org.journey()
    await told(scene.works)
    found = await scene.details()
    (attempt,) = found["attempts"]
    assert (found["status"], attempt["status_code"]) == ("pending", code)
    assert (says or "") in (attempt["error"] or "")
    assert "password" not in str(found)
    assert len(scene.receiver.received) == 1


async def test_what_was_delivered_failed_or_cancelled_is_sent_again(scene: Scene) -> None:
    admin = scene.org.admin
    await scene.org.journey()
    await told(scene.works)
    again = f"/v1/webhook-deliveries/{scene.receiver.received[0].id}/redeliver"
    scene.answer(status(500), OK)
    asked = await admin.post(again)
    assert (asked.status_code, asked.json()["status"]) == (202, "pending")
    await told(scene.works)
    await told(scene.works, timedelta(seconds=6))
    assert len({one.id for one in scene.receiver.received}) == 1
    found = await scene.details()
    assert found["status"] == "delivered"
    told_of = [(one["status_code"], one["asked_by"]) for one in found["attempts"]]
    assert told_of == [(204, None), (500, str(admin.member_id)), (204, None)]
    scene.answer(status(410), OK)
    await admin.post(again)
    await told(scene.works)
    assert (await scene.details())["status"] == "failed"
    assert (await admin.post(again)).json()["code"] == "webhook_not_active"
    await admin.post(f"{scene.path}/resume")
    assert (await admin.post(again)).status_code == 202
    await told(scene.works)
    assert (await scene.details())["status"] == "delivered"


async def test_an_address_that_became_private_is_not_called(scene: Scene) -> None:
    await scene.org.journey()
    await scene.works.feed.look()
    scene.works.delivering.post.outbound = Outbound()
    await told(scene.works)
    (attempt,) = (await scene.details())["attempts"]
    assert attempt["error"] == "127.0.0.1 is not a public address."
    assert (attempt["status_code"], attempt["milliseconds"]) == (None, 0)
    assert scene.receiver.received == []


async def test_one_that_never_answers_is_given_up_after_a_while(scene: Scene) -> None:
    scene.answer(None)
    await scene.org.journey()
    await scene.works.feed.look()
    lanes = scene.works.delivering
    lanes.post = Post(lanes.post.outbound, lanes.post.vault, seconds=0.2)
    await told(scene.works)
    (attempt,) = (await scene.details())["attempts"]
    assert attempt["error"] == "No answer within 0.2 seconds."
    assert attempt["milliseconds"] >= 200


async def test_a_name_whose_turn_does_not_come_counts_against_nobody(scene: Scene) -> None:
    await scene.org.journey()
    post = scene.works.delivering.post
    usual = post.outbound
    post.outbound = Outbound(HERE, names=Names(share=0, thread_within=0.05))
    await told(scene.works)
    post.outbound = usual
    found = await scene.details()
    assert (found["status"], found["attempts"], scene.receiver.received) == ("pending", [], [])
    assert (await scene.state())["health"]["failing_since"] is None
    await told(scene.works, timedelta(seconds=61))
    found = await scene.details()
    assert (found["status"], found["attempt_count"]) == ("delivered", 1)
