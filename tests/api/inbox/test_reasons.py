"""Each reason to be told something: whom it reaches, what it is about, and that it reaches once."""

import pytest

from domain.roles import Group
from domain.services.inbox.notifying import NOTIFIER
from tests.api.accountability.answering import Moment, moment_of
from tests.api.accountability.answering import act as answer
from tests.api.accountability.chain import chain
from tests.api.accountability.moments import approve, asking, become, decisive
from tests.api.inbox.telling import act, inbox, mention, nothing, only, reasons, reply, say, tell
from tests.api.participation.asking import asking as asked_for
from tests.world import World

F, S, D, X = Group


async def test_members_departments_below_and_groups_are_mentioned(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    await tell(org, journey)
    body = f"Look. {mention(made['mia'])} @[department:{made.service}] @[group:executive]"
    await say(made["mia"], journey, body=body)
    await tell(org, journey)
    for name in ("ann", "hal", "eve"):
        line = only(await inbox(made[name]))
        assert (line["reason"], line["verb"]) == ("mention", "annotation.written")
        assert line["sentence"] == "Mia mentioned you in a thread about I try it."
    await nothing(made["mia"], made["dan"])


async def test_an_edit_calls_those_it_mentions_anew(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    thread = await say(made["mia"], journey, body=mention(made["dan"]))
    await tell(org, journey)
    body = {"body": mention(made["dan"], made["eve"])}
    edited = await made["mia"].patch(f"/v1/annotations/{thread}", body, If_Match='"1"')
    assert edited.status_code == 200, edited.text
    await tell(org, journey)
    assert only(await inbox(made["dan"]))["happened"] == 1
    assert await reasons(made["eve"]) == [("mention", "annotation.edited")]


async def test_a_mention_counts_more_than_taking_part(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    thread = await say(made["ann"], journey)
    await reply(made["mia"], thread, body=mention(made["ann"]))
    await tell(org, journey)
    assert await reasons(made["ann"]) == [("mention", "reply.written")]


async def test_a_mention_hidden_before_it_was_heard_is_heard_when_it_is_shown(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    threads = [await say(made["mia"], journey, body=mention(made["dan"])) for _ in range(2)]
    await act(made["owner"], threads[0], "hide", {"reason": "Names a customer."})
    await tell(org, journey)
    assert only(await inbox(made["dan"]))["subject"]["id"] == threads[1]
    await act(made["owner"], threads[1], "hide", {"reason": "Names a customer."})
    for thread in threads:
        await act(made["owner"], thread, "show")
    await tell(org, journey)
    told = {one["subject"]["id"]: one["happened"] for one in await inbox(made["dan"])}
    assert told == dict.fromkeys(threads, 1)


async def test_who_speaks_for_their_group_is_told_and_is_named_to_nobody(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(group_voice=True)
    ann, bob = await org.member(F, name="Ann Mill"), await org.member(S, name="Bob Hill")
    await tell(org, journey)
    thread = await say(ann, journey, voice="group", body=mention(bob))
    await reply(bob, thread)
    await reply(ann, thread, voice="group")
    await tell(org, journey)
    assert await reasons(ann) == [("reply", "reply.written")]
    assert only(await inbox(ann))["happened"] == 1
    for caller in (bob, org.admin):
        lines = await inbox(caller)
        assert {one["actor"] and one["actor"]["name"] for one in lines} == {None}
        assert all("Ann" not in str(one) and str(ann.member_id) not in str(one) for one in lines)
    told = {one["reason"]: one["sentence"] for one in await inbox(bob)}
    assert told == {
        "mention": "Somebody mentioned you in a thread about I try it.",
        "reply": "Somebody replied in a thread about I try it that you take part in.",
    }


@pytest.fixture
async def moment(world: World) -> Moment:
    made = await moment_of(world)
    await tell(made.org, made.place.journey)
    return made


async def test_who_is_to_answer_hears_and_so_does_who_asked(moment: Moment) -> None:
    journey = moment.place.journey
    given = await moment.assigned(moment.ann)
    await tell(moment.org, journey)
    line = only(await inbox(moment.ann))
    assert (line["reason"], line["subject"]["kind"]) == ("responsibility", "responsibility")
    assert line["path"].endswith("> Wait")
    accepted = (await answer(moment.ann, given, "accept")).json()
    await tell(moment.org, journey)
    assert await reasons(moment.owner) == [("responsibility", "responsibility.accepted")]
    await answer(moment.owner, accepted, "end", reason="Ann moves to Graz.")
    await tell(moment.org, journey)
    assert await reasons(moment.ann) == [("responsibility", "responsibility.ended")]
    assert await reasons(moment.owner) == [("responsibility", "responsibility.accepted")]
    assert "Graz" not in str(await inbox(moment.ann))


async def test_the_head_hears_for_the_department(moment: Moment) -> None:
    head = await moment.org.member(D, name="hal")
    department = await moment.department(head)
    body = {"role": "responsible", "department_id": department}
    await moment.owner.made(f"/v1/moments/{moment.id}/responsibilities", body)
    await tell(moment.org, moment.place.journey)
    assert await reasons(head) == [("responsibility", "responsibility.assigned")]


async def test_who_is_given_the_journey_hears_of_it(world: World) -> None:
    org = await world.organization()
    journey = await org.journey()
    heir = await org.member(D)
    path = f"/v1/journeys/{journey}"
    version = (await org.admin.read(path))["version"]
    body = {"member_id": str(heir.member_id)}
    done = await org.admin.post(f"{path}/transfer", body, If_Match=f'"{version}"')
    assert done.status_code == 200, done.text
    await tell(org, journey)
    line = only(await inbox(heir))
    assert line["sentence"] == "Founder made you the owner of I try it."
    await nothing(org.admin)


async def test_who_is_asked_for_input_is_told_and_reminded(world: World) -> None:
    scene = await asked_for(world)
    request = await scene.ask(members=[str(scene.ann.member_id)])
    await tell(scene.org, scene.org_journey)
    line = only(await inbox(scene.ann))
    assert (line["reason"], line["subject"]) == (
        "input",
        {"id": request["id"], "kind": "input_request"},
    )
    await scene.remind(request["id"])
    await tell(scene.org, scene.org_journey)
    line = only(await inbox(scene.ann))
    assert (line["verb"], line["happened"], line["actor"]) == ("input.reminded", 2, None)
    assert line["sentence"].startswith("Your view of I try it is still missing.")
    await nothing(scene.bob, scene.owner)


async def test_who_is_to_sign_off_is_told_and_told_once_when_it_goes_stale(world: World) -> None:
    scene = await decisive(world)
    org, journey, here = scene.drawn.org, scene.drawn.journey, scene.moments[0]
    ann, bob = await org.member(F), await org.member(F)
    await tell(org, journey)
    await asking(scene, here, {"group": "frontline_staff"})
    await tell(org, journey)
    for caller in (ann, bob):
        line = only(await inbox(caller))
        assert (line["reason"], line["subject"]) == ("sign_off", {"id": here, "kind": "moment"})
    signed = await approve(ann, here)
    await scene.patch(f"/touchpoints/{scene.drawn.touchpoints[1]['id']}", {"reality": "Far off."})
    await tell(org, journey)
    assert [one for one, _ in await reasons(ann)] == ["sign_off"]
    for reality in ("They wait an hour.", "They wait for two."):
        await scene.patch(f"/touchpoints/{scene.here}", {"reality": reality})
        await tell(org, journey)
    stale = (await inbox(ann, "&reason=stale"))[0]
    assert (stale["subject"], stale["happened"]) == ({"id": signed["id"], "kind": "sign_off"}, 1)
    assert stale["actor"]["member_id"] == str(scene.owner.member_id)
    assert len(await inbox(ann)) == 2
    assert [one for one, _ in await reasons(bob)] == ["sign_off"]


async def test_what_goes_up_reaches_both_ends(world: World) -> None:
    made = await chain(world)
    said = await made.say()
    await made.assign(said, "ann")
    raised = await made.escalate(said, to="mia")
    assert raised.status_code == 201, raised.text
    await tell(made.place.org, made.place.journey)
    for name in ("ann", "mia"):
        line = (await inbox(made[name], "&reason=escalated"))[0]
        assert line["subject"] == {"id": said["id"], "kind": "annotation"}
        assert "Nothing moves." not in str(line)
    assert "escalated" not in {one for one, _ in await reasons(made["owner"])}


async def test_a_suspended_signer_is_told_of_nothing(world: World) -> None:
    scene = await decisive(world)
    org, journey = scene.drawn.org, scene.drawn.journey
    ann = await org.member(F)
    await asking(scene, scene.moments[0], {"group": "frontline_staff"})
    await become(org.admin, ann, "suspended")
    await tell(org, journey)
    await become(org.admin, ann, "active")
    await nothing(ann)


async def test_the_notifier_keeps_its_name() -> None:
    """Under another it would tell everything again."""
    assert NOTIFIER.name == "notifications"


async def test_talk_of_a_restricted_journey_stays_among_those_who_see_it(world: World) -> None:
    org = await world.organization()
    journey = await org.journey(restricted=True)
    ann, bob = await org.member(name="Ann"), await org.member(name="Bob")
    grant = {"role": "participant", "member_id": str(ann.member_id)}
    granted = await org.admin.made(f"/v1/journeys/{journey}/grants", grant)
    await say(org.admin, journey, body=f"{mention(ann)} @[group:frontline_staff]")
    await tell(org, journey)
    assert await reasons(ann) == [("mention", "annotation.written")]
    await nothing(bob)
    gone = await org.admin.delete(f"/v1/grants/{granted['id']}", If_Match='"1"')
    assert gone.status_code == 204
    await nothing(ann)
    assert (await ann.read("/v1/me/notifications/count"))["unread"] == 0
    await say(org.admin, journey)
