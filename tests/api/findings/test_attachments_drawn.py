"""While a picture waits to be drawn nothing is held, and only so many may wait."""

import asyncio
from typing import Any
from uuid import uuid4

from api.media import PENCIL, WAITING
from domain.roles import Group
from tests.api.findings.test_attachments import listed, photo
from tests.api.voices.scene import Scene, code, scene
from tests.world import Caller, World

F, S, _, X = Group


def sending(place: Scene, who: Caller, **headers: str) -> "asyncio.Task[Any]":
    """A picture on its way to the touchpoint."""
    body = {"subject_id": str(place.touchpoint), "file": photo()}
    return asyncio.create_task(who.post("/v1/attachments", body, **headers))


async def until_waiting(place: Scene, *sent: "asyncio.Task[Any]") -> None:
    """Ask for something else until each picture waits to be drawn, or is answered already."""
    while PENCIL.waiting + sum(one.done() for one in sent) < len(sent):
        await place[X].read("/v1/me")


async def test_others_write_while_a_picture_with_a_key_is_drawn(world: World) -> None:
    place = await scene(world)
    async with PENCIL:
        sent = sending(place, place[F], Idempotency_Key=str(uuid4()))
        await until_waiting(place, sent)
        assert (await place.say(place[S]))["body"] == "Too long."
        assert not sent.done()
    assert (await sent).status_code == 201


async def test_a_key_sent_twice_at_once_attaches_one_file(world: World) -> None:
    place, key = await scene(world), str(uuid4())
    async with PENCIL:
        both = [sending(place, place[F], Idempotency_Key=key) for _ in range(2)]
        await until_waiting(place, *both)
    first, second = sorted(await asyncio.gather(*both), key=lambda reply: reply.status_code)
    assert first.status_code == 201
    if second.status_code == 201:
        assert second.json() == first.json()
    else:
        assert code(second, 409) == "idempotency_key_in_flight"
    again = await sending(place, place[F], Idempotency_Key=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert len(await listed(place[X], place.touchpoint)) == 1


async def test_more_pictures_than_may_wait_are_sent_away_to_come_again(world: World) -> None:
    place = await scene(world)
    async with PENCIL:
        kept = [sending(place, place[F]) for _ in range(WAITING)]
        await until_waiting(place, *kept)
        assert PENCIL.waiting == WAITING
        away = await sending(place, place[S])
        assert code(away, 503) == "unavailable"
        assert away.headers["retry-after"] == "5"
    assert [reply.status_code for reply in await asyncio.gather(*kept)] == [201] * WAITING
