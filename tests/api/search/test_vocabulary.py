"""The words that misspellings are compared with: learned from the ledger, forgotten with people."""

import asyncio

from api.settings import Settings
from domain.queries.records import search_words
from domain.rules.searching import vocabulary
from tests.api.search.searching import found, learned
from tests.api.voices.scene import etag, scene
from tests.cluster import connected
from tests.world import Org, World

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


async def known(org: Org, word: str) -> bool:
    """Whether a word could be meant."""
    async with org.world.database.transaction(org.id) as tx:
        return word in (await search_words.alike(tx, org.id, [f"{word}x"])).get(f"{word}x", ())


async def test_words_are_learned_from_everything_that_can_be_found(
    world: World, settings: Settings
) -> None:
    place = await scene(world, title="Harbour", description="ferry")
    said = await place.say(place.owner, body="Gangway")
    await place.owner.made(f"/v1/annotations/{said['id']}/replies", {"body": "Railing"})
    moment = {"stakes": "Lifeboat", "triggers": ["whistle", "siren"]}
    await place.owner.made(f"/v1/touchpoints/{place.touchpoint}/moments", moment)
    await place.owner.made("/v1/personas", {"name": "Sailor", "goals": ["horizon"]})
    await learned(place.org, settings)
    for word in (
        "harbour", "ferry", "gangway", "railing", "lifeboat", "whistle", "siren", "sailor",
        "horizon", "wait",
    ):  # fmt: skip
        assert await known(place.org, word), word
    changed = await place.owner.patch(
        f"/v1/annotations/{said['id']}", {"body": "Anchor"}, **etag(said["version"])
    )
    assert changed.status_code == 200, changed.text
    await learned(place.org, settings)
    assert await known(place.org, "anchor")
    assert not await known(await world.organization(), "anchor")


async def test_with_a_person_their_words_are_forgotten_and_the_others_learned_again(
    world: World, settings: Settings
) -> None:
    place = await scene(world)
    leaver = await place.org.member()
    await place.say(leaver, body="My name is Zbigniewa.")
    stays = await place.say(place.owner, body="Lighthouse")
    await learned(place.org, settings)
    assert await known(place.org, "zbigniewa")
    erased = await place.owner.post(f"/v1/members/{leaver.member_id}/erase", **etag(1))
    assert erased.status_code == 200, erased.text
    assert not await known(place.org, "zbigniewa")
    assert not await known(place.org, "lighthouse")
    await learned(place.org, settings)
    assert not await known(place.org, "zbigniewa")
    assert await found(place.owner, "ligthhouse") == {stays["id"]}


async def test_what_is_being_learned_is_waited_for_and_forgotten(
    world: World, settings: Settings
) -> None:
    """Whoever is learning has read the text already when its author is erased."""
    place = await scene(world)
    said = await place.say(place.owner, body="Zbigniewa")

    async def forget() -> None:
        async with world.database.transaction(place.org.id) as tx:
            await search_words.forget(tx, place.org.id)

    async with (
        connected(settings.owner_database_url) as watch,
        world.database.transaction(place.org.id) as tx,
    ):
        texts = await search_words.texts_of(tx, place.org.id, [said["id"]])
        forgetting = asyncio.create_task(forget())
        while not await watch.fetchval(WAITING):
            assert not forgetting.done()
        await search_words.learn(tx, place.org.id, set().union(*map(vocabulary, texts)))
    await forgetting
    assert not await known(place.org, "zbigniewa")
