"""Restoring an edition sets the map back and nothing else, and can be taken back."""

import asyncio
from typing import Any

from hypothesis import Phase, given, settings

from domain.roles import Group
from tests.api.accountability.moments import approve, asking, counted, decisive
from tests.api.inbox.telling import inbox, only, tell
from tests.api.life.test_editions import changed_in_every_way, diff, published
from tests.api.life.walks import Step, Walk, content, ground, steps
from tests.api.maps.drawing import Drawing, assert_asks_version, drawing
from tests.api.maps.events import verbs
from tests.api.voices.scene import code, etag
from tests.world import World

Thing = dict[str, Any]


async def restored(drawn: Drawing, edition: Thing) -> Thing:
    """Restore an edition at the version it has."""
    path = f"/v1/editions/{edition['id']}"
    version = (await drawn.owner.read(path))["version"]
    reply = await drawn.owner.post(f"{path}/restore", **etag(version))
    assert reply.status_code == 200, reply.text
    found: Thing = reply.json()
    assert reply.headers["journey-revision"] == str(found["revision"])
    return found


async def test_the_map_is_what_it_was(world: World) -> None:
    drawn = await drawing(world)
    first = await changed_in_every_way(drawn)
    then, before = await content(drawn, first["revision"]), await content(drawn)
    told = len(await verbs(drawn.org, drawn.journey))
    done = await restored(drawn, first)
    assert await content(drawn) == then
    assert all(not found for name, found in (await diff(drawn, "from=1")).items()
               if name not in ("earlier", "later"))  # fmt: skip
    assert (done["restored"], done["removed"], done["changed"], done["moved"]) == (1, 1, 3, 2)
    assert (await verbs(drawn.org, drawn.journey))[told:] == [
        "edition.published",
        "journey.updated",
        "stage.removed",
        *["touchpoint.updated", "touchpoint.moved", "touchpoint.moved"],
        "emotion.restored",
        "cell.written",
        "edition.restored",
    ]
    safety = done["safety"]
    assert (safety["kind"], safety["number"], safety["revision"]) == ("safety", 2, told)
    assert safety["name"] == "Before restoring “Spring”"
    assert done["edition"]["restored_at"] is not None
    back = await restored(drawn, safety)
    assert await content(drawn) == before
    assert (back["restored"], back["removed"], back["moved"]) == (1, 1, 2)


async def test_an_edition_of_the_present_changes_nothing(world: World) -> None:
    drawn = await drawing(world)
    first = await published(drawn)
    before = await drawn.map()
    done = await restored(drawn, first)
    assert {done[name] for name in ("restored", "removed", "changed", "moved")} == {0}
    after = await drawn.map()
    assert before | {"revision": after["revision"]} == after


async def test_what_members_said_stays_and_comes_back(world: World) -> None:
    drawn = await drawing(world)
    first = await published(drawn)
    new = await drawn.touchpoint("New")
    voice = await drawn.org.member(Group.FRONTLINE_STAFF)
    said = {"kind": "issue", "body": "Too long."}
    kept, orphan = [
        await voice.made("/v1/annotations", said | {"subject_id": one["id"]})
        for one in (drawn.touchpoints[0], new)
    ]
    rating = {"emotional": 5, "business": None, "importance": None, "performance": None}
    rated = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/ratings"
    assert (await voice.put(f"{rated}/me", rating)).status_code in (200, 201)
    moment = await voice.made(f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/moments", {})
    safety = (await restored(drawn, first))["safety"]
    told = await drawn.map()
    assert [one["threads"]["open"] for one in told["touchpoints"]] == [1, 0]
    assert told["touchpoints"][0]["moment"]["id"] == moment["id"]
    assert (await voice.read(f"/v1/annotations/{kept['id']}"))["orphaned"] is False
    assert (await voice.read(f"/v1/annotations/{orphan['id']}"))["orphaned"] is True
    assert (await voice.read(rated))["n"] == 1
    await restored(drawn, safety)
    assert (await voice.read(f"/v1/annotations/{orphan['id']}"))["orphaned"] is False


async def test_the_statements_of_a_moment_are_set_back_and_not_its_status(world: World) -> None:
    drawn = await drawing(world)
    path = f"/v1/touchpoints/{drawn.touchpoints[0]['id']}/moments"
    moment = await drawn.owner.made(path, {"stakes": "Trust."})
    first = await published(drawn)
    at = f"/v1/moments/{moment['id']}"
    assert (await drawn.owner.patch(at, {"stakes": "Money."}, **etag(1))).status_code == 200
    assert (await drawn.owner.post(f"{at}/confirm", **etag(2))).status_code == 200
    await restored(drawn, first)
    told = await drawn.owner.read(at)
    assert (told["stakes"], told["status"]) == ("Trust.", "confirmed")


async def test_watchers_are_told_once_that_an_edition_was_restored(world: World) -> None:
    drawn = await drawing(world)
    first = await changed_in_every_way(drawn)
    watcher = await drawn.org.member(Group.SUPPORT_STAFF)
    watched = await watcher.put(f"/v1/journeys/{drawn.journey}/watch", {"level": "all"})
    assert watched.status_code == 200
    await tell(drawn.org, drawn.journey)
    before = {one["id"]: one["happened"] for one in await inbox(watcher)}
    await restored(drawn, first)
    await tell(drawn.org, drawn.journey)
    told = await inbox(watcher)
    line = only([one for one in told if before.get(one["id"]) != one["happened"]])
    assert (line["reason"], line["verb"]) == ("watching", "edition.restored")
    assert line["subject"]["id"] == first["id"]
    assert line["sentence"].startswith("Founder restored the edition of I try it.")


async def test_a_sign_off_goes_stale_and_holds_again(world: World) -> None:
    scene = await decisive(world)
    first = await published(scene.drawn)
    await scene.patch(f"/touchpoints/{scene.here}", {"expectation": "An answer."})
    signer = await scene.drawn.org.member(Group.EXECUTIVE)
    await asking(scene, scene.drawn.journey, {"group": "executive"})
    await approve(signer, scene.drawn.journey)
    assert await counted(signer, scene.drawn.journey) == [(1, 0, 0, True)]
    safety = (await restored(scene.drawn, first))["safety"]
    assert await counted(signer, scene.drawn.journey) == [(0, 1, 0, False)]
    await restored(scene.drawn, safety)
    assert await counted(signer, scene.drawn.journey) == [(1, 0, 0, True)]


async def test_only_an_open_journey_is_set_back(world: World) -> None:
    drawn = await drawing(world)
    first = await published(drawn)
    path = f"/v1/editions/{first['id']}/restore"
    editor = await drawn.org.member(Group.DECISION_MAKER)
    grant = {"role": "editor", "member_id": str(editor.member_id)}
    await drawn.owner.made(f"/v1/journeys/{drawn.journey}/grants", grant)
    assert code(await editor.post(path, **etag(1)), 403) == "forbidden"
    await assert_asks_version(drawn, "POST", path)
    journey = f"/v1/journeys/{drawn.journey}"
    assert (await drawn.owner.post(f"{journey}/lock", **etag(1))).status_code == 200
    refused = await drawn.owner.post(path, **etag(1))
    assert code(refused, 409) == "journey_locked"
    assert "unlock it" in refused.json()["detail"]
    assert (await drawn.owner.post(f"{journey}/unlock", **etag(2))).status_code == 200
    archived = await drawn.owner.post(f"{journey}/transition", {"to": "archived"}, **etag(3))
    assert archived.status_code == 200, archived.text
    assert code(await drawn.owner.post(path, **etag(1)), 409) == "journey_archived"


async def walked(world: World, there: list[Step], further: list[Step]) -> None:
    drawn = await ground(world)
    walk = Walk(drawn)
    for step in there:
        await walk.step(*step)
    first = await published(drawn)
    then = await content(drawn)
    for step in further:
        await walk.step(*step)
    before = await content(drawn)
    done = await restored(drawn, first)
    assert await content(drawn) == then
    await restored(drawn, done["safety"])
    assert await content(drawn) == before
    again = await restored(drawn, done["safety"])
    assert {again[name] for name in ("restored", "removed", "changed", "moved")} == {0}


async def test_restoring_and_restoring_back_is_a_no_op(world: World) -> None:
    """Whatever was done before and after: rules are played from a thread beside the loop."""
    loop = asyncio.get_running_loop()

    @settings(max_examples=12, deadline=None, phases=[Phase.generate], database=None)
    @given(steps, steps)
    def played(there: list[Step], further: list[Step]) -> None:
        work = walked(world, there, further)
        asyncio.run_coroutine_threadsafe(work, loop).result(60)

    await asyncio.to_thread(played)
