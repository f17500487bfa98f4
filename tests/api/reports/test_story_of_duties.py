"""Sign-offs, requests for input and what went up, as the story of a moment tells of them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.settings import Settings
from domain.roles import Group
from tests.api.accountability.clocks import Hands, hands, march
from tests.api.reports.stage import Scene, done
from tests.world import Caller, Org, World

F, S, D, X = Group


@pytest.fixture
async def clock(world: World, settings: Settings) -> AsyncIterator[Hands]:
    async with hands(world, settings) as made:
        yield made


@pytest.fixture
async def org(world: World, clock: Hands) -> Org:
    assert clock.moment == march(1)
    return await world.organization()


async def story(reader: Caller, scene: Scene) -> list[dict[str, Any]]:
    """What happened after the moment was nominated."""
    found = await reader.read(f"{scene.path}/ledger?limit=100")
    items: list[dict[str, Any]] = found["items"]
    return items[2:]


async def sentences(reader: Caller, scene: Scene) -> list[str]:
    return [item["sentence"] for item in await story(reader, scene)]


async def test_sign_offs_are_told_with_what_was_approved(org: Org) -> None:
    scene = await Scene.of(org)
    ann, eve = await scene.person("Ann Lee"), await scene.person("Eve Top", X)
    rules = {"rules": [{"group": "frontline_staff"}, {"group": "executive", "required": 2}]}
    path = f"/v1/sign-off-rules/{scene.moment['id']}"
    await done(scene.owner, "PUT", path, rules, If_Match='"0"')
    yes = {"subject_id": scene.moment["id"], "decision": "approved"}
    no = yes | {"decision": "changes_requested", "comment": "Too slow."}
    signed = await done(ann, "POST", "/v1/sign-offs", yes)
    await done(eve, "POST", "/v1/sign-offs", no)
    await done(ann, "POST", "/v1/sign-offs", yes)
    told = await story(eve, scene)
    assert [item["sentence"] for item in told] == [
        "Olga Own asked for 1 sign-off of frontline staff on Call.",
        "Olga Own asked for 2 sign-offs of executives on Call.",
        "Ann Lee signed off Call.",
        "Eve Top requested changes to Call.",
        "Ann Lee decided anew on Call: what they said before is over.",
        "Ann Lee signed off Call.",
    ]
    rule, given, against = told[0]["data"], told[2]["data"], told[3]["data"]
    assert (rule["group"], rule["required"]) == ("frontline_staff", 1)
    assert (given["decision"], given["content_hash"]) == ("approved", signed["content_hash"])
    assert (against["text"], against["member_id"]) == ("Too slow.", str(eve.member_id))


async def test_who_was_asked_is_told_to_few_that_it_was_asked_to_all(
    org: Org, clock: Hands
) -> None:
    scene = await Scene.of(org)
    ann, bob, eve = [await scene.person(n, g) for n, g in (("Ann", F), ("Bob", S), ("Eve", X))]
    asked = {
        "subject_id": scene.moment["id"], "members": [str(ann.member_id), str(bob.member_id)],
        "questions": ["Why?"], "due_at": "2027-03-03T09:00:00Z",
    }  # fmt: skip
    path = f"/v1/journeys/{scene.journey}/input-requests"
    request = (await scene.owner.made(path, asked))["id"]
    said = {"answers": ["It takes too long."]}
    await done(ann, "POST", f"/v1/input-requests/{request}/answer", said)
    await clock.look(march(4), [ann, bob, eve, scene.owner])
    whole = await sentences(eve, scene)
    assert whole == await sentences(scene.owner, scene)
    # Whether there was time for a reminder is the clock's affair.
    assert [one for one in whole if "reminded" not in one] == [
        "Olga Own asked for input about Call.",
        "Ann was asked for input about Call.",
        "Bob was asked for input about Call.",
        "Ann gave input about Call.",
        "The time to give input about Call was over.",
        "Bob gave no input about Call in time.",
        "Touchstone went up to Eve: Bob has given no input about Call.",
    ]
    mine = [one for one in await sentences(ann, scene) if "Bob" in one]
    assert mine == []
    assert "Ann gave input about Call." in await sentences(ann, scene)
    assert "It takes too long." not in str(await story(ann, scene))


async def test_what_the_clock_took_up_the_chain_is_told(org: Org, clock: Hands) -> None:
    scene = await Scene.of(org)
    max_ = await scene.person("Max Boss", D)
    ann = await scene.person("Ann Lee", manager_id=max_.member_id)
    asked = {"role": "accountable", "member_id": str(ann.member_id)}
    await scene.owner.made(f"{scene.path}/responsibilities", asked)
    await clock.look(march(9), [ann, max_, scene.owner])
    told = await story(ann, scene)
    expected = "Touchstone went up to Max Boss: Ann Lee has not said whether they answer for Call."
    assert told[1]["sentence"] == expected
    assert told[1]["actor"] == {"kind": "system", "member_id": None}
    data = told[1]["data"]
    assert (data["cause"], data["level"], data["step"]) == ("not_accepted", "manager", 1)
    assert (data["to_member_id"], data["about_member_id"]) == (
        str(max_.member_id), str(ann.member_id),
    )  # fmt: skip


async def signed_by_two(org: Org) -> tuple[Scene, Caller, Caller]:
    """Two of the frontline have approved the moment, not the journey."""
    scene = await Scene.of(org)
    ann, bob = await scene.person("Ann"), await scene.person("Bob")
    rules = {"rules": [{"group": "frontline_staff", "required": 2}]}
    for subject in (scene.moment["id"], scene.journey):
        path = f"/v1/sign-off-rules/{subject}"
        await done(scene.owner, "PUT", path, rules, If_Match='"0"')
    for member in (ann, bob):
        yes = {"subject_id": scene.moment["id"], "decision": "approved"}
        await done(member, "POST", "/v1/sign-offs", yes)
    return scene, ann, bob


async def test_the_report_counts_what_is_signed_and_what_is_stale(org: Org) -> None:
    scene, _, bob = await signed_by_two(org)
    path = f"/v1/journeys/{scene.journey}/accountability"
    found = await bob.read(path)
    assert found["items"][0]["moment"]["sign_offs"] == {
        "rules": 1, "required": 2, "given": 2, "stale": 0, "changes_requested": 0,
    }  # fmt: skip
    assert [gap["code"] for gap in found["gaps"]] == ["sign_offs_missing"]
    (share,) = [one for one in found["coverage"] if one["measure"] == "sign_offs"]
    assert (share["covered"], share["of"]) == (1, 1)
    touchpoint = f"/v1/touchpoints/{scene.touchpoint}"
    await done(scene.owner, "PATCH", touchpoint, {"process": "New."}, If_Match='"1"')
    found = await bob.read(path)
    told = {gap["code"]: gap["detail"] for gap in found["items"][0]["gaps"]}
    assert told["sign_offs_stale"].startswith("2 sign-offs are of what it said before")
    assert told["sign_offs_missing"].startswith("0 of 2 sign-offs are given")


async def test_the_report_counts_who_is_silent(org: Org, clock: Hands) -> None:
    scene, ann, bob = await signed_by_two(org)
    asked = {"members": [str(ann.member_id), str(bob.member_id)], "questions": ["Why?"],
             "due_at": "2027-03-03T09:00:00Z"}  # fmt: skip
    for subject in (scene.moment["id"], scene.journey):
        body = asked | {"subject_id": subject}
        await scene.owner.made(f"/v1/journeys/{scene.journey}/input-requests", body)
    clock.move(march(4), [ann, bob, scene.owner])
    await scene.say(ann)
    found = await bob.read(f"/v1/journeys/{scene.journey}/accountability")
    for gaps in (found["items"][0]["gaps"], found["gaps"]):
        told = {gap["code"]: gap["detail"] for gap in gaps}
        assert told["overdue_input"] == "1 member asked for input gave none in time."
    (late,) = found["overdue"]
    assert (late["kind"], late["silent"], late["member_id"]) == ("input", 1, None)
    counts = {one["code"]: one["count"] for one in found["gap_counts"]}
    assert (counts["overdue_input"], counts["sign_offs_missing"]) == (2, 1)
    (line,) = (await bob.read("/v1/accountability"))["items"]
    assert line["gap_counts"] == found["gap_counts"]
