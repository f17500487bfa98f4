"""Decisions made at the same time: one of them counts, and nothing is lost."""

import asyncio
from collections import Counter

import httpx
import pytest

from tests.api.maps.events import verbs
from tests.api.voices.proposing import Bench, Thing, accept, bench, reject
from tests.world import World

TRIES = 8


@pytest.fixture
async def here(world: World) -> Bench:
    return await bench(world)


def statuses(replies: list[httpx.Response]) -> Counter[int]:
    return Counter(reply.status_code for reply in replies)


@pytest.mark.parametrize(
    ("about", "changes", "verb"),
    [
        ("touchpoint", {"name": "Ring"}, "touchpoint.updated"),
        ("cell", {"body": "So."}, "cell.written"),
        ("moment", {"stakes": "Trust."}, "moment.updated"),
    ],
)
async def test_of_many_who_accept_at_once_one_does(
    here: Bench, about: str, changes: Thing, verb: str
) -> None:
    made = await here.propose(about, **changes)
    owner, news = here.owner.patient(), await verbs(here.org, here.journey)
    replies = await asyncio.gather(*(accept(owner, made) for _ in range(TRIES)))
    assert statuses(replies) == {200: 1, 412: TRIES - 1}
    assert (await verbs(here.org, here.journey))[len(news) :] == [verb, "proposal.accepted"]


async def test_of_every_way_to_end_it_one_counts(here: Bench) -> None:
    owner, ann = here.owner.patient(), here.ann.patient()
    for number in range(TRIES):
        seen = {"base_version": await here.version("stage")}
        body = here.body("stage", {"name": f"Name {number}"}, **seen)
        made = await ann.made("/v1/proposals", body)
        replies = await asyncio.gather(
            accept(owner, made),
            reject(owner, made),
            ann.post(f"/v1/proposals/{made['id']}/withdraw"),
        )
        won = [reply.json()["status"] for reply in replies if reply.status_code == 200]
        assert len(won) == 1, [reply.text for reply in replies]
        read = await owner.read(f"/v1/proposals/{made['id']}")
        assert (read["status"], read["version"]) == (won[0], 2)


async def test_of_proposals_that_meet_one_is_taken_and_the_others_are_told(here: Bench) -> None:
    made = [await here.propose("stage", name=f"Name {number}") for number in range(TRIES)]
    owner = here.owner.patient()
    replies = await asyncio.gather(*(accept(owner, one) for one in made))
    assert statuses(replies) == {200: 1, 409: TRIES - 1}
    assert {r.json()["code"] for r in replies if r.status_code == 409} == {"proposal_conflict"}
    assert (await here.now("stage"))["version"] == 2


async def test_proposals_that_do_not_meet_are_all_taken_and_no_edit_is_lost(here: Bench) -> None:
    fields = ("name", "description", "quote", "thoughts", "reality", "process")
    made = [await here.propose("touchpoint", **{name: f"New {name}"}) for name in fields]
    owner = here.owner.patient()
    edit = {"perspective": "Mine."}
    path = f"/v1/touchpoints/{here.scene.here}"
    replies = await asyncio.gather(
        *(accept(owner, one) for one in made), owner.patch(path, edit, If_Match='"1"')
    )
    *taken, direct = replies
    assert statuses(taken) == {200: len(fields)}
    after = await here.now("touchpoint")
    assert after == after | {name: f"New {name}" for name in fields}
    assert direct.status_code in (200, 412)
    assert after["perspective"] == ("Mine." if direct.status_code == 200 else "")
    assert after["version"] == 1 + len(fields) + (direct.status_code == 200)
