"""What erasing a person takes away of answering for moments: their words, and what awaits them."""

from datetime import timedelta
from typing import Any

import pytest

from api.settings import Settings
from domain.clock import now
from domain.roles import Group
from tests.api.identity.canary import Canary, drawn, etag, invited
from tests.api.identity.test_erasure import as_owner, erase, faults, traces
from tests.world import Caller, World


async def promised(canary: Canary) -> dict[str, str]:
    """Own a journey for a while and leave words wherever answering for moments takes any."""
    org, bird, word = canary.org, canary.caller, canary.word
    journey, touchpoints = await drawn(org)
    await hand_over(org.admin, bird, str(journey))
    boss = await org.member(Group.EXECUTIVE)
    moment = (await bird.made(f"/v1/touchpoints/{touchpoints[0]}/moments", {}))["id"]
    things = {"journey": str(journey), "moment": moment, "touchpoint": touchpoints[0]}
    await _responsibilities(canary, boss, moment, things)
    playbook = await _playbook(org.admin, boss, moment)
    use = {"amount": 0, "situation": f"{word} saw", "result": "pending", "result_note": word}
    await bird.made(f"/v1/playbooks/{playbook}/uses", use)
    await _sign_offs(canary, boss, moment)
    await _input(canary, boss, things)
    said = {"subject_id": touchpoints[0], "kind": "issue", "body": "Too long."}
    annotation = (await bird.made("/v1/annotations", said))["id"]
    reason = {"reason": f"{word} waits", "to_member_id": str(boss.member_id)}
    await bird.made(f"/v1/annotations/{annotation}/escalate", reason)
    await _proposals(canary, boss, things)
    await hand_over(bird, org.admin, str(journey))
    return things


async def hand_over(giver: Caller, taker: Caller, journey: str) -> None:
    at = (await giver.read(f"/v1/journeys/{journey}"))["version"]
    body = {"member_id": str(taker.member_id)}
    reply = await giver.post(f"/v1/journeys/{journey}/transfer", body, **etag(at))
    assert reply.status_code == 200, reply.text


async def _responsibilities(
    canary: Canary, boss: Caller, moment: str, things: dict[str, str]
) -> None:
    """One that the person gives and ends, one they decline, one that awaits their answer."""
    bird, word = canary.caller, canary.word
    path = f"/v1/moments/{moment}/responsibilities"
    given = {"role": "consulted", "member_id": str(boss.member_id), "note": f"{word} asks"}
    made = await bird.made(path, given)
    await done(bird, f"/v1/responsibilities/{made['id']}/end", {"reason": f"{word} regrets"})
    mine = {"role": "accountable", "member_id": str(bird.member_id)}
    made = await boss.made(path, mine)
    await done(bird, f"/v1/responsibilities/{made['id']}/decline", {"reason": f"{word} is busy"})
    things["waiting"] = (await boss.made(path, mine))["id"]


async def done(caller: Caller, path: str, body: dict[str, Any], version: int = 1) -> None:
    reply = await caller.post(path, body, **etag(version))
    assert reply.status_code == 200, reply.text


async def _playbook(author: Caller, boss: Caller, moment: str) -> str:
    draft = {"title": "Late", "recovery_kind": "apology"}
    playbook: str = (await author.made(f"/v1/moments/{moment}/playbooks", draft))["id"]
    await done(boss, f"/v1/playbooks/{playbook}/approve", {})
    return playbook


async def _sign_offs(canary: Canary, boss: Caller, moment: str) -> None:
    rules = {"rules": [{"group": "frontline_staff", "required": 1}]}
    reply = await boss.put(f"/v1/sign-off-rules/{moment}", rules, **etag(0))
    assert reply.status_code == 200, reply.text
    for decision in ("changes_requested", "approved"):
        comment = {"decision": decision, "comment": f"{canary.word} thinks"}
        await canary.caller.made("/v1/sign-offs", {"subject_id": moment, **comment})


async def _input(canary: Canary, boss: Caller, things: dict[str, str]) -> None:
    """One request of their own; of others one answered, one abstained from, one left."""
    bird, word = canary.caller, canary.word
    due_at = (now() + timedelta(days=9)).isoformat()
    ask = {"due_at": due_at, "questions": ["Why?"], "members": [str(bird.member_id)]}
    path = f"/v1/journeys/{things['journey']}/input-requests"
    mine = {"due_at": due_at, "message": f"{word} wonders", "members": [str(boss.member_id)]}
    await bird.made(path, mine)
    for answer in ({"answers": [f"{word} knows"]}, {"abstain": {"reason": f"{word} does not"}}):
        asked = await boss.made(path, ask)
        reply = await bird.post(f"/v1/input-requests/{asked['id']}/answer", answer)
        assert reply.status_code in (200, 204), reply.text
    things["asked"] = (await boss.made(path, ask))["id"]


async def _proposals(canary: Canary, boss: Caller, things: dict[str, str]) -> None:
    """Of their own one left open, one rejected, one accepted; of another's one they reject."""
    bird, word = canary.caller, canary.word
    other = await canary.org.member(Group.FRONTLINE_STAFF)
    stakes = {"about": "moment", "subject_id": things["moment"], "base_version": 1}
    said = {"reason": f"{word} hopes", "changes": {"stakes": f"{word} stakes"}}
    open_, rejected = [(await bird.made("/v1/proposals", stakes | said))["id"] for _ in "ab"]
    await done(boss, f"/v1/proposals/{rejected}/reject", {"reason": "No."})
    trust = said | {"changes": {"stakes": "Trust."}}
    accepted = (await bird.made("/v1/proposals", stakes | trust))["id"]
    await done(boss, f"/v1/proposals/{accepted}/accept", {})
    theirs = stakes | {"changes": {"stakes": "Money."}}
    others = (await other.made("/v1/proposals", theirs))["id"]
    await done(bird, f"/v1/proposals/{others}/reject", {"reason": f"{word} says no"})
    things |= {"open": open_, "accepted": accepted, "others": others}


async def test_no_word_of_theirs_is_left_and_nothing_waits_for_them(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    things = await promised(canary)
    async with as_owner(settings) as owner:
        left = set(await traces(owner, canary.word))
        assert left >= {
            "responsibilities", "sign_offs", "playbook_uses", "input_requests", "input_asks",
            "escalations", "proposals", "revisions",
        }  # fmt: skip
        status, told = await erase(org.admin, canary.caller)
        assert status == 200, told
        assert await traces(owner, canary.word) == {}
        assert await faults(owner, org.id) == []
    waiting = await org.admin.read(f"/v1/responsibilities/{things['waiting']}")
    assert (waiting["status"], waiting["reason"]) == ("ended", "")
    events = f"/v1/journeys/{things['journey']}/events?limit=100"
    verbs = [event["verb"] for event in (await org.admin.read(events))["items"]]
    assert verbs.count("responsibility.ended") == 2  # the one they ended, and what awaited them
    assert verbs.count("input.called_off") == 1
    assert verbs.count("proposal.withdrawn") == 1
    erased = {verb for verb in verbs if verb and verb.endswith(".erased")}
    assert erased == {
        "responsibility.erased", "sign_off.erased", "playbook_use.erased", "input.erased",
        "escalation.erased", "annotation.erased", "proposal.erased",
    }  # fmt: skip


async def test_what_was_accepted_of_their_proposals_stays_on_the_map(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    things = await promised(canary)
    assert (await erase(org.admin, canary.caller))[0] == 200
    read = {
        name: await org.admin.read(f"/v1/proposals/{things[name]}")
        for name in ("open", "accepted", "others")
    }
    assert {name: one["status"] for name, one in read.items()} == {
        "open": "withdrawn", "accepted": "accepted", "others": "rejected",
    }  # fmt: skip
    assert [read[name]["differences"] for name in ("open", "accepted")] == [[], []]
    assert {one["reason"] + one["decision_reason"] for one in read.values()} == {""}
    assert [one["proposed"] for one in read["others"]["differences"]] == ["Money."]
    moment = await org.admin.read(f"/v1/moments/{things['moment']}")
    assert moment["stakes"] == "Trust."


async def test_the_reason_of_whoever_ended_it_stays_though_the_person_had_accepted(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    org = await world.organization()
    canary = await invited(org, caplog)
    bird, reason = canary.caller, "They moved to the night shift."
    journey, touchpoints = await drawn(org)
    moment = (await org.admin.made(f"/v1/touchpoints/{touchpoints[0]}/moments", {}))["id"]
    mine = {"role": "accountable", "member_id": str(bird.member_id)}
    made = await org.admin.made(f"/v1/moments/{moment}/responsibilities", mine)
    path = f"/v1/responsibilities/{made['id']}"
    await done(bird, f"{path}/accept", {})
    await done(org.admin, f"{path}/end", {"reason": reason}, version=2)
    before = await org.admin.read(path)
    await hand_over(org.admin, await org.member(Group.EXECUTIVE), str(journey))
    async with as_owner(settings) as owner:
        assert (await erase(org.admin, bird))[0] == 200
        said = await traces(owner, reason)
        assert said.keys() == {"responsibilities", "revisions"}
        assert await faults(owner, org.id) == []
    assert await org.admin.read(path) == before
