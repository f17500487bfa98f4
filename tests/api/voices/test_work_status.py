"""How far the work on a thread is, and what is due."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain import clock
from domain.roles import Group
from tests.api.voices.scene import Scene, code, etag, scene
from tests.world import Caller, World


async def progressed(who: Caller, said: dict[str, Any], to: str, version: int) -> Any:
    body = {"work_status": to}
    return await who.put(f"/v1/annotations/{said['id']}/work-status", body, **etag(version))


async def test_work_goes_on_while_a_thread_is_open_and_starts_anew_when_reopened(
    world: World,
) -> None:
    place = await scene(world)
    author = place[Group.FRONTLINE_STAFF]
    said = await place.say(author)
    assert said["work_status"] == "to_do"
    for version, reached in enumerate(("in_progress", "waiting"), start=1):
        reply = await progressed(place.owner, said, reached, version)
        assert (reply.status_code, reply.json()["work_status"]) == (200, reached)
        assert reply.headers["etag"] == f'"{version + 1}"'
    again = await progressed(place.owner, said, "waiting", 3)
    assert (again.status_code, again.json()["version"]) == (200, 3)
    assert (await place.verbs())[-2:] == ["annotation.progressed"] * 2
    path = f"/v1/annotations/{said['id']}"
    how = {"resolution": "fixed"}
    assert (await place.owner.post(f"{path}/resolve", how, **etag(3))).status_code == 200
    refused = await progressed(place.owner, said, "to_do", 4)
    assert code(refused, 409) == "annotation_resolved"
    reopened = await author.post(f"{path}/reopen", **etag(4))
    assert reopened.json()["work_status"] == "to_do"


async def test_only_those_who_may_resolve_say_how_far_it_is(world: World) -> None:
    place = await scene(world)
    author, helper = place[Group.FRONTLINE_STAFF], place[Group.SUPPORT_STAFF]
    said = await place.say(author)
    assert code(await progressed(author, said, "waiting", 1), 403) == "forbidden"
    to = {"member_id": str(helper.member_id)}
    path = f"/v1/annotations/{said['id']}"
    assert (await place.owner.post(f"{path}/assign", to, **etag(1))).status_code == 200
    assert (await progressed(helper, said, "in_progress", 2)).status_code == 200
    assert code(await progressed(helper, said, "waiting", 2), 412) == "stale"
    unread = await helper.put(f"{path}/work-status", {"work_status": "done"}, **etag(3))
    assert code(unread, 400)
    assert unread.json()["errors"][0]["pointer"] == "#/work_status"


async def due(place: Scene, day: date | None) -> str:
    """A thread that is due on a day."""
    said = await place.say(place[Group.FRONTLINE_STAFF])
    to = {"member_id": str(place.owner.member_id), "due_on": day and day.isoformat()}
    path = f"/v1/annotations/{said['id']}/assign"
    assert (await place.owner.post(path, to, **etag(1))).status_code == 200
    found: str = said["id"]
    return found


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_a_list_is_narrowed_to_what_is_due_and_how_far_it_is(world: World, zone: str) -> None:
    place = await scene(world)
    path = "/v1/organization"
    tag = (await place.owner.get(path)).headers["etag"]
    assert (await place.owner.patch(path, {"timezone": zone}, If_Match=tag)).status_code == 200
    moment = clock.now()
    today = moment.astimezone(ZoneInfo(zone)).date()
    late, now, later = [await due(place, today + timedelta(days=days)) for days in (-1, 0, 1)]
    never, ended = await due(place, None), await due(place, today - timedelta(days=9))
    how = {"resolution": "fixed"}
    path = f"/v1/annotations/{ended}/resolve"
    assert (await place.owner.post(path, how, **etag(2))).status_code == 200
    assert (await progressed(place.owner, {"id": later}, "waiting", 2)).status_code == 200

    async def listed(query: str) -> set[str]:
        found = await place.owner.read(f"/v1/annotations?journey={place.journey}&{query}")
        return {one["id"] for one in found["items"]}

    with clock.replaced(lambda: moment):
        assert await listed("overdue=true") == {late}
        assert await listed("overdue=false") == {now, later, never, ended}
    assert await listed(f"due_before={today}") == {late, ended}
    assert await listed(f"due_before={today}&status=open") == {late}
    assert await listed("work_status=waiting") == {later}
    assert await listed("work_status=to_do&work_status=in_progress") == {late, now, never, ended}
    refused = await place.owner.get("/v1/annotations?due_before=soon")
    assert code(refused, 400)
