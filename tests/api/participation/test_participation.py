"""Silence as data: department by group by stage, against an example reckoned by hand."""

from datetime import timedelta
from typing import Any

from domain.roles import Group
from tests.api.participation.asking import DUE, NUMBERS, Asking, answer, code, later
from tests.api.participation.test_answering import say
from tests.world import Caller, World

COUNTS = ("asked", "seen", "answered", "abstained", "no_answer", "voices")


async def read(scene: Asking, reader: Caller) -> tuple[dict[Any, Any], tuple[int, ...]]:
    """The rows by where they stand, and the totals."""
    found = await reader.read(f"/v1/journeys/{scene.journey}/participation")
    departments = {scene.service: "Service", scene.calls: "Calls", None: None}
    stages = dict(zip(scene.stages, ("Ride", "Pay"), strict=True)) | {None: None}
    rows = {
        (stages[row["stage_id"]], departments[row["department_id"]], row["group"]): tuple(
            row[name] for name in COUNTS
        )
        for row in found["rows"]
    }
    assert len(rows) == len(found["rows"])
    return rows, tuple(found["totals"][name] for name in COUNTS)


async def story(scene: Asking) -> None:
    """Service is asked about all of it and closed; Ann and Boss about paying; others speak."""
    dan = await scene.org.member(Group.DECISION_MAKER)
    ride, pay = scene.touchpoints
    all_of_it = await scene.ask()
    await scene.ask(
        subject_id=scene.stages[1],
        members=[str(scene.ann.member_id), str(scene.boss.member_id)],
    )
    off = await scene.ask()
    gone = f"/v1/input-requests/{off['id']}/cancel"
    assert (await scene.owner.post(gone, If_Match='"1"')).is_success
    await say(scene.ann, ride)
    await say(scene.ann, pay, visibility="private")
    why = {"abstain": {"reason": "I never ride."}}
    assert (await scene.bob.post(answer(all_of_it), why)).is_success
    assert (await scene.cleo.post(f"/v1/input-requests/{all_of_it['id']}/seen")).is_success
    assert (await scene.boss.put(f"/v1/touchpoints/{pay}/ratings/me", NUMBERS)).is_success
    await say(dan, scene.journey)
    with later(DUE + timedelta(minutes=1)):
        await scene.close(all_of_it["id"])


EXPECTED = {
    ("Ride", "Calls", "frontline_staff"): (1, 0, 1, 0, 0, 1),
    ("Ride", "Calls", "support_staff"): (1, 1, 0, 1, 0, 0),
    ("Ride", "Service", "frontline_staff"): (1, 1, 0, 0, 1, 0),
    ("Pay", "Calls", "frontline_staff"): (2, 0, 1, 0, 0, 0),
    ("Pay", "Calls", "support_staff"): (1, 1, 0, 1, 0, 0),
    ("Pay", "Service", "frontline_staff"): (1, 1, 0, 0, 1, 0),
    ("Pay", None, "executive"): (1, 0, 1, 0, 0, 1),
    (None, None, "decision_maker"): (0, 0, 0, 0, 0, 1),
}
"""Ann has answered for all of it by speaking about riding, and is silent about paying."""


async def test_the_matrix_adds_up_as_by_hand(scene: Asking) -> None:
    await story(scene)
    rows, totals = await read(scene, scene.owner)
    assert rows == EXPECTED
    assert totals == (5, 2, 2, 1, 1, 3)
    # What Ann said to nobody is a voice for her alone.
    mine, totals = await read(scene, scene.ann)
    where = ("Pay", "Calls", "frontline_staff")
    assert mine == EXPECTED | {where: (2, 0, 1, 0, 0, 1)}
    assert totals == (5, 2, 2, 1, 1, 4)


async def test_rows_stand_in_the_order_of_the_map(scene: Asking) -> None:
    await story(scene)
    found = await scene.owner.read(f"/v1/journeys/{scene.journey}/participation")
    ride, pay = scene.stages
    assert [row["stage_id"] for row in found["rows"]] == [ride] * 3 + [pay] * 4 + [None]


async def test_what_was_removed_is_neither_asked_nor_heard(scene: Asking) -> None:
    await story(scene)
    assert (await scene.owner.delete(f"/v1/stages/{scene.stages[1]}", If_Match='"1"')).is_success
    rows, totals = await read(scene, scene.owner)
    assert rows == {where: row for where, row in EXPECTED.items() if where[0] != "Pay"}
    assert totals == (3, 2, 1, 1, 1, 2)


async def test_nobody_asked_and_nobody_heard_is_an_empty_matrix(scene: Asking) -> None:
    assert await read(scene, scene.ann) == ({}, (0, 0, 0, 0, 0, 0))


async def test_what_is_not_to_be_seen_has_no_matrix(scene: Asking, world: World) -> None:
    draft = await scene.org.journey(status="draft")
    stranger = (await world.organization()).admin
    for caller, journey in ((scene.ann, draft), (stranger, scene.journey)):
        reply = await caller.get(f"/v1/journeys/{journey}/participation")
        assert code(reply, 404) == "not_found"
