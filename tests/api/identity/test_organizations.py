"""The organization's own settings."""

from typing import Any

import pytest

from domain.roles import Group
from tests.world import World


async def test_everybody_reads_it_and_administrators_change_it(world: World) -> None:
    org = await world.organization("Rail")
    ann = await org.member()
    read = await ann.get("/v1/organization")
    assert read.json()["name"] == "Rail"
    assert read.json()["names_leaders"] is True
    changed = await org.admin.patch(
        "/v1/organization", {"name": "Rails", "names_leaders": False}, If_Match=read.headers["etag"]
    )
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    assert (await ann.read("/v1/organization"))["names_leaders"] is False


async def test_refusals(world: World) -> None:
    org = await world.organization()
    boss = await org.member(Group.EXECUTIVE)
    for caller, body, tag, status in (
        (boss, {"name": "Mine"}, '"1"', 403),
        (org.admin, {"name": "Mine"}, None, 428),
        (org.admin, {"name": "Mine"}, '"7"', 412),
        (org.admin, {"name": " "}, '"1"', 400),
        (org.admin, {"id": str(org.id)}, '"1"', 400),
    ):
        headers = {"If_Match": tag} if tag else {}
        reply = await caller.patch("/v1/organization", body, **headers)
        assert reply.status_code == status, reply.text
    assert (await boss.read("/v1/organization"))["version"] == 1


async def test_what_changes_nothing_makes_no_version(world: World) -> None:
    org = await world.organization("Rail")
    same = await org.admin.patch("/v1/organization", {"name": "Rail"}, If_Match='"1"')
    assert same.headers["etag"] == '"1"'


CALENDAR = {
    "timezone": "Europe/Vienna",
    "working_days": [4, 1, 2],
    "holidays": ["2027-01-06", "2026-12-25"],
    "escalation_chain": [
        {"level": "head_of_department", "after_days": 0},
        {"level": "executive", "after_days": 5},
    ],
    "accept_days": 2,
    "remind_days": 0,
}


async def test_the_calendar_and_the_chain_have_a_default_and_can_be_set(world: World) -> None:
    org = await world.organization()
    before = await org.admin.read("/v1/organization")
    levels = ["manager", "head_of_department", "decision_maker", "executive"]
    assert [step["level"] for step in before["escalation_chain"]] == levels
    assert [step["after_days"] for step in before["escalation_chain"]] == [0, 2, 2, 3]
    assert (before["timezone"], before["working_days"]) == ("UTC", [1, 2, 3, 4, 5])
    assert (before["holidays"], before["accept_days"], before["remind_days"]) == ([], 3, 1)
    changed = await org.admin.patch("/v1/organization", CALENDAR, If_Match='"1"')
    assert changed.status_code == 200, changed.text
    sets = {"working_days": [1, 2, 4], "holidays": ["2026-12-25", "2027-01-06"]}
    assert CALENDAR | sets == {name: changed.json()[name] for name in CALENDAR}
    assert (await org.admin.read("/v1/organization")) == changed.json()
    same = await org.admin.patch("/v1/organization", CALENDAR, If_Match='"2"')
    assert same.headers["etag"] == '"2"'


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"timezone": "Europe/Gotham"}, 422, "#/timezone"),
        ({"timezone": "localtime"}, 422, "#/timezone"),
        ({"timezone": "../UTC"}, 422, "#/timezone"),
        ({"timezone": None}, 400, "#/timezone"),
        ({"working_days": []}, 400, "#/working_days"),
        ({"working_days": [0]}, 400, "#/working_days/0"),
        ({"working_days": [5, 1, 5]}, 422, "#/working_days/2"),
        ({"holidays": ["2026-12-25", "2026-12-25"]}, 422, "#/holidays/1"),
        ({"holidays": ["2026-02-30"]}, 400, "#/holidays/0"),
        ({"holidays": ["2026-12-25", "0001-01-01"]}, 422, "#/holidays/1"),
        ({"escalation_chain": []}, 400, "#/escalation_chain"),
        ({"escalation_chain": [{"level": "pope", "after_days": 1}]}, 400, "level"),
        ({"escalation_chain": [{"level": "manager"}]}, 400, "#/escalation_chain/0"),
        ({"escalation_chain": [{"level": "manager", "after_days": 99}]}, 400, "after_days"),
        (
            {"escalation_chain": [{"level": "manager", "after_days": 1}] * 2},
            422,
            "#/escalation_chain/1/level",
        ),
        ({"accept_days": 0}, 400, "#/accept_days"),
        ({"remind_days": -1}, 400, "#/remind_days"),
    ],
)
async def test_what_no_calendar_can_be_is_pointed_at(
    world: World, body: dict[str, Any], status: int, pointer: str
) -> None:
    org = await world.organization()
    refused = await org.admin.patch("/v1/organization", body, If_Match='"1"')
    assert refused.status_code == status, refused.text
    assert pointer in refused.json()["errors"][0]["pointer"]
    assert (await org.admin.read("/v1/organization"))["version"] == 1
