"""Work from being asked: input, sign-offs, playbooks."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.roles import Group
from tests.api.reports.work import Office, at_time, kinds_of, office, work_of
from tests.world import Caller, World

F, S, D, X = Group


async def ask(here: Office, *whom: Caller, **fields: Any) -> dict[str, Any]:
    """The owner asks members for their view, within a week."""
    due = datetime.now(UTC) + timedelta(days=7)
    body = {"members": [str(one.member_id) for one in whom], "due_at": due.isoformat()} | fields
    return await here.owner.made(f"/v1/journeys/{here.journey}/input-requests", body)


async def test_input_is_asked_for_until_it_is_given(world: World) -> None:
    here = await office(world)
    ann, bob = await here.org.member(F), await here.org.member(F)
    request = await ask(here, ann, bob, questions=["What?", "Why?"], subject_id=here.stage)
    (item,) = await work_of(ann)
    assert (item["kind"], item["subject_kind"]) == ("answer_input", "input_request")
    assert (item["subject_id"], item["due_at"]) == (request["id"], request["due_at"])
    assert item["path"] == "I try it > Ride"
    assert item["reason"] == "You are asked for your view on 2 questions."
    assert item["may"] == ["answer_input"]
    assert item["from_member_id"] == str(here.owner.member_id)
    path = f"/v1/input-requests/{request['id']}/answer"
    assert (await ann.post(path, {"answers": ["This.", ""]})).status_code == 200
    assert await work_of(ann) == []
    assert await kinds_of(bob) == ["answer_input"]


async def test_speaking_where_one_was_asked_is_an_answer(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    await ask(here, ann, subject_id=here.moment)
    assert (await work_of(ann))[0]["path"] == "I try it > Ride > Call"
    await ann.made("/v1/annotations", {"subject_id": here.journey, "kind": "idea", "body": "Ask."})
    assert await kinds_of(ann) == ["answer_input"]
    said = {"subject_id": here.touchpoint, "kind": "idea", "body": "Ask."}
    await ann.made("/v1/annotations", said)
    assert await work_of(ann) == []


async def test_what_is_called_off_is_asked_no_more(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    request = await ask(here, ann)
    path = f"/v1/input-requests/{request['id']}/cancel"
    assert (await here.owner.post(path, If_Match='"1"')).status_code == 200
    assert await work_of(ann) == []


async def test_input_past_its_date_is_overdue(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(F)
    await ask(here, ann)
    assert not (await work_of(ann))[0]["overdue"]
    async with at_time(here.org, ann, datetime.now(UTC) + timedelta(days=8)) as late:
        assert (await work_of(late))[0]["overdue"]


async def rules(here: Office, subject: str, *told: dict[str, Any]) -> None:
    """The owner says who has to sign off."""
    path = f"/v1/sign-off-rules/{subject}"
    reply = await here.owner.put(path, {"rules": list(told)}, If_Match='"0"')
    assert reply.status_code == 200, reply.text


async def sign(caller: Caller, subject: str, **more: Any) -> None:
    """Somebody approves."""
    await caller.made("/v1/sign-offs", {"subject_id": subject, "decision": "approved"} | more)


async def test_sign_offs_are_asked_for_while_the_rule_needs_them(world: World) -> None:
    here = await office(world)
    ann, bob = await here.org.member(X), await here.org.member(X)
    await rules(here, here.moment, {"group": "executive", "required": 1})
    for caller in (ann, bob):
        (item,) = await work_of(caller)
        assert (item["kind"], item["subject_kind"]) == ("sign_off", "moment")
        assert (item["subject_id"], item["moment_id"]) == (here.moment, here.moment)
        assert item["path"] == "I try it > Ride > Call"
        assert (item["may"], item["from_member_id"]) == (
            ["sign_off"],
            str(here.owner.member_id),
        )
    await sign(ann, here.moment)
    assert await kinds_of(ann) == await kinds_of(bob) == []
    change = {"quote": "Where are they?"}
    path = f"/v1/touchpoints/{here.touchpoint}"
    assert (await here.owner.patch(path, change, If_Match='"1"')).status_code == 200
    assert await kinds_of(ann) == ["sign_again"]
    assert await kinds_of(bob) == ["sign_off"]
    back = {"quote": ""}
    assert (await here.owner.patch(path, back, If_Match='"2"')).status_code == 200
    assert await kinds_of(ann) == await kinds_of(bob) == []


async def test_only_those_in_the_department_are_asked(world: World) -> None:
    here = await office(world)
    unit = await here.owner.made("/v1/departments", {"name": "Legal"})
    below = await here.owner.made("/v1/departments", {"name": "Fines", "parent_id": unit["id"]})
    ann = await here.org.member(S, department_id=below["id"])
    bob = await here.org.member(S)
    await rules(here, here.moment, {"department_id": unit["id"], "required": 1})
    assert await kinds_of(ann) == ["sign_off"]
    assert await work_of(bob) == []


async def test_a_journey_is_signed_off_in_review_only(world: World) -> None:
    here = await office(world, status="draft")
    ann = await here.org.member(X)
    await rules(here, here.journey, {"group": "executive", "required": 1})
    assert await work_of(ann) == []
    path = f"/v1/journeys/{here.journey}"
    version = (await here.owner.read(path))["version"]
    moved = await here.owner.post(
        f"{path}/transition", {"to": "in_review"}, If_Match=f'"{version}"'
    )
    assert moved.status_code == 200, moved.text
    (item,) = await work_of(ann)
    assert (item["kind"], item["subject_kind"], item["path"]) == (
        "sign_off", "journey", "I try it",
    )  # fmt: skip
    assert item["moment_id"] is None


async def test_ones_own_last_edit_is_for_others_to_sign(world: World) -> None:
    here = await office(world)
    await rules(here, here.moment, {"group": "decision_maker", "required": 1})
    (item,) = await work_of(here.owner, "?kind=sign_off")
    assert item["may"] == ["sign_off"]
    dan = await here.org.member(D)
    (item,) = await work_of(here.owner, "?kind=sign_off")
    assert item["may"] == []
    (item,) = await work_of(dan, "?kind=sign_off")
    assert item["may"] == ["sign_off"]


async def test_drafts_wait_for_leaders_who_answer_for_them(world: World) -> None:
    here = await office(world)
    ann, boss, other = [await here.org.member(group) for group in (F, X, X)]
    given = await here.assign(member_id=boss.member_id)
    path = f"/v1/responsibilities/{given['id']}/accept"
    assert (await boss.post(path, If_Match='"1"')).status_code == 200
    body = {"title": "Say sorry", "recovery_kind": "apology", "steps": ["Call back."]}
    playbook = await ann.made(f"/v1/moments/{here.moment}/playbooks", body)
    for caller in (boss, here.owner):
        (item,) = await work_of(caller)
        assert (item["kind"], item["subject_id"]) == ("approve_playbook", playbook["id"])
        assert item["may"] == ["approve_playbook"]
        assert item["from_member_id"] == str(ann.member_id)
    assert await work_of(other) == await work_of(ann) == []
    path = f"/v1/playbooks/{playbook['id']}/approve"
    assert (await boss.post(path, {}, If_Match='"1"')).status_code == 200
    assert await work_of(boss) == await work_of(here.owner) == []


async def test_ones_own_draft_is_not_ones_own_to_approve(world: World) -> None:
    here = await office(world)
    body = {"title": "Say sorry", "recovery_kind": "apology", "steps": ["Call back."]}
    await here.owner.made(f"/v1/moments/{here.moment}/playbooks", body)
    assert await kinds_of(here.owner) == ["accountability_gap"]


async def test_the_overlay_tells_what_one_is_asked_for_and_by_when(world: World) -> None:
    here = await office(world)
    ann = await here.org.member(X)
    path = f"/v1/journeys/{here.journey}/overlay"
    assert (await ann.read(path))["touchpoints"][0]["asked"] == []
    given = await here.assign(member_id=ann.member_id)
    thread = await here.give_thread(ann, "2031-03-04")
    request = await ask(here, ann)
    await rules(here, here.moment, {"group": "executive", "required": 1})
    found = await ann.read(path)
    assert [(one["kind"], one["subject_id"]) for one in found["touchpoints"][0]["asked"]] == [
        ("accept_responsibility", given["id"]),
        ("thread", thread["id"]),
        ("sign_off", here.moment),
    ]
    assert found["touchpoints"][0]["asked"][1]["due_at"] == "2031-03-05T00:00:00Z"
    (journey,) = found["asked"]
    assert (journey["kind"], journey["subject_id"]) == ("answer_input", request["id"])
    assert (await here.owner.read(path))["touchpoints"][0]["asked"] == []
    await sign(ann, here.moment)
    kinds = [one["kind"] for one in (await ann.read(path))["touchpoints"][0]["asked"]]
    assert kinds == ["accept_responsibility", "thread"]
