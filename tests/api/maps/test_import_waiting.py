"""Who waits for an import, and what it does about those who were faster."""

import asyncio
from typing import Any

import pytest

from domain import ledger
from domain.roles import Group
from domain.services.maps.imports import run
from tests.api.maps.test_imports import ADDRESS, counted, document, imported, wait
from tests.world import World, actor_of


async def test_nobody_waits_for_an_import_that_adds_nothing_to_the_organization(
    world: World,
) -> None:
    org = await world.organization()
    dan = await org.member(Group.DECISION_MAKER)
    await imported(org.admin, document())
    async with org.world.database.transaction(org.id) as tx:
        await ledger.lock_organization(tx, actor_of(org.admin, org.id))
        assert (await imported(org.admin, document(title="Mine")))["entries"] == 1
        assert (await imported(dan, plain("second")))["entries"] > 1
        trial = await imported(org.admin, document(key="third"), "?dry_run=true")
        assert counted(trial, "created")["persona"] == 1
        waits = await org.admin.post(ADDRESS, document(key="third"))
        assert waits.status_code == 503


def plain(key: str) -> dict[str, Any]:
    """A document of its own that adds nothing to the organization."""
    body = document(key=key)
    del body["personas"]
    for one in wait(body)["emotions"]:
        one.pop("persona", None)
    return body


async def test_what_the_organization_gains_meanwhile_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await world.organization()
    answers = iter((False, True))
    monkeypatch.setattr(run, "adds", lambda _: next(answers))
    reply = await org.admin.post(ADDRESS, document())
    assert (reply.status_code, reply.json()["code"]) == (409, "underway")
    assert await org.admin.read("/v1/personas") == {"items": [], "next_cursor": None}


async def test_of_two_first_imports_at_once_one_makes_the_journey(world: World) -> None:
    org = await world.organization()
    await imported(org.admin, document())
    replies = await asyncio.gather(
        *(org.admin.patient().post(ADDRESS, plain("twin")) for _ in range(4))
    )
    made = [reply for reply in replies if reply.status_code == 200]
    assert {reply.json()["journey_id"] for reply in made} == {made[0].json()["journey_id"]}
    assert {r.json()["code"] for r in replies if r not in made} <= {"import_key_taken"}
    assert len((await org.admin.read("/v1/journeys"))["items"]) == 2
