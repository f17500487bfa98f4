"""Retiring a moment: not by whoever is accountable for it, and nobody answers for it afterwards."""

import httpx
import pytest

from tests.api.accountability.answering import Moment, act, moment_of
from tests.api.voices.scene import code
from tests.world import Caller, World


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def retire(moment: Moment, by: Caller, version: int = 1) -> httpx.Response:
    path = f"/v1/moments/{moment.id}/retire"
    return await by.post(path, {"reason": "Automated."}, If_Match=f'"{version}"')


@pytest.mark.parametrize("accepted", [False, True], ids=["assigned", "accepted"])
async def test_nobody_retires_the_moment_they_are_accountable_for(
    moment: Moment, accepted: bool
) -> None:
    owner, path = moment.owner, f"/v1/moments/{moment.id}"
    overlay = f"/v1/journeys/{moment.place.journey}/overlay"
    assert "retire_moment" in (await owner.read(path))["may"]
    given = await (moment.accepted if accepted else moment.assigned)(owner)
    refused = await retire(moment, owner)
    assert code(refused, 403) == "forbidden"
    assert "You are accountable for this moment." in refused.json()["detail"]
    assert "retire_moment" not in (await owner.read(path))["may"]
    [at] = (await owner.read(overlay))["touchpoints"]
    assert "retire_moment" not in at["may"]
    assert "retire_moment" in (await moment.boss.read(path))["may"]
    if accepted:
        assert (await retire(moment, moment.boss)).status_code == 200
    else:
        assert (await act(owner, given, "decline", reason="Not me.")).status_code == 200
        assert (await retire(moment, owner)).status_code == 200


async def test_being_responsible_keeps_nobody_from_retiring_it(moment: Moment) -> None:
    await moment.accepted(moment.owner, "responsible")
    assert (await retire(moment, moment.owner)).status_code == 200


async def test_nobody_answers_for_what_was_retired(moment: Moment) -> None:
    accepted = await moment.accepted(moment.ann)
    asked = await moment.assigned(moment.manager, "consulted")
    declined = await moment.assigned(moment.boss, "informed")
    refused = await act(moment.boss, declined, "decline", reason="No time.")
    assert refused.status_code == 200
    before = await moment.place.revision()
    assert len(await moment.looks()) == 1
    assert (await retire(moment, moment.owner)).status_code == 200
    assert await moment.place.verbs(before) == [
        "moment.retired",
        "responsibility.ended",
        "responsibility.ended",
    ]
    assert await moment.looks() == []
    assert await moment.listed() == []
    past = {one["id"]: one for one in await moment.listed("&status=ended&status=declined")}
    assert past[declined["id"]]["reason"] == "No time."
    for one in (accepted, asked):
        assert past[one["id"]]["reason"] == "The moment was retired."
        assert past[one["id"]]["ended_by"] == str(moment.owner.member_id)
    again = await moment.assign(moment.owner, moment.ann)
    assert code(again, 409) == "moment_retired"


async def test_the_next_moment_of_the_touchpoint_begins_with_nobody(moment: Moment) -> None:
    await moment.accepted(moment.ann)
    await retire(moment, moment.owner)
    path = f"/v1/touchpoints/{moment.place.touchpoint}/moments"
    following = await moment.owner.made(path, {})
    listed = await moment.owner.read(f"/v1/responsibilities?moment={following['id']}")
    assert listed["items"] == []
