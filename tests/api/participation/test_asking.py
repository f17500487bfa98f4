"""Asking for input: who is reached, who may ask, what is refused, what the ledger says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from domain.ids import new_id
from domain.roles import Group
from tests.api.participation.asking import Asking, answer, asking, code, told
from tests.world import World

F, S, D, X = Group


def who(request: dict[str, Any]) -> set[str]:
    return {ask["member_id"] for ask in request["asks"]}


async def test_a_department_stands_for_itself_and_all_below_it(scene: Asking) -> None:
    before = len(await scene.events())
    made = await scene.ask(message="Before we redraw it.")
    crew = {str(one.member_id) for one in (scene.ann, scene.bob, scene.cleo)}
    assert who(made) == crew
    assert made["counts"] == {
        "asked": 3, "seen": 0, "answered": 0, "abstained": 0, "no_answer": 0
    }  # fmt: skip
    assert (made["status"], made["version"], made["subject_kind"]) == ("open", 1, "journey")
    assert (made["subject_id"], made["touchpoint_id"]) == (scene.journey, None)
    assert made["departments"] == [scene.service]
    assert made["may"] == ["request_input"]
    asked = {(a["member_group"], a["member_department_id"], a["status"]) for a in made["asks"]}
    assert asked == {
        ("frontline_staff", scene.calls, "asked"),
        ("support_staff", scene.calls, "asked"),
        ("frontline_staff", scene.service, "asked"),
    }
    assert await scene.verbs(before) == ["grant.created", "input.requested"] + ["input.asked"] * 3


async def test_everybody_reached_in_several_ways_is_asked_once(scene: Asking) -> None:
    ann = str(scene.ann.member_id)
    made = await scene.ask(
        departments=[scene.calls, scene.calls], groups=["frontline_staff"], members=[ann, ann]
    )
    assert who(made) == {str(one.member_id) for one in (scene.ann, scene.bob, scene.cleo)}
    assert (made["departments"], made["members"]) == ([scene.calls], [ann])


async def test_what_is_asked_about_decides_where_it_belongs(scene: Asking) -> None:
    moment = await scene.owner.made(f"/v1/touchpoints/{scene.touchpoints[0]}/moments", {})
    for subject, kind, at in (
        (scene.stages[0], "stage", None),
        (scene.touchpoints[1], "touchpoint", scene.touchpoints[1]),
        (moment["id"], "moment", scene.touchpoints[0]),
    ):
        made = await scene.ask(subject_id=subject)
        assert (made["subject_id"], made["subject_kind"]) == (subject, kind)
        assert made["touchpoint_id"] == at


async def test_being_asked_opens_a_draft(world: World) -> None:
    scene = await asking(world, status="draft")
    path = f"/v1/journeys/{scene.journey}"
    assert (await scene.ann.get(path)).status_code == 404
    made = await scene.ask(members=[str(scene.ann.member_id)])
    assert (await scene.ann.get(path)).status_code == 200
    assert (await scene.cleo.get(f"/v1/input-requests/{made['id']}")).status_code == 404
    assert (await scene.cleo.post(answer(made), {"answers": ["a"]})).status_code == 404
    assert (await scene.cleo.read("/v1/input-requests"))["items"] == []
    seen = await scene.ann.read(f"/v1/input-requests/{made['id']}")
    assert (seen["mine"]["status"], seen["asks"]) == ("asked", None)
    assert seen["may"] == ["answer_input"]


@pytest.mark.parametrize(
    ("fields", "expected", "pointer"),
    [
        ({"due_at": told(datetime(2020, 1, 1, tzinfo=UTC))}, "due_in_the_past", "#/due_at"),
        ({"subject_id": str(new_id())}, "unknown_subject", "#/subject_id"),
        ({"departments": [str(new_id())]}, "unknown_department", "#/departments/0"),
        ({"members": [str(new_id())]}, "unknown_member", "#/members/0"),
        ({"departments": []}, "nobody_asked", None),
        ({"groups": ["support_staff"], "members": []}, None, None),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    scene: Asking, fields: dict[str, Any], expected: str | None, pointer: str | None
) -> None:
    reply = await scene.owner.post(scene.path, scene.question(**fields))
    if expected is None:
        assert reply.status_code == 201, reply.text
        return
    assert code(reply, 422) == expected
    assert [one["pointer"] for one in reply.json()["errors"]] == ([pointer] if pointer else [])


@pytest.mark.parametrize(
    "fields", [{"questions": ["a"] * 6}, {"questions": [" "]}, {"due_at": None}, {"mail": True}]
)
async def test_what_is_malformed_is_refused_with_its_place(
    scene: Asking, fields: dict[str, Any]
) -> None:
    reply = await scene.owner.post(scene.path, scene.question(**fields))
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["pointer"]


async def test_what_is_not_on_the_map_cannot_be_asked_about(scene: Asking, world: World) -> None:
    other = await asking(world)
    annotation = await scene.ann.made(
        "/v1/annotations", {"subject_id": scene.stages[0], "kind": "idea", "body": "Hm."}
    )
    gone = scene.touchpoints[0]
    assert (await scene.owner.delete(f"/v1/stages/{scene.stages[0]}", If_Match='"1"')).is_success
    for subject in (gone, scene.stages[0], other.stages[0], annotation["id"]):
        reply = await scene.owner.post(scene.path, scene.question(subject_id=subject))
        assert code(reply, 422) == "unknown_subject"


async def test_a_request_goes_with_what_it_is_about_and_comes_back(scene: Asking) -> None:
    at_stage = await scene.ask(subject_id=scene.stages[0])
    at_touchpoint = await scene.ask(subject_id=scene.touchpoints[0])
    assert (await scene.owner.delete(f"/v1/stages/{scene.stages[0]}", If_Match='"1"')).is_success
    for made in (at_stage, at_touchpoint):
        path = f"/v1/input-requests/{made['id']}"
        assert (await scene.ann.get(path)).status_code == 404
        assert (await scene.ann.post(answer(made), {"answers": ["a"]})).status_code == 404
        assert (await scene.ann.post(f"{path}/seen")).status_code == 404
        assert (await scene.owner.post(f"{path}/cancel", If_Match='"1"')).status_code == 404
    assert (await scene.ann.read("/v1/input-requests"))["items"] == []
    assert (await scene.owner.post(f"/v1/subjects/{scene.stages[0]}/restore")).is_success
    assert len((await scene.ann.read("/v1/input-requests"))["items"]) == 2


async def test_the_owner_and_executives_ask_and_nobody_else(scene: Asking) -> None:
    leader = await scene.org.member(D)
    for caller in (scene.ann, leader):
        reply = await caller.post(scene.path, scene.question())
        assert code(reply, 403) == "forbidden"
        assert "Only executives or the owner" in reply.json()["detail"]
    assert (await scene.boss.post(scene.path, scene.question())).status_code == 201


async def test_suspended_members_are_not_reached(scene: Asking) -> None:
    await scene.suspend(scene.bob)
    assert str(scene.bob.member_id) not in who(await scene.ask())
    named = await scene.owner.post(scene.path, scene.question(members=[str(scene.bob.member_id)]))
    assert code(named, 422) == "unknown_member"


async def test_lists_are_narrowed_and_paged(scene: Asking) -> None:
    first, second = await scene.ask(), await scene.ask(members=[str(scene.cleo.member_id)])
    third = await scene.ask()
    gone = f"/v1/input-requests/{third['id']}/cancel"
    assert (await scene.owner.post(gone, If_Match='"1"')).status_code == 200

    async def listed(caller: Any, query: str) -> list[str]:
        return [i["id"] for i in (await caller.read(f"/v1/input-requests?{query}"))["items"]]

    assert await listed(scene.ann, f"journey={scene.journey}") == [
        third["id"], second["id"], first["id"]
    ]  # fmt: skip
    assert await listed(scene.ann, "mine=true&status=open") == [first["id"]]
    assert await listed(scene.ann, "mine=false") == [second["id"]]
    assert await listed(scene.ann, "status=cancelled&status=closed") == [third["id"]]
    page = await scene.ann.read("/v1/input-requests?limit=1")
    again = await scene.ann.read(f"/v1/input-requests?limit=1&cursor={page['next_cursor']}")
    assert [page["items"][0]["id"], again["items"][0]["id"]] == [third["id"], second["id"]]
    assert "asks" not in page["items"][0]


async def test_calling_off_is_said_once_and_on_a_version(scene: Asking) -> None:
    made = await scene.ask()
    assert (await scene.ann.post(answer(made), {"answers": ["Rain."]})).status_code == 200
    said = {"subject_id": scene.touchpoints[0], "kind": "issue", "body": "Wet."}
    await scene.bob.made("/v1/annotations", said)
    path, before = f"/v1/input-requests/{made['id']}", len(await scene.events())
    assert (await scene.owner.post(f"{path}/cancel")).status_code == 428
    assert (await scene.owner.post(f"{path}/cancel", If_Match='"9"')).status_code == 412
    assert (await scene.ann.post(f"{path}/cancel", If_Match='"1"')).status_code == 403
    off = await scene.owner.post(f"{path}/cancel", If_Match='"1"')
    assert (off.json()["status"], off.json()["may"]) == ("cancelled", [])
    assert off.headers["journey-revision"]
    assert [a["status"] for a in off.json()["asks"]] == ["answered", "answered", "cancelled"]
    assert await scene.verbs(before) == [
        "input.cancelled", "input.answered", "input.called_off"
    ]  # fmt: skip
    again = await scene.owner.post(f"{path}/cancel", If_Match='"2"')
    assert code(again, 409) == "input_request_cancelled"
    late = await scene.cleo.post(answer(made), {"answers": ["Sun."]})
    assert code(late, 409) == "input_request_cancelled"


async def test_many_are_asked_in_one_statement(scene: Asking) -> None:
    """One INSERT for all asks and one append for all entries: no round trip for each."""
    database = scene.org.world.database
    crew = [await scene.org.member(F) for _ in range(30)]
    executed: list[Any] = []

    def note(_: Any, __: Any, statement: str, ___: Any, ____: Any, many: bool) -> None:
        if "input_asks" in statement:
            executed.append((statement.split()[0], many))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    made = await scene.ask(members=[str(one.member_id) for one in crew])
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    assert len(made["asks"]) == 30
    assert [what for what in executed if what[0] == "INSERT"] == [("INSERT", True)]


async def test_more_than_five_hundred_are_too_many(scene: Asking) -> None:
    ids = [str(new_id()) for _ in range(501)]
    assert (await scene.owner.post(scene.path, scene.question(members=ids))).status_code == 400


async def test_another_organization_finds_nothing(scene: Asking, world: World) -> None:
    made = await scene.ask()
    stranger = (await world.organization()).admin
    path = f"/v1/input-requests/{made['id']}"
    for reply in (
        await stranger.get(path),
        await stranger.post(scene.path, scene.question()),
        await stranger.post(f"{path}/cancel", If_Match='"1"'),
        await stranger.post(f"{path}/seen"),
        await stranger.post(answer(made), {"answers": ["a"]}),
    ):
        assert code(reply, 404) == "not_found"
    assert (await stranger.read("/v1/input-requests"))["items"] == []
