"""The map at one revision, and what events named since read by id, is the map now.

A seeded walk makes every kind of change there is, the rarest first; in between a client follows the
feed, and what it holds must be what the map tells.
"""

from collections import Counter
from random import Random

import pytest

from tests.api.live.replica import Replica
from tests.api.live.steps import (
    DUTIES,
    STRUCTURE,
    add_emotion,
    add_touchpoint,
    move_touchpoint,
    remove_stage,
    remove_touchpoint,
    restore,
)
from tests.api.live.steps_of_voices import VOICES, rate, rate_high, rate_low
from tests.api.live.walk import ground, walk
from tests.api.maps.events import verbs
from tests.world import World

MOVING = [add_touchpoint, add_emotion, move_touchpoint, remove_touchpoint, remove_stage, restore]
WALKS = {
    "structure": (STRUCTURE, 66),
    "moments": ([*DUTIES, *MOVING, rate, rate_low, rate_high], 62),
    "voices": ([*VOICES, *MOVING], 80),
}
"""What may happen, and in how many steps; few things beside, or the client reads all anyway."""


@pytest.mark.parametrize("name", WALKS)
async def test_following_the_feed_leads_to_the_map(world: World, name: str) -> None:
    here = await ground(world, Random(name))
    for at in range(2):
        await here.do("POST", f"/touchpoints/{here.drawn.touchpoints[at]['id']}/moments", {})
    held = Replica(here.reader, here.drawn.journey)
    await held.take()
    done: Counter[str] = Counter()
    steps, count = WALKS[name]
    for number in range(count):
        before = len(await verbs(here.drawn.org, here.drawn.journey))
        await walk(here, steps, done)
        if here.random.random() < 0.8 or number == count - 1:
            await held.follow()
            told = await here.reader.read(f"{held.path}/map")
            since = (await verbs(here.drawn.org, here.drawn.journey))[before:]
            for part, there in told.items():
                assert held.map[part] == there, (number, part, since)
    assert not [step.__name__ for step in steps if not done[step.__name__]]
