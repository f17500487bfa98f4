"""Who answers for a moment: asked, accepted, declined, ended; one accountable, always a person."""

from datetime import datetime, timedelta

import pytest

from domain.roles import Group
from domain.rules.calendar import Calendar, after
from tests.api.accountability.answering import Moment, act, moment_of
from tests.world import World

F, S, D, X = Group


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def test_assigned_is_not_accepted(moment: Moment) -> None:
    before = await moment.place.revision()
    given = await moment.assigned(moment.ann)
    assert (given["status"], given["role"], given["version"]) == ("assigned", "accountable", 1)
    due = after(Calendar(), datetime.fromisoformat(given["created_at"]), 3)
    assert abs(datetime.fromisoformat(given["answer_by"]) - due) < timedelta(minutes=1)
    assert (given["touchpoint_name"], given["journey_title"]) == ("Wait", "I try it")
    assert given["may"] == ["assign_responsibility"]
    path = f"/v1/responsibilities/{given['id']}"
    assert (await moment.ann.read(path))["may"] == ["answer_responsibility"]
    accepted = await act(moment.ann, given, "accept")
    told = accepted.json()
    assert (accepted.status_code, told["status"], told["version"]) == (200, "accepted", 2)
    assert told["answered_by"] == str(moment.ann.member_id)
    assert accepted.headers["journey-revision"]
    ended = await act(moment.owner, told, "end", reason="Ann moves to Graz.")
    assert (ended.json()["status"], ended.json()["reason"]) == ("ended", "Ann moves to Graz.")
    assert ended.json()["may"] == []
    assert await moment.place.verbs(before) == [
        "grant.created",
        "responsibility.assigned",
        "responsibility.accepted",
        "responsibility.ended",
    ]
