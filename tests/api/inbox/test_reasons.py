"""Each reason to be told something: whom it reaches, what it is about, and that it reaches once."""

from typing import Any
from uuid import UUID

import pytest

from domain.roles import Group
from domain.services.inbox.notifying import NOTIFIER
from domain.services.voices import annotations, replies
from tests.api.accountability.answering import Moment, act, moment_of
from tests.api.accountability.chain import chain
from tests.api.accountability.moments import approve, asking, become, decisive
from tests.api.inbox.telling import inbox, nothing, only, reasons, say, tell
from tests.api.participation.asking import asking as asked_for
from tests.world import Caller, Org, World, actor_of

F, S, D, X = Group


async def mentioning(org: Org, by: Caller, journey: UUID, **mentioned: Any) -> UUID:
    """An annotation of somebody at the desk, with mentions."""
    actor = actor_of(by, org.id, group=F)
    fields = {"kind": "issue", "body": "Look.", **mentioned}
    async with org.world.database.transaction(org.id) as tx:
        return (await annotations.write(tx, actor, journey, None, fields)).annotation.id


async def test_members_departments_below_and_groups_are_mentioned(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    await tell(org, journey)
    hidden = await mentioning(
        org,
        made["mia"],
        journey,
        mentioned_member_ids=[made["dan"].member_id],
        visibility="my_group",
    )
    await mentioning(
        org,
        made["mia"],
        journey,
        mentioned_member_ids=[made["mia"].member_id],
        mentioned_department_ids=[UUID(made.service)],
        mentioned_groups=["executive"],
    )
    await tell(org, journey)
    for name in ("ann", "hal", "eve"):
        line = only(await inbox(made[name]))
        assert (line["reason"], line["verb"]) == ("mention", "annotation.written")
        assert line["sentence"] == "Mia mentioned you in a thread about I try it."
    await nothing(made["mia"], made["dan"])
    assert str(hidden) not in str(await inbox(made["owner"]))


async def test_an_edit_calls_those_it_mentions_anew(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    dan, eve = made["dan"].member_id, made["eve"].member_id
    thread = await mentioning(org, made["mia"], journey, mentioned_member_ids=[dan])
    await tell(org, journey)
    async with org.world.database.transaction(org.id) as tx:
        changed = {"mentioned_member_ids": [dan, eve], "body": "Look, Eve."}
        await annotations.edit(tx, actor_of(made["mia"], org.id, group=F), thread, changed, 1)
    await tell(org, journey)
    assert only(await inbox(made["dan"]))["happened"] == 1
    assert await reasons(made["eve"]) == [("mention", "annotation.edited")]


async def test_a_mention_counts_more_than_taking_part(world: World) -> None:
    made = await chain(world)
    org, journey = made.place.org, made.place.journey
    thread = await mentioning(org, made["ann"], journey)
    async with org.world.database.transaction(org.id) as tx:
        fields = {"body": "Look, Ann.", "mentioned_member_ids": [made["ann"].member_id]}
        await replies.write(tx, actor_of(made["mia"], org.id, group=S), thread, fields)
    await tell(org, journey)
    assert await reasons(made["ann"]) == [("mention", "reply.written")]


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
    accepted = (await act(moment.ann, given, "accept")).json()
    await tell(moment.org, journey)
    assert await reasons(moment.owner) == [("responsibility", "responsibility.accepted")]
    await act(moment.owner, accepted, "end", reason="Ann moves to Graz.")
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
    mentioned = {"mentioned_member_ids": [ann.member_id, bob.member_id]}
    await mentioning(org, org.admin, journey, **mentioned)
    await tell(org, journey)
    assert await reasons(ann) == [("mention", "annotation.written")]
    await nothing(bob)
    gone = await org.admin.delete(f"/v1/grants/{granted['id']}", If_Match='"1"')
    assert gone.status_code == 204
    await nothing(ann)
    assert (await ann.read("/v1/me/notifications/count"))["unread"] == 0
    await say(org.admin, journey)
