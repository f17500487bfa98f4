"""Eight assign at once, in two processes' worth of pools: one is accountable, the others are told.

`make soak ARGS=assign` does the same over two workers, longer.
"""

import asyncio
from collections import Counter
from dataclasses import replace

import httpx
import pytest
from asyncpg import UniqueViolationError

from api.embedded.cluster import Cluster
from api.embedded.roles import OWNER
from domain.ids import new_id
from tests.api.accountability.answering import Moment, act, moment_of
from tests.cluster import connected
from tests.world import Caller, World

ASSIGNERS, ROUNDS = 8, 12
INSIDE = "SELECT set_config('touchstone.organization_id', $1, false)"
AGAIN = """
INSERT INTO responsibilities
SELECT again.* FROM responsibilities AS r,
    jsonb_populate_record(r, jsonb_build_object('id', $2::uuid)) AS again
WHERE r.id = $1
"""


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def test_of_eight_who_assign_at_once_exactly_one_wins(
    moment: Moment, elsewhere: httpx.AsyncClient
) -> None:
    people = [await moment.org.member() for _ in range(ASSIGNERS)]
    here = moment.owner.patient()
    owners = [here, replace(here, http=elsewhere)] * (ASSIGNERS // 2)

    async def attempt(owner: Caller, whom: Caller) -> tuple[int, str]:
        reply = await moment.assign(owner, whom)
        return reply.status_code, reply.json().get("code", "")

    for _ in range(ROUNDS):
        told = Counter(await asyncio.gather(*map(attempt, owners, people)))
        assert told == {(201, ""): 1, (409, "accountable_taken"): ASSIGNERS - 1}
        [winner] = await moment.listed()
        assert (await act(here, winner, "end", reason="Next round.")).status_code == 200
    assert len(await moment.listed("&status=ended&limit=100")) == ROUNDS


async def test_the_database_itself_holds_one_accountable(moment: Moment, cluster: Cluster) -> None:
    given = await moment.assigned(moment.ann)
    async with connected(cluster.url(OWNER)) as connection:
        await connection.execute(INSIDE, str(moment.org.id))
        with pytest.raises(UniqueViolationError, match="uq_responsibilities_accountable"):
            await connection.execute(AGAIN, given["id"], new_id())
