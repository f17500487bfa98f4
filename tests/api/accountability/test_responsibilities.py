"""Who answers for a moment: asked, accepted, declined, ended; one accountable, always a person."""

from datetime import datetime, timedelta

import pytest

from domain.ids import new_id
from domain.roles import Group
from domain.rules.calendar import Calendar, after
from tests.api.accountability.answering import Moment, act, moment_of
from tests.api.voices.scene import code
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


async def test_the_clock_waits_for_the_answer_and_no_longer(moment: Moment) -> None:
    given = await moment.assigned(moment.ann)
    [look] = await moment.looks()
    assert (look["kind"], look["cause"], look["step"]) == ("escalate", "not_accepted", 1)
    assert str(look["subject_id"]) == given["id"]
    answer_by = datetime.fromisoformat(given["answer_by"])
    settings = await moment.owner.read("/v1/organization")
    wait = settings["escalation_chain"][0]["after_days"]
    assert look["due_at"] == after(Calendar(), answer_by, wait)
    await act(moment.ann, given, "accept")
    assert await moment.looks() == []


async def test_whoever_is_asked_sees_the_journey_from_then_on(world: World) -> None:
    moment = await moment_of(world, status="draft")
    path = f"/v1/journeys/{moment.place.journey}"
    assert code(await moment.ann.get(path), 404) == "not_found"
    given = await moment.assigned(moment.ann)
    assert (await moment.ann.get(path)).status_code == 200
    assert (await act(moment.ann, given, "accept")).status_code == 200
    grants = (await moment.owner.read(f"{path}/grants"))["items"]
    assert [one["member_id"] for one in grants] == [str(moment.ann.member_id)]
    await moment.assigned(moment.ann, "informed")
    assert len((await moment.owner.read(f"{path}/grants"))["items"]) == 1


async def test_whoever_assigns_it_manages_owns_or_leads(moment: Moment) -> None:
    stranger, ann = await moment.org.member(F), moment.ann
    top = await moment.org.member(S)
    path = f"/v1/members/{moment.manager.member_id}"
    above = {"manager_id": str(top.member_id)}
    assert (await moment.org.admin.patch(path, above, If_Match='"1"')).status_code == 200
    for by in (stranger, moment.place[S], moment.place[D], ann):
        refused = await moment.assign(by, ann)
        assert code(refused, 403) == "forbidden"
        assert "a manager of the assignee" in refused.json()["detail"]
    assert code(await moment.assign(moment.manager, stranger), 403) == "forbidden"
    for by, role in (
        (moment.manager, "responsible"),
        (top, "consulted"),
        (moment.boss, "informed"),
    ):
        assert (await moment.assign(by, ann, role)).status_code == 201
    for one in await moment.listed(by=top):
        assert one["may"] == ["assign_responsibility"]
        assert (await act(top, one, "end", reason="Enough.")).status_code == 200


async def test_a_department_answers_by_its_head(moment: Moment) -> None:
    head = await moment.org.member(F, manager_id=moment.manager.member_id)
    department = await moment.department(head)
    clerk = await moment.org.member(X, department_id=department)
    path = f"/v1/moments/{moment.id}/responsibilities"
    body = {"role": "responsible", "department_id": department, "note": "The whole desk."}
    given = await moment.manager.made(path, body)
    assert (given["member_id"], given["department_id"]) == (None, department)
    assert given["note"] == "The whole desk."
    for by in (clerk, moment.owner, moment.manager, moment.ann):
        assert code(await act(by, given, "accept"), 403) == "forbidden"
    accepted = await act(head, given, "accept")
    assert (accepted.status_code, accepted.json()["answered_by"]) == (200, str(head.member_id))


@pytest.mark.parametrize(
    ("body", "problem", "pointer"),
    [
        ({"role": "responsible"}, "one_assignee", "#"),
        ({"role": "responsible", "member_id": "ann", "department_id": "it"}, "one_assignee", "#"),
        (
            {"role": "accountable", "department_id": "it"},
            "accountable_is_a_person",
            "#/department_id",
        ),
        ({"role": "informed", "member_id": "gone"}, "unknown_member", "#/member_id"),
        ({"role": "informed", "member_id": "nobody"}, "unknown_member", "#/member_id"),
        ({"role": "informed", "department_id": "nobody"}, "unknown_department", "#/department_id"),
    ],
)
async def test_what_cannot_be_is_pointed_at(
    moment: Moment, body: dict[str, str], problem: str, pointer: str
) -> None:
    gone = await moment.org.member(F)
    await moment.set_status(gone, "suspended")
    known = {
        "ann": str(moment.ann.member_id),
        "gone": str(gone.member_id),
        "it": await moment.department(),
        "nobody": str(new_id()),
    }
    sent = {name: known.get(value, value) for name, value in body.items()}
    refused = await moment.owner.post(f"/v1/moments/{moment.id}/responsibilities", sent)
    assert code(refused, 422) == problem
    assert refused.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({"role": "A"}, "#/role"), ({"role": "informed", "raci": "I"}, "#/raci"), ({}, "#/role")],
)
async def test_what_is_not_understood_is_pointed_at(
    moment: Moment, body: dict[str, str], pointer: str
) -> None:
    refused = await moment.owner.post(f"/v1/moments/{moment.id}/responsibilities", body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == pointer


async def test_one_is_accountable_and_nobody_twice_the_same(moment: Moment) -> None:
    first = await moment.assigned(moment.ann)
    second = await moment.assign(moment.owner, moment.manager)
    assert code(second, 409) == "accountable_taken"
    assert "end that or hand it over first" in second.json()["detail"]
    await moment.assigned(moment.ann, "consulted")
    assert code(await moment.assign(moment.owner, moment.ann, "consulted"), 409) == (
        "already_assigned"
    )
    assert (await act(moment.ann, first, "decline", reason="No time.")).status_code == 200
    assert (await moment.assign(moment.owner, moment.manager)).status_code == 201


async def test_declining_takes_a_reason_and_stays(moment: Moment) -> None:
    given = await moment.assigned(moment.ann)
    path = f"/v1/responsibilities/{given['id']}/decline"
    for body in ({}, {"reason": " "}):
        refused = await moment.ann.post(path, body, If_Match='"1"')
        assert refused.status_code == 400
        assert refused.json()["errors"][0]["pointer"] == "#/reason"
    declined = (await act(moment.ann, given, "decline", reason="I am leaving.")).json()
    assert (declined["status"], declined["reason"]) == ("declined", "I am leaving.")
    assert declined["may"] == []
    assert (await moment.place.verbs())[-1] == "responsibility.declined"
    for verb, more in (("accept", {}), ("decline", {"reason": "Again."})):
        again = await act(moment.ann, declined, verb, **more)
        assert code(again, 409) == "responsibility_declined"
    again = await act(moment.owner, declined, "end", reason="Over.")
    assert code(again, 409) == "responsibility_declined"


async def test_what_was_accepted_is_not_declined_any_more(moment: Moment) -> None:
    accepted = await moment.accepted(moment.ann)
    again = await act(moment.ann, accepted, "decline", reason="After all.")
    assert code(again, 409) == "responsibility_accepted"
    ended = (await act(moment.owner, accepted, "end", reason="Over.")).json()
    assert code(await act(moment.owner, ended, "end", reason="Over."), 409) == (
        "responsibility_ended"
    )


@pytest.mark.parametrize(("version", "status"), [(None, 428), ('"9"', 412), ("x", 400)])
@pytest.mark.parametrize("verb", ["accept", "decline", "end"])
async def test_an_answer_says_what_it_is_based_on(
    moment: Moment, verb: str, version: str | None, status: int
) -> None:
    given = await moment.assigned(moment.ann)
    headers = {"If_Match": version} if version else {}
    body = None if verb == "accept" else {"reason": "So."}
    by = moment.owner if verb == "end" else moment.ann
    reply = await by.post(f"/v1/responsibilities/{given['id']}/{verb}", body, **headers)
    assert reply.status_code == status


async def test_a_locked_journey_still_takes_an_answer(moment: Moment) -> None:
    given = await moment.assigned(moment.ann)
    path = f"/v1/journeys/{moment.place.journey}"
    assert (await moment.owner.post(f"{path}/lock", If_Match='"1"')).status_code == 200
    for refused in (
        await act(moment.owner, given, "end", reason="Over."),
        await moment.assign(moment.owner, moment.manager, "informed"),
    ):
        assert code(refused, 403) == "forbidden"
    assert (await act(moment.ann, given, "accept")).status_code == 200


async def test_nothing_of_an_invisible_journey_is_found(world: World) -> None:
    moment = await moment_of(world, status="draft")
    given = await moment.assigned(moment.ann)
    stranger = (await world.organization()).admin
    path = f"/v1/responsibilities/{given['id']}"
    for by in (moment.place[X], stranger):
        assert code(await by.get(path), 404) == "not_found"
        assert code(await act(by, given, "accept"), 404) == "not_found"
        assert code(await act(by, given, "end", reason="Over."), 404) == "not_found"
        assert code(await moment.assign(by, moment.ann, "informed"), 404) == "not_found"
        assert await moment.listed(by=by) == []


async def test_it_goes_off_the_map_with_its_touchpoint(moment: Moment) -> None:
    given = await moment.assigned(moment.ann)
    at = f"/v1/touchpoints/{moment.place.touchpoint}"
    assert (await moment.owner.delete(at, If_Match='"1"')).status_code == 204
    assert await moment.listed() == []
    assert code(await act(moment.ann, given, "accept"), 404) == "not_found"
    assert code(await moment.assign(moment.owner, moment.ann, "informed"), 404) == "not_found"
    restored = f"/v1/subjects/{moment.place.touchpoint}/restore"
    assert (await moment.owner.post(restored)).status_code == 200
    assert [one["id"] for one in await moment.listed()] == [given["id"]]
