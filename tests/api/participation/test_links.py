"""Answering by a link: one member, one request, once, for a time; and nothing else."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from sqlalchemy import text

from domain.database import hot
from domain.services.steps.throttling import LINKS_PER_ADDRESS, reserve
from domain.services.steps.visiting import look
from tests.api.identity.letterbox import Letterbox
from tests.api.identity.people import door_into
from tests.api.participation.asking import DUE, NUMBERS, Asking, asking, code, later
from tests.api.participation.linking import (
    A_MINUTE,
    ANSWER,
    OPEN,
    code_in,
    mailed,
    read_asks,
    send,
    use,
)
from tests.api.participation.test_answering import IDEA
from tests.world import World

LOOKING = hot(
    text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND query LIKE '%INTO visits%'"
    )
)


async def test_the_letter_says_what_is_asked_and_carries_the_code(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask(subject_id=scene.stages[0], message="Before we redraw it.")
    reply = await send(scene, made, scene.ann)
    (sent,) = reply.json()["items"]
    assert sent["member_id"] == str(scene.ann.member_id)
    letter = await letterbox.next()
    link, told = code_in(letter), letter.get_content()
    assert link.startswith(f"ts_input_{scene.org.id.hex}_")
    assert link not in reply.text
    for words in ("Hello Ann", "Test organization", "I try it > Ride", "Before we redraw it.",
                  "1. What?", "2. Why?", "(UTC)", "POST /v1/input-links/answer"):  # fmt: skip
        assert words in told
    (mine,) = [ask for ask in await read_asks(scene, made) if ask["link_id"]]
    assert (mine["link_id"], mine["member_id"]) == (sent["id"], str(scene.ann.member_id))


async def test_somebody_answers_on_a_phone(
    scene: Asking, letterbox: Letterbox, caplog: pytest.LogCaptureFixture
) -> None:
    made = await scene.ask(subject_id=scene.stages[0])
    link = await mailed(scene, made, scene.ann, letterbox)
    before = len(await scene.events())
    opened = await use(scene, OPEN, link)
    assert opened.status_code == 200, opened.text
    assert opened.headers["cache-control"] == "no-store"
    shown = opened.json()
    assert (shown["member_name"], shown["path"]) == ("Ann", "I try it > Ride")
    assert (shown["questions"], shown["status"]) == (["What?", "Why?"], "asked")
    assert [one["id"] for one in shown["touchpoints"]] == [scene.touchpoints[0]]
    read = await scene.owner.read(f"/v1/input-requests/{made['id']}")
    assert read["counts"]["seen"] == 1
    assert len(await scene.events()) == before
    answered = await use(scene, ANSWER, link, answers=["Rain."], annotations=[IDEA])
    assert answered.headers["journey-revision"]
    assert answered.json()["status"] == "answered"
    (ask,) = [a for a in (await read_asks(scene, made)) if a["status"] == "answered"]
    assert (ask["via_link"], ask["answers"], ask["link_id"]) == (True, ["Rain."], None)
    ann = str(scene.ann.member_id)
    told = [(e["verb"], e["actor"]["member_id"]) for e in (await scene.events())[before:]]
    assert told == [("annotation.written", ann), ("input.answered", ann)]
    assert link not in caplog.text


async def test_a_link_answers_once(scene: Asking, letterbox: Letterbox) -> None:
    words = await mailed(scene, await scene.ask(), scene.ann, letterbox)
    assert (await use(scene, ANSWER, words, answers=["a"])).status_code == 200
    assert code(await use(scene, ANSWER, words, answers=["b"]), 409) == "already_answered"
    numbers = await mailed(scene, await scene.ask(), scene.ann, letterbox)
    rated = [{"touchpoint_id": scene.touchpoints[0]} | NUMBERS]
    assert (await use(scene, ANSWER, numbers, ratings=rated)).json()["status"] == "answered"
    assert code(await use(scene, ANSWER, numbers, ratings=rated), 409) == "already_answered"
    assert (await use(scene, OPEN, numbers)).json()["status"] == "answered"


async def test_hidden_ratings_by_a_link_are_recorded_as_such_when_it_closes(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask()
    link = await mailed(scene, made, scene.ann, letterbox)
    before = len(await scene.events())
    rated = [{"touchpoint_id": scene.touchpoints[0]} | NUMBERS]
    assert (await use(scene, ANSWER, link, ratings=rated)).is_success
    (event,) = (await scene.events())[before:]
    assert (event["verb"], event["actor"]["kind"]) == ("rating.given", "hidden")
    with later(DUE + A_MINUTE):
        await scene.close(made["id"])
    (ask,) = [a for a in await read_asks(scene, made) if a["status"] == "answered"]
    assert ask["via_link"] is True


async def test_several_answers_by_one_link_at_once_are_one(
    scene: Asking, letterbox: Letterbox
) -> None:
    link = await mailed(scene, await scene.ask(), scene.ann, letterbox)
    replies = await asyncio.gather(*(use(scene, ANSWER, link, answers=["a"]) for _ in range(4)))
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]


async def test_every_code_that_opens_nothing_gets_one_answer(
    scene: Asking, world: World, letterbox: Letterbox, app: Litestar
) -> None:
    made = await scene.ask()
    good, revoked, suspended = [
        await mailed(scene, made, whom, letterbox) for whom in (scene.ann, scene.bob, scene.cleo)
    ]
    (link,) = [a["link_id"] for a in await read_asks(scene, made)
               if a["member_id"] == str(scene.bob.member_id)]  # fmt: skip
    assert (await scene.owner.delete(f"/v1/input-links/{link}")).status_code == 204
    assert (await scene.owner.delete(f"/v1/input-links/{link}")).status_code == 404
    await scene.suspend(scene.cleo)
    other, mint = await world.organization(), app.state.secrets.mint
    codes = [
        revoked,
        suspended,
        "nonsense",
        good.replace(scene.org.id.hex, other.id.hex),
        good[:-1] + ("x" if good[-1] != "x" else "y"),
        *(mint(*of).text for of in (("input", other.id), ("input", scene.org.id))),
        mint("inv", scene.org.id).text,
    ]
    refused = [await use(scene, ANSWER, one, answers=["a"]) for one in codes]
    refused += [await use(scene, OPEN, one) for one in codes]
    with later(DUE + timedelta(days=14, minutes=1)):
        refused.append(await use(scene, OPEN, good))
    told = {(r.status_code, r.json()["code"], r.json()["detail"]) for r in refused}
    assert {one[:2] for one in told} == {(404, "input_link_gone")}
    assert len(told) == 1
    assert (await use(scene, OPEN, good)).status_code == 200


async def test_a_code_signs_nobody_in_and_opens_nothing_else(
    scene: Asking, letterbox: Letterbox
) -> None:
    link = await mailed(scene, await scene.ask(subject_id=scene.stages[0]), scene.ann, letterbox)
    http = scene.org.world.http
    bearer = {"Authorization": f"Bearer {link}"}
    for path in ("/v1/me", f"/v1/journeys/{scene.journey}/map"):
        assert (await http.get(path, headers=bearer)).status_code == 401
    for path in ("/v1/sessions/refresh", "/v1/invitations/accept", "/v1/password-resets/redeem"):
        body = {"secret": link, "refresh_token": link, "password": "correct horse battery"}
        fields = ("refresh_token",) if "refresh" in path else ("secret", "password")
        reply = await http.post(path, json={name: body[name] for name in fields})
        assert reply.status_code in (401, 404, 422), reply.text
    outside = [IDEA | {"subject_id": scene.touchpoints[1]}]
    assert code(await use(scene, ANSWER, link, annotations=outside), 422) == "not_asked_about"
    opened = (await use(scene, OPEN, link)).text
    assert "token" not in opened
    assert scene.ann.email not in opened


async def test_a_request_that_was_called_off_can_be_read_by_link_and_not_answered(
    scene: Asking, letterbox: Letterbox
) -> None:
    made = await scene.ask()
    link = await mailed(scene, made, scene.ann, letterbox)
    off = await scene.owner.post(f"/v1/input-requests/{made['id']}/cancel", If_Match='"1"')
    assert off.status_code == 200
    assert (await use(scene, OPEN, link)).json()["request_status"] == "cancelled"
    refused = await use(scene, ANSWER, link, answers=["a"])
    assert code(refused, 409) == "input_request_cancelled"


async def test_what_is_no_longer_to_be_seen_is_not_seen_by_link(
    world: World, letterbox: Letterbox
) -> None:
    scene = await asking(world, status="draft")
    made = await scene.ask(members=[str(scene.ann.member_id)], subject_id=scene.stages[0])
    link = await mailed(scene, made, scene.ann, letterbox)
    assert (await use(scene, OPEN, link)).status_code == 200
    grants = await scene.owner.read(f"/v1/journeys/{scene.journey}/grants")
    for grant in grants["items"]:
        gone = await scene.owner.delete(
            f"/v1/grants/{grant['id']}", If_Match=f'"{grant["version"]}"'
        )
        assert gone.status_code == 204, gone.text
    assert code(await use(scene, OPEN, link), 404) == "input_link_gone"
    again = await scene.ask(members=[str(scene.ann.member_id)], subject_id=scene.stages[0])
    link = await mailed(scene, again, scene.ann, letterbox)
    assert (await scene.owner.delete(f"/v1/stages/{scene.stages[0]}", If_Match='"1"')).is_success
    assert code(await use(scene, ANSWER, link, answers=["a"]), 404) == "input_link_gone"


async def test_what_is_removed_while_a_link_is_opened_is_gone(
    scene: Asking, letterbox: Letterbox, app: Litestar
) -> None:
    made = await scene.ask(subject_id=scene.stages[0], members=[str(scene.ann.member_id)])
    link = await mailed(scene, made, scene.ann, letterbox)
    async with app.state.database.transaction(scene.org.id) as tx:
        await look(tx, scene.ann.member_id, UUID(made["asks"][0]["id"]))
        opening = asyncio.create_task(use(scene, OPEN, link))
        await asyncio.wait_for(somebody_looks(app), 20)
        assert (
            await scene.owner.delete(f"/v1/stages/{scene.stages[0]}", If_Match='"1"')
        ).is_success
    assert code(await opening, 404) == "input_link_gone"


async def somebody_looks(app: Litestar) -> None:
    """Come back when somebody's look waits for another."""
    while True:
        async with app.state.database.transaction() as tx:
            if await tx.value(LOOKING):
                return


async def test_guessing_is_counted_by_network(app: Litestar) -> None:
    async with door_into(app) as door:
        async with app.state.database.transaction() as tx:
            for _ in range(LINKS_PER_ADDRESS.most - 1):
                await reserve(tx, (LINKS_PER_ADDRESS, door.address))
        for path, status in ((OPEN, 404), (OPEN, 429), (ANSWER, 429)):
            reply = await door.post(path, {"link": "nonsense"})
            assert reply.status_code == status, reply.text
        assert reply.headers["retry-after"]
