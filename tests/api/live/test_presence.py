"""Who has a journey open: told when it changes, outside the ledger, to those who may know."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar.types import ASGIApp

from api.embedded.cluster import Cluster
from api.embedded.roles import BACKUP
from domain import clock
from domain.ids import new_id
from domain.roles import Group
from domain.services.live import presences
from domain.services.live.presences import There
from tests.api.live.listening import Ear, open_stream
from tests.api.live.writing import change_member
from tests.cluster import connected
from tests.world import Caller, Org, World


def shows(*people: Caller) -> Any:
    """Whether the last word about presence names these, in this order."""

    def happened(ear: Ear) -> bool:
        told = ear.of("presence")
        return bool(told) and named(told[-1]) == [str(one.member_id) for one in people]

    return happened


def named(told: dict[str, Any]) -> list[str]:
    return [one["member_id"] for one in told["members"]]


async def test_coming_and_going_is_told_across_processes(
    world: World, here: ASGIApp, there: ASGIApp, cluster: Cluster
) -> None:
    org = await world.organization()
    journey, ann, ben = await org.journey(), await org.member(), await org.member()
    path = f"/v1/journeys/{journey}/stream"
    async with open_stream(here, ann, path) as ear:
        await ear.until(shows(ann))
        async with open_stream(there, ben, path) as far, open_stream(here, ben, path):
            await ear.until(shows(ann, ben))
            await far.until(shows(ann, ben))
            listed = await org.admin.read(f"/v1/journeys/{journey}/presence")
            assert listed == far.of("presence")[-1]
        await ear.until(shows(ann))
        assert {one.id for one in ear.heard if one.kind == "presence"} == {None}
        assert not ear.told
    async with connected(cluster.url(BACKUP)) as backup:
        query = (
            "SELECT count(*) FROM revisions WHERE organization_id = $1 AND subject_kind ~ 'pres'"
        )
        assert await backup.fetchval(query, org.id) == 0


async def test_who_does_not_want_to_be_seen_sees_all_the_same(world: World, there: ASGIApp) -> None:
    org = await world.organization()
    journey, ann, ben = await org.journey(), await org.member(), await org.member()
    path = f"/v1/journeys/{journey}/stream"
    async with (
        open_stream(there, ben, f"{path}?presence=off") as shy,
        open_stream(there, ann, path) as ear,
    ):
        await shy.until(shows(ann))
        await ear.until(shows(ann))
        assert named(await ben.read(f"/v1/journeys/{journey}/presence")) == [str(ann.member_id)]


async def test_the_organizations_stream_says_nothing_of_who_is_there(
    world: World, there: ASGIApp
) -> None:
    org = await world.organization()
    async with open_stream(there, org.admin, "/v1/organization/stream") as ear:
        await org.admin.made("/v1/departments", {"name": "Care"})
        await ear.until(lambda ear: ear.told)
        assert not ear.of("presence")


async def test_what_a_killed_process_leaves_behind_is_soon_nobody(
    world: World, here: ASGIApp, cluster: Cluster
) -> None:
    org = await world.organization()
    journey, ann = await org.journey(), await org.member()
    await left_behind(org, journey, ann, clock.now() - timedelta(seconds=31))
    path = f"/v1/journeys/{journey}/presence"
    assert named(await ann.read(path)) == []
    async with open_stream(here, org.admin, f"/v1/journeys/{journey}/stream") as ear:
        await ear.until(shows(org.admin))
    async with connected(cluster.url(BACKUP)) as backup:
        query = "SELECT count(*) FROM presences WHERE organization_id = $1 AND member_id = $2"
        assert await backup.fetchval(query, org.id, ann.member_id) == 0


async def left_behind(org: Org, journey: UUID, who: Caller, at: Any) -> None:
    with clock.replaced(lambda: at):
        async with org.world.database.transaction(org.id) as tx:
            await presences.keep(tx, [There(new_id(), journey, who.member_id, at)])


async def test_presence_is_for_who_sees_the_journey_and_of_who_is_active(world: World) -> None:
    org, other = await world.organization(), await world.organization()
    draft, ann = await org.journey(status="draft"), await org.member(Group.FRONTLINE_STAFF)
    path = f"/v1/journeys/{draft}/presence"
    for stranger in (ann, other.admin):
        assert (await stranger.get(path)).status_code == 404
    await left_behind(org, draft, ann, clock.now())
    assert named(await org.admin.read(path)) == [str(ann.member_id)]
    await change_member(org.admin, ann.member_id, status="suspended")
    assert named(await org.admin.read(path)) == []


@pytest.mark.parametrize("said", ["maybe", "", "true"])
async def test_presence_is_on_or_off(world: World, here: ASGIApp, said: str) -> None:
    org = await world.organization()
    path = f"/v1/journeys/{await org.journey()}/stream?presence={said}"
    async with open_stream(here, org.admin, path) as ear:
        assert (ear.status, ear.problem["errors"][0]["parameter"]) == (400, "presence")
