"""Actions: concrete work with an owner who can see it, moved by a table."""

from domain.results import ActionStatus
from domain.roles import Group
from domain.rules.actions import MOVES
from tests.api.outcomes.action_scene import begun, recorded, set_up, waived
from tests.api.outcomes.opportunity_scene import moved, seen
from tests.api.voices.scene import code, etag, scene
from tests.world import World

F, S, D, X = Group


async def test_frontline_set_up_work_for_themselves_and_leaders_for_others(world: World) -> None:
    place = await scene(world)
    moment = await place[F].made(f"/v1/touchpoints/{place.touchpoint}/moments", {})
    mine = await set_up(place, place[F], moment_id=moment["id"])
    assert (mine["owner_id"], mine["status"]) == (str(place[F].member_id), "planned")
    assert (mine["touchpoint_id"], mine["touchpoint_name"]) == (str(place.touchpoint), "Wait")
    assert mine["may"] == ["update_action"]
    path, body = f"/v1/journeys/{place.journey}/actions", {"title": "x", "kind": "training"}
    for_other = body | {"owner_id": str(place[S].member_id)}
    assert code(await place[F].post(path, for_other), 403) == "forbidden"
    given = await place[D].made(path, for_other)
    assert given["owner_id"] == str(place[S].member_id)
    assert code(await place[F].patch(f"/v1/actions/{given['id']}", {"title": "y"}, **etag(1)), 403)
    opportunity = await seen(place, place[F], touchpoint_id=str(place.touchpoint))
    follows = {"opportunity_id": opportunity["id"], "from": [str(place.touchpoint)]}
    from_it = await set_up(place, place[S], **follows)
    assert from_it["touchpoint_id"] == str(place.touchpoint)
    assert [one["kind"] for one in from_it["sources"]] == ["touchpoint"]
    assert (await place[X].read(f"/v1/opportunities/{opportunity['id']}"))["actions"] == 1


async def test_its_owner_must_be_there_and_see_it(world: World) -> None:
    place, other = await scene(world, restricted=True), await scene(world)
    path, body = f"/v1/journeys/{place.journey}/actions", {"title": "x", "kind": "policy"}
    for who, refused in ((other[F], "unknown_member"), (place[S], "owner_cannot_see")):
        reply = await place.owner.post(path, body | {"owner_id": str(who.member_id)})
        assert code(reply, 422) == refused
        assert reply.json()["errors"][0]["pointer"] == "#/owner_id"
    one = await set_up(place, place.owner)
    over = {"owner_id": str(place[S].member_id)}
    assert code(await place.owner.patch(f"/v1/actions/{one['id']}", over, **etag(1)), 422)


async def test_handing_over_is_told_as_such(world: World) -> None:
    place = await scene(world)
    one, before = await set_up(place, place[F]), await place.revision()
    path, over = f"/v1/actions/{one['id']}", {"owner_id": str(place[S].member_id)}
    assert (await place[F].patch(path, over, **etag(1))).json()["owner_id"] == over["owner_id"]
    assert code(await place[F].patch(path, {"title": "y"}, **etag(2)), 403) == "forbidden"
    assert (await place[S].patch(path, {"title": "y", "process": "Desk"}, **etag(2))).is_success
    assert (await moved(place[S], one, "in_progress")).status_code == 200
    assert (await place[S].delete(path, **etag(4))).status_code == 204
    assert code(await place[S].get(path), 404) == "not_found"
    assert (await place[S].post(f"{path}/restore")).json()["status"] == "in_progress"
    assert await place.verbs(before) == [
        "action.handed_over",
        "action.updated",
        "action.moved",
        "action.removed",
        "action.restored",
    ]


async def test_what_it_is_for_takes_it_along_unless_a_touchpoint_is_named(world: World) -> None:
    place = await scene(world)
    points = [str(place.touchpoint)]
    for name in ("Call", "Letter"):
        path = f"/v1/stages/{place.stage}/touchpoints"
        points.append((await place.owner.made(path, {"name": name}))["id"])
    wait, call, letter = points
    chance = await seen(place, place[F], touchpoint_id=call)
    nowhere = await seen(place, place[F])
    moment = await place[F].made(f"/v1/touchpoints/{letter}/moments", {})
    one = await set_up(place, place[F], touchpoint_id=wait)
    steps = [
        ({"opportunity_id": chance["id"]}, call),
        ({"opportunity_id": nowhere["id"]}, call),
        ({"opportunity_id": chance["id"], "touchpoint_id": wait}, wait),
        ({"moment_id": moment["id"]}, letter),
        # A moment that stays keeps it where it is.
        ({"opportunity_id": nowhere["id"]}, letter),
        ({"opportunity_id": chance["id"]}, letter),
        ({"moment_id": None}, letter),
        ({"moment_id": moment["id"], "touchpoint_id": call}, call),
        ({"moment_id": None, "opportunity_id": None}, call),
    ]
    for version, (changes, at) in enumerate(steps, 1):
        told = await place[F].patch(f"/v1/actions/{one['id']}", changes, **etag(version))
        assert (told.status_code, told.json()["touchpoint_id"]) == (200, at), changes


async def test_every_move_that_is_not_in_the_table_is_refused(world: World) -> None:
    place = await scene(world)
    ways = {
        "planned": (),
        "in_progress": ("in_progress",),
        "blocked": ("in_progress", "blocked"),
        "delivered": ("in_progress", "delivered"),
        "done": ("in_progress", "delivered", "done"),
        "dropped": ("dropped",),
    }
    for status, steps in ways.items():
        one = await set_up(place, place[F])
        if status == "done":
            assert (await waived(place[X], one)).status_code == 200
        for step in steps:
            assert (await moved(place[F], one, step, "So.")).json()["status"] == step
        for to in set(ActionStatus) - set(MOVES[ActionStatus(status)]):
            assert code(await moved(place[F], one, to), 409) == "transition_not_allowed"
    one = await begun(place, place[F])
    for to in ("blocked", "dropped"):
        assert code(await moved(place[F], one, to), 422) == "note_required"


async def test_lists_are_filtered(world: World) -> None:
    place = await scene(world)
    late = await set_up(place, place[F], title="late", due_on="2020-01-01")
    await set_up(place, place[S], title="soon", kind="policy", due_on="2999-01-01")
    ended = await set_up(place, place[F], title="ended", due_on="2020-01-01")
    assert (await moved(place[F], ended, "dropped", "No.")).status_code == 200
    assert late["overdue"] is True

    async def listed(query: str) -> list[str]:
        page = await place[X].read(f"/v1/actions?{query}")
        return [one["title"] for one in page["items"]]

    assert await listed(f"journey={place.journey}") == ["ended", "soon", "late"]
    assert await listed("overdue=true") == ["late"]
    assert await listed("overdue=false") == ["ended", "soon"]
    assert await listed("due_before=2021-01-01&status=planned") == ["late"]
    assert await listed(f"owner={place[S].member_id}&kind=policy") == ["soon"]
    assert await listed(f"touchpoint={place.touchpoint}") == []
    assert (await recorded(place[F], late)).status_code == 409


async def test_what_is_not_seen_is_not_there(world: World) -> None:
    place = await scene(world, restricted=True)
    one = await set_up(place, place.owner)
    assert (await place[X].read("/v1/actions"))["items"] == []
    for path in ("", "/chain", "/outcome"):
        assert code(await place[X].get(f"/v1/actions/{one['id']}{path}"), 404) == "not_found"
