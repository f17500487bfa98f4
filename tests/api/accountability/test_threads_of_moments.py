"""Whoever has accepted a moment looks after what is said there; who was merely asked does not."""

from typing import Any

import httpx
import pytest

from domain.roles import Group
from tests.api.accountability.answering import Moment, act, moment_of
from tests.api.voices.scene import code, etag
from tests.world import Caller, World

F, S, D, X = Group
RESOLVE = {"resolution": "fixed"}


@pytest.fixture
async def moment(world: World) -> Moment:
    return await moment_of(world)


async def resolve(by: Caller, said: dict[str, Any]) -> httpx.Response:
    path = f"/v1/annotations/{said['id']}"
    version = (await by.read(path))["version"]
    return await by.post(f"{path}/resolve", RESOLVE, **etag(version))


@pytest.mark.parametrize("role", ["responsible", "accountable"])
async def test_a_thread_is_resolved_and_reopened_by_who_answers(moment: Moment, role: str) -> None:
    ann, bob = moment.ann, moment.place[F]
    said = await moment.place.say(bob)
    given = await moment.assigned(ann, role)
    refused = await resolve(ann, said)
    assert code(refused, 403) == "forbidden"
    assert "resolve_thread" not in (await ann.read(f"/v1/annotations/{said['id']}"))["may"]
    assert (await act(ann, given, "accept")).status_code == 200
    [told] = (await ann.read(f"/v1/annotations?journey={moment.place.journey}"))["items"]
    assert "resolve_thread" in told["may"]
    resolved = await resolve(ann, said)
    assert (resolved.status_code, resolved.json()["status"]) == (200, "resolved")
    assert "reopen_thread" in resolved.json()["may"]
    path = f"/v1/annotations/{said['id']}/reopen"
    assert (await ann.post(path, **etag(2))).status_code == 200


@pytest.mark.parametrize(("role", "status"), [("accountable", 200), ("responsible", 403)])
async def test_only_the_accountable_gives_it_to_others(
    moment: Moment, role: str, status: int
) -> None:
    said = await moment.place.say(moment.place[F])
    await moment.accepted(moment.ann, role)
    body = {"member_id": str(moment.manager.member_id)}
    path = f"/v1/annotations/{said['id']}/assign"
    assert (await moment.ann.post(path, body, **etag(1))).status_code == status


async def test_being_consulted_gives_no_say(moment: Moment) -> None:
    said = await moment.place.say(moment.place[F])
    await moment.accepted(moment.ann, "consulted")
    assert code(await resolve(moment.ann, said), 403) == "forbidden"


async def test_the_members_of_the_responsible_department_do_too(moment: Moment) -> None:
    head = await moment.org.member(D)
    department = await moment.department(head)
    below = await moment.org.admin.made(
        "/v1/departments", {"name": "Phone", "parent_id": department}
    )
    clerk = await moment.org.member(F, department_id=below["id"])
    path = f"/v1/moments/{moment.id}/responsibilities"
    body = {"role": "responsible", "department_id": department}
    given = await moment.owner.made(path, body)
    said = await moment.place.say(moment.place[F])
    assert code(await resolve(clerk, said), 403) == "forbidden"
    assert (await act(head, given, "accept")).status_code == 200
    assert code(await resolve(moment.ann, said), 403) == "forbidden"
    assert (await resolve(clerk, said)).status_code == 200


async def test_what_one_says_oneself_tells_it_too(moment: Moment) -> None:
    await moment.accepted(moment.ann, "responsible")
    assert "resolve_thread" in (await moment.place.say(moment.ann))["may"]
    elsewhere = await moment.place.say(moment.ann, subject_id=str(moment.place.stage))
    assert "resolve_thread" not in elsewhere["may"]


@pytest.mark.parametrize("how", ["end", "retire", "elsewhere"])
async def test_it_ends_with_the_responsibility(moment: Moment, how: str) -> None:
    ann, owner = moment.ann, moment.owner
    given = await moment.accepted(ann)
    said = await moment.place.say(moment.place[F])
    if how == "end":
        assert (await act(owner, given, "end", reason="Over.")).status_code == 200
    elif how == "retire":
        path = f"/v1/moments/{moment.id}/retire"
        assert (await owner.post(path, {"reason": "Over."}, **etag(1))).status_code == 200
    else:
        said = await moment.place.say(moment.place[F], subject_id=str(moment.place.stage))
    assert "resolve_thread" not in (await ann.read(f"/v1/annotations/{said['id']}"))["may"]
    assert code(await resolve(ann, said), 403) == "forbidden"
